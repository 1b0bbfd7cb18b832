import { findTextBands } from './find-text-bands.js';
import type { InkMap, PixelBox } from './raster.js';
import { readMark, type TextReading } from './read-number.js';
import { readNumbers } from './read-numbers.js';
import { cropAround, type LineReading, type ReadingContext } from './reading.js';
import { decode, readCrops, type CropPlace, type CropReading } from './recognise.js';

/** The text of a region: its lines from top to bottom, and the probability that all of it is right. */
export interface RegionReading {
  readonly lines: readonly LineReading[];
  readonly confidence: number;
}

/** Confidence of a blank cell by the ink (pixels) left in it: dust may be a faint digit. */
const BLANK_BY_INK: readonly (readonly [number, number])[] = [
  [3, 0.9995],
  [12, 0.98],
  [Infinity, 0.9],
];
const NUMBER_SHAPED = /^[\d０-９oOＯlI|丨〇口.,，．。·\-－—一/／%％+件条个次元万\s]+$/;
const LONGEST_NUMBER = 16;
/** One or two Latin letters alone in a cell are digits that print or scan has damaged (c for 0). */
const LONE_LETTERS = /^[A-Za-z]{1,2}$/;
/** A reading of nothing but points is dust in a blank cell, or a faint mark; seldom enough for this confidence. */
const ONLY_POINTS = /^[.,·、。'`:;~°•]+$/;
const DUST_CONFIDENCE = 0.75;

/** Ink in which nothing is read at first is tried as a number where it is so high, in character heights. */
const DIGIT_HEIGHT = { least: 0.5, most: 1.1 } as const;

function isDigitHigh({ top, bottom }: PixelBox, characterHeight: number): boolean {
  const height = bottom - top;
  return height >= DIGIT_HEIGHT.least * characterHeight && height <= DIGIT_HEIGHT.most * characterHeight;
}

/** True for what may be a number, a unit or a mark, misread look-alikes included. */
export function looksLikeNumber(text: string): boolean {
  return (text.length <= LONGEST_NUMBER && NUMBER_SHAPED.test(text)) || LONE_LETTERS.test(text);
}

/**
 * Reads regions (insides of cells), each line on its own; lines that may be numbers are read again as numbers. A region
 * without ink gives no lines.
 */
export async function readRegions(
  context: ReadingContext,
  regions: readonly PixelBox[],
): Promise<RegionReading[]> {
  const { ink, characterHeight } = context;
  const bands = regions.flatMap((region, regionIndex) => {
    const boxes = findTextBands(ink, region, characterHeight);
    return boxes.map((box) => ({
      regionIndex,
      box,
      place: cropAround(box, region, characterHeight),
      mark: boxes.length === 1 ? readMark(ink, box, characterHeight) : null,
    }));
  });
  const toRead = bands.filter((band) => band.mark === null);
  const readings = await readCrops(
    context.models,
    context.image,
    toRead.map((band) => band.place),
  );
  const lines = new Map<(typeof bands)[number], LineReading>();
  toRead.forEach((band, i) => lines.set(band, toLine(context, band, readings[i])));
  const numeric = toRead.filter((band) => {
    const text = lines.get(band)?.text ?? '';
    return looksLikeNumber(text) || (text === '' && isDigitHigh(band.box, characterHeight));
  });
  const numbers = await readNumbers(
    context,
    numeric.map((band) => ({
      box: band.box,
      clip: band.place.clip,
      first: readings[toRead.indexOf(band)],
      isStained: isStained(context, band.box),
    })),
  );
  numeric.forEach((band, i) => {
    const number = numbers[i];
    if (number) lines.set(band, { ...number, ...extentOf(band) });
  });
  return regions.map((region, regionIndex) => {
    const all = bands
      .filter((band) => band.regionIndex === regionIndex)
      .map((band) => lines.get(band) ?? markLine(band.mark ?? NOTHING, band));
    const own = withoutRemains(context, all).map((line) => doubtStained(context, line));
    if (own.length === 0) return { lines: [], confidence: blankConfidence(context, region) };
    if (own.every((line) => ONLY_POINTS.test(line.text))) return { lines: [], confidence: DUST_CONFIDENCE };
    return { lines: own, confidence: own.reduce((product, line) => product * line.confidence, 1) };
  });
}

/** The lines without what is left of a seal: ink in which nothing is read, beside print or where the seal was. */
function withoutRemains(context: ReadingContext, lines: readonly LineReading[]): readonly LineReading[] {
  return lines.filter((line) => line.text !== '' || !isStained(context, line.box));
}

const NOTHING: TextReading = { text: '', confidence: 0 };
/** Ink that gives no character at all is a reading nobody should trust. */
const UNREADABLE_CONFIDENCE = 0.3;

type Band = Pick<LineReading, 'box'> & { readonly place: CropPlace };

function extentOf(band: Band): Pick<LineReading, 'box' | 'cropLeft' | 'cropWidth'> {
  const { left, right } = band.place.box;
  return { box: band.box, cropLeft: left, cropWidth: right - left };
}

function markLine(mark: TextReading, band: Band): LineReading {
  const characters = [{ text: mark.text, place: 0.5, probability: mark.confidence }];
  return { ...mark, characters, ...extentOf(band) };
}

function toLine(context: ReadingContext, band: Band, reading: CropReading | undefined): LineReading {
  const characters = reading ? decode(reading, context.models.characters) : [];
  const text = characters
    .map((c) => c.text)
    .join('')
    .trim();
  const confidence = characters.reduce((product, c) => product * c.probability, 1);
  return {
    text,
    characters,
    ...extentOf(band),
    confidence: text === '' ? UNREADABLE_CONFIDENCE : confidence,
  };
}

/** What is left of the confidence in a line with a seal over it or beside it, and in a blank cell under one. */
const STAINED_LINE_FACTOR = 0.4;
const STAINED_BLANK_FACTOR = 0.8;
/** Stained pixels that count, as a share of a character's height. */
const STAIN_SHARE = 0.4;

function doubtStained(context: ReadingContext, line: LineReading): LineReading {
  if (!isStained(context, line.box)) return line;
  return { ...line, confidence: STAINED_LINE_FACTOR * line.confidence };
}

/** True where a seal was taken away from a line or from beside it: what is left may be part of what was printed. */
function isStained({ seal, ink, characterHeight }: ReadingContext, box: PixelBox): boolean {
  if (!seal) return false;
  const room = Math.round(characterHeight);
  const near = {
    left: Math.max(0, box.left - room),
    right: Math.min(ink.width, box.right + room),
    top: Math.max(0, box.top - (room >> 1)),
    bottom: Math.min(ink.height, box.bottom + (room >> 1)),
  };
  return countInk(seal.stains, near) > STAIN_SHARE * characterHeight;
}

function blankConfidence({ ink, seal, characterHeight }: ReadingContext, region: PixelBox): number {
  const count = countInk(ink, region);
  const isUnderSeal = seal !== null && countInk(seal.stains, region) > STAIN_SHARE * characterHeight;
  const factor = isUnderSeal ? STAINED_BLANK_FACTOR : 1;
  return factor * (BLANK_BY_INK.find(([limit]) => count <= limit)?.[1] ?? 0.9);
}

function countInk(ink: InkMap, box: PixelBox): number {
  let count = 0;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) count += ink.data[y * ink.width + x] ?? 0;
  }
  return count;
}
