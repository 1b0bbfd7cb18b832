import type { GrayImage, InkMap, PixelBox } from './raster.js';
import { cropAround, type CropRoom, type LineReading, type ReadingContext } from './reading.js';
import { countDigitClusters, decodeNumber, isPlainNumber } from './read-number.js';
import { readCrops, type CropReading, type ReadCharacter } from './recognise.js';

/** A line that may be a number, with the first reading of it. */
export interface NumberPlace {
  readonly box: PixelBox;
  readonly clip: PixelBox;
  readonly first: CropReading | undefined;
  /** A seal was taken away here. */
  readonly isStained: boolean;
}

/** A number as read; its characters' places are shares of the first crop. */
export type NumberReading = Pick<LineReading, 'text' | 'confidence' | 'characters'>;

/**
 * How much room further readings show around the ink, as shares of the usual: other crops make other mistakes. (Twice
 * the room across makes a lone 0 too small to be seen as one.)
 */
const FURTHER_ROOMS: readonly CropRoom[] = [
  { across: 0.5, along: 0.5 },
  { across: 0.65, along: 1.6 },
];
const USUAL_ROOM: CropRoom = { across: 1, along: 1 };
/** … and where none of them shows anything, this one does more often than not: a lone 0 stands out with little beside it. */
const LAST_ROOM: CropRoom = { across: 1.4, along: 0.4 };
/** What is left of the confidence for each reading of the same ink that differs or finds nothing, and where ink and digits differ in number. */
const DISAGREEMENT_FACTOR = 0.4;
const NOTHING_READ_FACTOR = 0.8;
const COUNT_MISMATCH_FACTOR = 0.35;

/**
 * Reads lines as numbers from several crops each, under a seal also from the image with the seal. Readings that agree
 * keep their mean confidence; otherwise the one whose digits are as many as the clusters of ink wins, then the
 * one with the most confidence among all, and its confidence falls.
 */
export async function readNumbers(
  context: ReadingContext,
  places: readonly NumberPlace[],
): Promise<NumberReading[]> {
  const further: CropReading[][] = [];
  for (const room of FURTHER_ROOMS) further.push(await readAll(context, context.image, places, room));
  const stained = places.filter((place) => place.isStained);
  const stamped: CropReading[][] = [];
  for (const room of context.seal ? [USUAL_ROOM, ...FURTHER_ROOMS] : []) {
    stamped.push(await readAll(context, context.seal?.stamped ?? context.image, stained, room));
  }
  const all = places.map((place, i) => {
    const under = stained.indexOf(place);
    return [place.first, ...further.map((list) => list[i]), ...stamped.map((list) => list[under])].filter(
      (r): r is CropReading => r !== undefined,
    );
  });
  const chosen = places.map((place, i) => chooseReading(context, place.box, all[i] ?? [], context.ink));
  const unread = places.filter((_, i) => chosen[i]?.text === '');
  const last = await readAll(context, context.image, unread, LAST_ROOM);
  unread.forEach((place, i) => {
    const at = places.indexOf(place);
    const reading = last[i];
    if (reading) chosen[at] = chooseReading(context, place.box, [...(all[at] ?? []), reading], context.ink);
  });
  return chosen;
}

function readAll(
  { models, characterHeight }: ReadingContext,
  image: GrayImage,
  places: readonly NumberPlace[],
  room: CropRoom,
): Promise<CropReading[]> {
  return readCrops(
    models,
    image,
    places.map((place) => cropAround(place.box, place.clip, characterHeight, room)),
  );
}

function chooseReading(
  context: ReadingContext,
  box: PixelBox,
  readings: readonly CropReading[],
  ink: InkMap,
): NumberReading {
  const clusters = countDigitClusters(ink, box);
  const candidates = readings.map((reading) => {
    const { characters, confidence } = decodeNumber(reading, context.models.characters, context.numbers);
    return candidateOf(characters, confidence, clusters, box);
  });
  const votes = (text: string): number =>
    candidates.reduce((sum, candidate) => sum + (candidate.text === text ? candidate.confidence : 0), 0);
  const best = [...candidates].sort(
    (a, b) => Number(b.fits) - Number(a.fits) || votes(b.text) - votes(a.text) || b.confidence - a.confidence,
  )[0];
  if (!best) return { text: '', characters: [], confidence: 0 };
  const agreeing = candidates.filter((candidate) => candidate.text === best.text);
  const mean = agreeing.reduce((sum, candidate) => sum + candidate.confidence, 0) / agreeing.length;
  const empty = candidates.filter((candidate) => candidate.text === '' && best.text !== '').length;
  const differing = candidates.length - agreeing.length - empty;
  const agreement = DISAGREEMENT_FACTOR ** differing * NOTHING_READ_FACTOR ** empty;
  return {
    text: best.text,
    characters: best.characters,
    confidence: mean * agreement * (best.fits ? 1 : COUNT_MISMATCH_FACTOR),
  };
}

/** No number starts with a point or a comma: it is dust, and what stands behind it is doubtful. */
const LEADING_POINT = /^[.,]+(?=.)/;
const LEADING_POINT_FACTOR = 0.6;

function candidateOf(
  characters: readonly ReadCharacter[],
  confidence: number,
  clusters: number,
  box: PixelBox,
): NumberReading & { readonly fits: boolean } {
  const printed = characters.map((c) => c.text).join('');
  const text = printed.replace(LEADING_POINT, '');
  const factor = text === '' ? 0 : text === printed ? 1 : LEADING_POINT_FACTOR;
  return {
    characters: characters.slice(printed.length - text.length),
    text,
    confidence: factor * confidence,
    fits: fitsInk(text, clusters, box),
  };
}

/** Columns of ink that a unit character shows: 件 may come apart in two, 万 does not. */
const MOST_CLUSTERS_OF_UNIT = 2;

/** A unit alone is no wider than this many times its height; wider ink holds a number that was not read. */
const WIDEST_UNIT = 1.3;

/** True where a number has as many digits as the ink has high clusters; with a unit, as many as that leaves. */
function fitsInk(text: string, clusters: number, box: PixelBox): boolean {
  const digits = text.replace(/\D/g, '').length;
  if (isPlainNumber(text)) return digits === clusters;
  const units = text.replace(/[\d.,+\-—/%]/g, '').length;
  if (units === 0) return true;
  if (digits === 0) return box.right - box.left <= WIDEST_UNIT * units * (box.bottom - box.top);
  return clusters >= digits + units && clusters <= digits + MOST_CLUSTERS_OF_UNIT * units;
}
