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
  /** Share of the steps that lie on the crop; the rest is padding of the batch. */
  readonly usedShare: number;
  readonly likelihoods: Float32Array;
}

/** Height in pixels that the network was trained on. */
const MODEL_HEIGHT = 48;
const NARROWEST = 48;
const WIDEST = 3200;
/** Crops of one batch together are at most this wide, which bounds the memory of a run. */
const BATCH_WIDTH = 4000;
/** Crops are batched with others at most this much wider, so that little is padding. */
const WIDTH_RATIO = 1.3;

/** A place to read: `box` is what the network is shown, white where it reaches out of `clip`. */
export interface CropPlace {
  readonly box: PixelBox;
  readonly clip: PixelBox;
}

/** Reads places of an image; the result is in the order of `places`. */
export async function readCrops(
  models: OcrModels,
  image: GrayImage,
  places: readonly CropPlace[],
): Promise<CropReading[]> {
  const order = places
    .map((place, index) => ({ ...place, index, width: modelWidth(place.box) }))
    .sort((a, b) => a.width - b.width);
  const readings = new Array<CropReading>(places.length);
  for (let start = 0; start < order.length;) {
    const narrowest = order[start]?.width ?? NARROWEST;
    let end = start + 1;
    while (end < order.length) {
      const width = order[end]?.width ?? WIDEST;
      if (width > WIDTH_RATIO * narrowest || width * (end - start + 1) > BATCH_WIDTH) break;
      end++;
    }
    const batch = order.slice(start, end);
    const results = await runBatch(models, image, batch);
    batch.forEach((crop, i) => {
      const reading = results[i];
      if (reading) readings[crop.index] = reading;
    });
    start = end;
  }
  return readings;
}

function modelWidth(box: PixelBox): number {
  const width = Math.round((MODEL_HEIGHT * (box.right - box.left)) / Math.max(1, box.bottom - box.top));
  return Math.max(16, Math.min(WIDEST, width));
}

interface Crop extends CropPlace {
  readonly width: number;
}

async function runBatch(models: OcrModels, image: GrayImage, crops: readonly Crop[]): Promise<CropReading[]> {
  const width = Math.max(NARROWEST, ...crops.map((crop) => crop.width));
  const plane = MODEL_HEIGHT * width;
  const input = new Float32Array(crops.length * 3 * plane);
  crops.forEach((crop, i) => drawCrop(image, crop, input, 3 * i * plane, width));
  const { inputNames, outputNames } = models.recognition;
  const inputName = inputNames[0] ?? 'x';
  const tensor = models.createTensor(input, [crops.length, 3, MODEL_HEIGHT, width]);
  const output = (await models.recognition.run({ [inputName]: tensor }))[outputNames[0] ?? ''];
  if (!output) return [];
  const [, steps = 0, classes = 0] = output.dims;
  const data = output.data as Float32Array;
  return crops.map((crop, i) => ({
    steps,
    classes,
    usedShare: crop.width / width,
    likelihoods: data.slice(i * steps * classes, (i + 1) * steps * classes),
  }));
}

/** Draws a crop at the network's height, values from -1 (black) to 1; padding stays 0, as in its training. */
function drawCrop(image: GrayImage, crop: Crop, into: Float32Array, offset: number, stride: number): void {
  const { box, clip } = crop;
  const scaleX = (box.right - box.left) / crop.width;
  const scaleY = (box.bottom - box.top) / MODEL_HEIGHT;
  const plane = MODEL_HEIGHT * stride;
  for (let y = 0; y < MODEL_HEIGHT; y++) {
    const sourceY = box.top + (y + 0.5) * scaleY - 0.5;
    for (let x = 0; x < crop.width; x++) {
      const value = sample(image, clip, box.left + (x + 0.5) * scaleX - 0.5, sourceY) / 127.5 - 1;
      const at = offset + y * stride + x;
      into[at] = value;
      into[at + plane] = value;
      into[at + 2 * plane] = value;
    }
  }
}

const ROUNDING_BASE = 100_000;

function sample(image: GrayImage, clip: PixelBox, x: number, y: number): number {
  // Rounded down from far below zero upwards, as Math.floor does, at a fraction of its price in this innermost loop.
  const x0 = ((x + ROUNDING_BASE) | 0) - ROUNDING_BASE;
  const y0 = ((y + ROUNDING_BASE) | 0) - ROUNDING_BASE;
  const shareX = x - x0;
  const shareY = y - y0;
  const upper = pixel(image, clip, x0, y0) * (1 - shareX) + pixel(image, clip, x0 + 1, y0) * shareX;
  const lower = pixel(image, clip, x0, y0 + 1) * (1 - shareX) + pixel(image, clip, x0 + 1, y0 + 1) * shareX;
  return upper * (1 - shareY) + lower * shareY;
}

function pixel(image: GrayImage, clip: PixelBox, x: number, y: number): number {
  if (x < clip.left || y < clip.top || x >= clip.right || y >= clip.bottom) return 255;
  return image.data[y * image.width + x] ?? 255;
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
