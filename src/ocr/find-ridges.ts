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
  const long = meansAlong(gray, print, (window * inch) / 2);
  const short = meansAlong(gray, print, (shortWindow * inch) / 2);
  const { leastContrast, deviations, shortDeviations } = RIDGE_SETTINGS;
  const enough = Math.max(leastContrast, deviations * deviationOf(long, distance));
  const enoughInShort = Math.max(leastContrast, shortDeviations * deviationOf(short, distance));
  const data = new Uint8Array(long.length);
  for (let i = distance; i < data.length - distance; i++) {
    const isPale = contrastAt(long, i, distance) >= enough && contrastAt(short, i, distance) >= enoughInShort;
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

/** How much darker a pixel's row is in the mean than the darker one of its two sides, `distance` pixels away. */
function contrastAt(means: Uint8Array, i: number, distance: number): number {
  const above = means[i - distance] ?? 0;
  const below = means[i + distance] ?? 0;
  return (above < below ? above : below) - (means[i] ?? 0);
}

const PAPER = 255;

/** The mean of each pixel and those within `reach` on its left and right without print; paper where most of them are print. */
function meansAlong({ width, height, data }: GrayImage, print: InkMap, reach: number): Uint8Array {
  const radius = Math.max(1, Math.round(reach));
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
function deviationOf(means: Uint8Array, distance: number): number {
  const counts = new Uint32Array(MOST_CONTRAST + 1);
  let total = 0;
  for (let i = distance; i < means.length - distance; i += SAMPLE_STEP) {
    const size = Math.abs(contrastAt(means, i, distance));
    counts[size] = (counts[size] ?? 0) + 1;
    total++;
  }
  let median = 0;
  for (let seen = counts[0] ?? 0; seen < total / 2 && median < MOST_CONTRAST;) {
    median++;
    seen += counts[median] ?? 0;
  }
  return DEVIATIONS_IN_MEDIAN * median;
}
