import type { OcrModels } from './models.js';
import type { GrayImage, PixelBox } from './raster.js';

/** One character as read: where its peak lies across the crop (0 to 1) and how likely the network finds it. */
export interface ReadCharacter {
  readonly text: string;
  readonly place: number;
  readonly probability: number;
}

/** What the network says about one crop: likelihood of every class at every step across it. */
export interface CropReading {
  readonly steps: number;
  readonly classes: number;
  /** Share of the steps that lie on the crop; the rest is padding of one that is very narrow. */
  readonly usedShare: number;
  readonly likelihoods: Float32Array;
}

/** Height in pixels that the network was trained on. */
const MODEL_HEIGHT = 48;
const NARROWEST_CROP = 16;
/** Narrower crops are padded. */
const NARROWEST = 48;
const WIDEST = 3200;

/** A place to read: `box` is what the network is shown, white where it reaches out of `clip`. */
export interface CropPlace {
  readonly box: PixelBox;
  readonly clip: PixelBox;
}

/**
 * Reads places of an image; the result is in the order of `places`. Each is a call of its own: what fits the processor's
 * caches costs a fifth less than a batch, nothing is spent on padding, and no reading depends on what else is read.
 */
export async function readCrops(
  models: OcrModels,
  image: GrayImage,
  places: readonly CropPlace[],
): Promise<CropReading[]> {
  const readings: CropReading[] = [];
  for (const place of places) readings.push(await readCrop(models, image, place));
  return readings;
}

/** Reads one place of an image. */
export async function readCrop(models: OcrModels, image: GrayImage, place: CropPlace): Promise<CropReading> {
  const used = modelWidth(place.box);
  const width = Math.max(NARROWEST, used);
  const { inputNames, outputNames } = models.recognition;
  const tensor = models.createTensor(drawCrop(image, place, used, width), [1, 3, MODEL_HEIGHT, width]);
  const output = (await models.recognition.run({ [inputNames[0] ?? 'x']: tensor }))[outputNames[0] ?? ''];
  const [, steps = 0, classes = 0] = output?.dims ?? [];
  const likelihoods = output ? (output.data as Float32Array) : new Float32Array(0);
  return { steps, classes, usedShare: used / width, likelihoods };
}

function modelWidth(box: PixelBox): number {
  const width = Math.round((MODEL_HEIGHT * (box.right - box.left)) / Math.max(1, box.bottom - box.top));
  return Math.max(NARROWEST_CROP, Math.min(WIDEST, width));
}

const PAPER = 255;
const HALF_RANGE = 127.5;

/**
 * A crop at the network's height, `used` of `width` columns wide, its values from -1 (black) to 1 and alike in the three
 * colours the network takes; padding stays 0, as in its training.
 */
function drawCrop(image: GrayImage, { box, clip }: CropPlace, used: number, width: number): Float32Array {
  const plane = MODEL_HEIGHT * width;
  const values = new Float32Array(3 * plane);
  const columns = samplesAlong(box.left, box.right, used);
  const rows = samplesAlong(box.top, box.bottom, MODEL_HEIGHT);
  const upper = new Float32Array(used);
  const lower = new Float32Array(used);
  rows.places.forEach((y, row) => {
    sampleRow(image, clip, y, columns, upper);
    sampleRow(image, clip, y + 1, columns, lower);
    const share = rows.shares[row] ?? 0;
    for (let x = 0; x < used; x++) {
      const value = (upper[x] ?? 0) * (1 - share) + (lower[x] ?? 0) * share;
      values[row * width + x] = value / HALF_RANGE - 1;
    }
  });
  values.copyWithin(plane, 0, plane);
  values.copyWithin(2 * plane, 0, plane);
  return values;
}

/** Between which two pixels each sample lies, from the first, and how far from it. */
interface Samples {
  readonly places: Int32Array;
  readonly shares: Float32Array;
}

function samplesAlong(from: number, to: number, count: number): Samples {
  const scale = (to - from) / count;
  const exact = Float64Array.from({ length: count }, (_, i) => from + (i + 0.5) * scale - 0.5);
  return {
    places: Int32Array.from(exact, Math.floor),
    shares: Float32Array.from(exact, (place) => place - Math.floor(place)),
  };
}

/** Values along row `y` of an image at `columns`, paper outside `clip`. */
function sampleRow(image: GrayImage, clip: PixelBox, y: number, columns: Samples, into: Float32Array): void {
  if (y < clip.top || y >= clip.bottom) {
    into.fill(PAPER);
    return;
  }
  const row = y * image.width;
  for (let i = 0; i < into.length; i++) {
    const x = columns.places[i] ?? 0;
    const left = x < clip.left || x >= clip.right ? PAPER : (image.data[row + x] ?? PAPER);
    const right = x + 1 < clip.left || x + 1 >= clip.right ? PAPER : (image.data[row + x + 1] ?? PAPER);
    const share = columns.shares[i] ?? 0;
    into[i] = left * (1 - share) + right * share;
  }
}

/**
 * Takes the likeliest class at every step, joins repetitions and drops "no character" (CTC decoding). `allowed`
 * restricts the classes; a character's probability is that of its step's peak, among all classes.
 */
export function decode(
  reading: CropReading,
  characters: readonly string[],
  allowed?: readonly number[],
): ReadCharacter[] {
  const { steps, classes, likelihoods } = reading;
  const read: ReadCharacter[] = [];
  let last = 0;
  for (let step = 0; step < steps; step++) {
    const start = step * classes;
    const best = likeliest(likelihoods, start, classes, allowed);
    const probability = likelihoods[start + best] ?? 0;
    if (best !== 0) {
      const place = (step + 0.5) / steps / reading.usedShare;
      const previous = read.at(-1);
      if (best !== last) read.push({ text: characters[best] ?? '', place, probability });
      else if (previous && previous.probability < probability)
        read[read.length - 1] = { ...previous, probability };
    }
    last = best;
  }
  return read;
}

function likeliest(
  values: Float32Array,
  start: number,
  classes: number,
  allowed?: readonly number[],
): number {
  let best = 0;
  if (allowed) {
    for (const index of allowed) if ((values[start + index] ?? 0) > (values[start + best] ?? 0)) best = index;
    return best;
  }
  for (let index = 1; index < classes; index++) {
    if ((values[start + index] ?? 0) > (values[start + best] ?? 0)) best = index;
  }
  return best;
}
