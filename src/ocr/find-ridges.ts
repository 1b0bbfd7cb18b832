import { pixelsPerInch, type GrayImage, type InkMap } from './raster.js';

/** Lengths in inches on a page taken for A4; greys from 0 to 255. */
export const RIDGE_SETTINGS = {
  /** A line is darker than the paper on both sides in the mean over this length, and over this shorter one as well. */
  window: 0.15,
  shortWindow: 0.05,
  /** How far beside a line its paper is looked for. */
  paperDistance: 0.02,
  leastPaperDistance: 3,
  /** How much darker than both sides a line is at least … */
  leastContrast: 5,
  /** … and by how many standard deviations of what paper alone shows. */
  deviations: 5,
  shortDeviations: 3,
} as const;

/**
 * Marks pixels of horizontal lines that are too pale to count as ink: in the mean along the row they are darker than the
 * paper above and below, ink left out. Ink as thin as a line is marked too, for lines that are ink in places. The noise
 * of the page tells how much darker is enough.
 */
export function findRidges(gray: GrayImage, ink: InkMap): InkMap {
  const inch = pixelsPerInch(gray);
  const { window, shortWindow, leastPaperDistance, paperDistance } = RIDGE_SETTINGS;
  const distance = gray.width * Math.max(leastPaperDistance, Math.round(paperDistance * inch));
  const print = withHalo(ink);
  const long = contrastAlong(gray, print, window * inch, distance);
  const short = contrastAlong(gray, print, shortWindow * inch, distance);
  const least = RIDGE_SETTINGS.leastContrast;
  const enough = Math.max(least, RIDGE_SETTINGS.deviations * deviationOf(long));
  const enoughInShort = Math.max(least, RIDGE_SETTINGS.shortDeviations * deviationOf(short));
  const data = new Uint8Array(long.length);
  for (let i = distance; i < data.length - distance; i++) {
    const isPale = (long[i] ?? 0) >= enough && (short[i] ?? 0) >= enoughInShort;
    const isThin = ink.data[i] === 1 && ink.data[i - distance] === 0 && ink.data[i + distance] === 0;
    if (isPale || isThin) data[i] = 1;
  }
  return { width: gray.width, height: gray.height, data };
}

/** Ink and the pixels beside, above and below it, which are grey from the ink's edge. */
function withHalo({ width, height, data }: InkMap): InkMap {
  const wide = new Uint8Array(data.length);
  for (let i = width; i < data.length - width; i++) {
    if (
      data[i] === 1 ||
      data[i - 1] === 1 ||
      data[i + 1] === 1 ||
      data[i - width] === 1 ||
      data[i + width] === 1
    )
      wide[i] = 1;
  }
  return { width, height, data: wide };
}

/** How much darker each pixel's row is, in the mean over `length` pixels, than the darker one of its two sides. */
function contrastAlong(gray: GrayImage, print: InkMap, length: number, distance: number): Int16Array {
  const means = meansAlong(gray, print, Math.max(1, Math.round(length / 2)));
  const contrast = new Int16Array(means.length);
  for (let i = distance; i < contrast.length - distance; i++) {
    const above = means[i - distance] ?? 0;
    const below = means[i + distance] ?? 0;
    contrast[i] = (above < below ? above : below) - (means[i] ?? 0);
  }
  return contrast;
}

const PAPER = 255;

/** The mean of each pixel and `radius` pixels on its left and right without print; paper where most of them are print. */
function meansAlong({ width, height, data }: GrayImage, print: InkMap, radius: number): Uint8Array {
  const means = new Uint8Array(width * height);
  const sums = new Uint32Array(width + 1);
  const counts = new Uint32Array(width + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const free = 1 - (print.data[row + x] ?? 0);
      sums[x + 1] = (sums[x] ?? 0) + free * (data[row + x] ?? 0);
      counts[x + 1] = (counts[x] ?? 0) + free;
    }
    for (let x = 0; x < width; x++) {
      const from = x < radius ? 0 : x - radius;
      const to = x + radius < width ? x + radius + 1 : width;
      const count = (counts[to] ?? 0) - (counts[from] ?? 0);
      means[row + x] = 2 * count > to - from ? ((sums[to] ?? 0) - (sums[from] ?? 0)) / count : PAPER;
    }
  }
  return means;
}

/** Median of the absolute values times this is the standard deviation, for noise that is normally distributed. */
const DEVIATIONS_IN_MEDIAN = 1.4826;
const MOST_CONTRAST = 255;
/** Every seventh pixel is enough to tell the noise. */
const SAMPLE_STEP = 7;

/** Standard deviation of the contrasts of paper, which most of a page is. */
function deviationOf(contrasts: Int16Array): number {
  const counts = new Uint32Array(MOST_CONTRAST + 1);
  for (let i = 0; i < contrasts.length; i += SAMPLE_STEP) {
    const size = Math.abs(contrasts[i] ?? 0);
    counts[size] = (counts[size] ?? 0) + 1;
  }
  const half = contrasts.length / SAMPLE_STEP / 2;
  let median = 0;
  for (let seen = counts[0] ?? 0; seen < half && median < MOST_CONTRAST;) {
    median++;
    seen += counts[median] ?? 0;
  }
  return DEVIATIONS_IN_MEDIAN * median;
}
