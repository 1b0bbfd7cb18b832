import { findInkClusters, tighten } from './find-text-bands.js';
import type { InkMap, PixelBox } from './raster.js';
import { decode, type CropReading, type ReadCharacter } from './recognise.js';

/** A text with the probability that it is what is printed. */
export interface TextReading {
  readonly text: string;
  readonly confidence: number;
}

const DIGITS = '0123456789';
/** What stands in cells of numbers beside digits: points, commas, signs and units. */
const NUMBER_CHARACTERS = `${DIGITS}.,+-—/%件条个次元万`;
/** Characters that only look like the digit: in a cell of numbers they are the digit. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': '0０oOＯｏ〇○口DQ',
  '1': '1１lI|丨',
  '2': '2２',
  '3': '3３',
  '4': '4４',
  '5': '5５',
  '6': '6６',
  '7': '7７',
  '8': '8８',
  '9': '9９',
  '.': '.．。·',
  ',': ',，',
  '-': '-－一—',
  '—': '—－一-',
  '/': '/／',
};

/** Classes of the network that make up each character of a number. */
export interface NumberClasses {
  readonly allowed: readonly number[];
  readonly groups: ReadonlyMap<string, readonly number[]>;
}

/** Looks the classes of number characters up among the network's characters. */
export function findNumberClasses(characters: readonly string[]): NumberClasses {
  const indicesOf = (text: string): number[] =>
    [...text].map((c) => characters.indexOf(c)).filter((i) => i > 0);
  return {
    allowed: indicesOf(NUMBER_CHARACTERS),
    groups: new Map([...NUMBER_CHARACTERS].map((c) => [c, indicesOf(LOOKALIKES[c] ?? c)])),
  };
}

/**
 * Reads a crop as a number: every step's likelihood is gathered over look-alikes (o and 0, l and 1), and only
 * characters of numbers are chosen from. The confidence is the product of the gathered peaks.
 */
export function decodeNumber(
  reading: CropReading,
  characters: readonly string[],
  numbers: NumberClasses,
): { characters: ReadCharacter[]; confidence: number } {
  const gathered = gatherLookalikes(reading, characters, numbers);
  const read = decode(gathered, characters, numbers.allowed);
  return {
    characters: read,
    confidence: read.reduce((product, c) => product * Math.min(1, c.probability), 1),
  };
}

function gatherLookalikes(
  reading: CropReading,
  characters: readonly string[],
  numbers: NumberClasses,
): CropReading {
  const likelihoods = reading.likelihoods.slice();
  for (let step = 0; step < reading.steps; step++) {
    const start = step * reading.classes;
    for (const index of numbers.allowed) {
      const group = numbers.groups.get(characters[index] ?? '') ?? [index];
      likelihoods[start + index] = group.reduce((sum, i) => sum + (reading.likelihoods[start + i] ?? 0), 0);
    }
  }
  return { ...reading, likelihoods };
}

/** What the shape of a cell's only ink says, where that is enough: a dash or a stroke. Null for everything else. */
export function readMark(ink: InkMap, box: PixelBox, characterHeight: number): TextReading | null {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const isFlat = height <= MARK_SHAPES.flattest * characterHeight && width >= 1.8 * height;
  if (isFlat && width >= MARK_SHAPES.shortestDash * characterHeight) {
    const isOnePiece = findInkClusters(ink, box).length === 1;
    const text = width > MARK_SHAPES.longDash * characterHeight ? '—' : '-';
    return { text, confidence: isOnePiece ? 0.998 : 0.95 };
  }
  if (height < MARK_SHAPES.lowestStroke * characterHeight || height > 1.5 * characterHeight) return null;
  const lean = leanOfStroke(ink, box);
  if (lean === null || Math.abs(lean) < SLASH_LEAN) return null;
  return { text: lean < 0 ? '/' : '\\', confidence: 0.998 };
}

/** Shapes in character heights. */
const MARK_SHAPES = { flattest: 0.24, shortestDash: 0.2, longDash: 0.6, lowestStroke: 0.5 } as const;
/** A stroke leans by at least this share of its height, and its ink lies this close (share of height) around it. */
const SLASH_LEAN = 0.22;
const SLASH_SPREAD = 0.075;

/** How far one straight thin stroke leans, to the right where negative, as a share of its height; null for other ink. */
function leanOfStroke(ink: InkMap, box: PixelBox): number | null {
  if (findInkClusters(ink, box).length !== 1) return null;
  const height = box.bottom - box.top;
  const points: { x: number; y: number }[] = [];
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) if (ink.data[y * ink.width + x] === 1) points.push({ x, y });
  }
  const meanX = points.reduce((sum, p) => sum + p.x, 0) / points.length;
  const meanY = points.reduce((sum, p) => sum + p.y, 0) / points.length;
  const squares = points.reduce((sum, p) => sum + (p.y - meanY) ** 2, 0);
  const slope = points.reduce((sum, p) => sum + (p.x - meanX) * (p.y - meanY), 0) / squares;
  const spread = Math.sqrt(
    points.reduce((sum, p) => sum + (p.x - meanX - slope * (p.y - meanY)) ** 2, 0) / points.length,
  );
  return spread <= SLASH_SPREAD * height ? slope : null;
}

/** Ink lower than this share of a number's height is a point or a comma. */
const LOWEST_DIGIT = 0.55;

/** How many digits the ink of a number shows: its clusters of columns that are high enough. Digits hardly ever touch. */
export function countDigitClusters(ink: InkMap, box: PixelBox): number {
  return findInkClusters(ink, box).filter((cluster) => {
    const tight = tighten(ink, { ...box, left: box.left + cluster.from, right: box.left + cluster.to });
    return tight !== null && tight.bottom - tight.top >= LOWEST_DIGIT * (box.bottom - box.top);
  }).length;
}

/** True for text made of digits, points and commas only, whose characters each show as one cluster of ink. */
export function isPlainNumber(text: string): boolean {
  return /^[\d.,]+$/.test(text);
}
