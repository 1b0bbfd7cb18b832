import type { InkMap, PixelBox } from './raster.js';
import { cropAround, type LineReading, type ReadingContext } from './read-cells.js';
import { countDigitClusters, decodeNumber, isPlainNumber } from './read-number.js';
import { readCrops, type CropReading } from './recognise.js';

/** A line that may be a number, with the first reading of it. */
export interface NumberPlace {
  readonly box: PixelBox;
  readonly clip: PixelBox;
  readonly first: CropReading | undefined;
}

/** A number as read; its characters' places are shares of the first crop. */
export type NumberReading = Pick<LineReading, 'text' | 'confidence' | 'characters'>;

/** How much more room each further reading shows around the ink: other crops make other mistakes. */
const FURTHER_SCALES = [1.9, 0.55] as const;
/** What is left of the confidence where readings of the same ink differ, and where ink and digits differ in number. */
const DISAGREEMENT_FACTOR = 0.4;
const COUNT_MISMATCH_FACTOR = 0.35;

/**
 * Reads lines as numbers from several crops each. Readings that agree keep their mean confidence; otherwise the one
 * whose digits are as many as the clusters of ink wins, then the likeliest, and its confidence falls.
 */
export async function readNumbers(
  context: ReadingContext,
  places: readonly NumberPlace[],
): Promise<NumberReading[]> {
  const further = await Promise.all(
    FURTHER_SCALES.map((scale) =>
      readCrops(
        context.models,
        context.image,
        places.map((place) => cropAround(place.box, place.clip, context.characterHeight, scale)),
      ),
    ),
  );
  return places.map((place, i) => {
    const readings = [place.first, ...further.map((list) => list[i])].filter(
      (r): r is CropReading => r !== undefined,
    );
    return chooseReading(context, place.box, readings, context.ink);
  });
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
    const text = characters.map((c) => c.text).join('');
    const digits = text.replace(/\D/g, '').length;
    return {
      characters,
      text,
      confidence: text === '' ? 0 : confidence,
      fits: !isPlainNumber(text) || digits === clusters,
    };
  });
  const best = [...candidates].sort(
    (a, b) => Number(b.fits) - Number(a.fits) || b.confidence - a.confidence,
  )[0];
  if (!best) return { text: '', characters: [], confidence: 0 };
  const agreeing = candidates.filter((candidate) => candidate.text === best.text);
  const mean = agreeing.reduce((sum, candidate) => sum + candidate.confidence, 0) / agreeing.length;
  const agreement = DISAGREEMENT_FACTOR ** (candidates.length - agreeing.length);
  return {
    text: best.text,
    characters: best.characters,
    confidence: mean * agreement * (best.fits ? 1 : COUNT_MISMATCH_FACTOR),
  };
}
