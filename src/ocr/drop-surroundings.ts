import { pixelsPerInch, type ColorImage } from './raster.js';

/** Lengths in inches on a page taken for A4; brightness as a share of the paper's. */
export const SURROUNDINGS_SETTINGS = {
  /** Side of the squares that a picture is looked at in: larger than strokes, smaller than margins. */
  square: 0.08,
  /** Squares darker than this that hang together with the picture's edge are not the sheet: the lid, a desk. */
  darkest: 0.6,
  /** They are so large a part of the picture at least. */
  leastShare: 0.004,
  /** A sheet ends at once, a shadow does not: two squares on it is so many times as bright, in so much of the seam. */
  step: 1.35,
  steepShare: 0.6,
} as const;

/** Every so many pixels of a square's sides are looked at. */
const SAMPLE_STEP = 3;
/** The paper is as bright as the square that this share of all are darker than. */
const PAPER_RANK = 0.9;
const PAPER = 255;

/** Squares of a picture, row by row. */
interface Squares {
  readonly across: number;
  readonly down: number;
  readonly side: number;
  readonly means: Float32Array;
}

/**
 * The picture with everything around the sheet white: the black of a scanner without its lid, the desk under a
 * photographed page. Comes back as it is where the sheet fills it, or where it only gets darker towards its edge.
 */
export function dropSurroundings(image: ColorImage): ColorImage {
  const squares = toSquares(image);
  const outside = findOutside(squares);
  const count = outside.reduce((sum, mark) => sum + mark, 0);
  if (count < SURROUNDINGS_SETTINGS.leastShare * outside.length) return image;
  if (!endsAtOnce(squares, outside)) return image;
  return paint(image, squares, widen(squares, outside));
}

function toSquares(image: ColorImage): Squares {
  const side = Math.max(4, Math.round(SURROUNDINGS_SETTINGS.square * pixelsPerInch(image)));
  const across = Math.ceil(image.width / side);
  const down = Math.ceil(image.height / side);
  const means = Float32Array.from({ length: across * down }, (_, i) =>
    meanOf(image, (i % across) * side, Math.floor(i / across) * side, side),
  );
  return { across, down, side, means };
}

/** Mean of the green channel, which stands for brightness. */
function meanOf({ width, height, data }: ColorImage, left: number, top: number, side: number): number {
  let [sum, count] = [0, 0];
  for (let y = top; y < Math.min(height, top + side); y += SAMPLE_STEP) {
    for (let x = left; x < Math.min(width, left + side); x += SAMPLE_STEP) {
      sum += data[4 * (y * width + x) + 1] ?? 0;
      count++;
    }
  }
  return sum / Math.max(1, count);
}

/** Marks dark squares that hang together with the picture's edge. */
function findOutside(squares: Squares): Uint8Array {
  const { across, down, means } = squares;
  const paper = means.slice().sort()[Math.floor(PAPER_RANK * means.length)] ?? PAPER;
  const isDark = (i: number): boolean => (means[i] ?? PAPER) < SURROUNDINGS_SETTINGS.darkest * paper;
  const outside = new Uint8Array(means.length);
  const found: number[] = [];
  const visit = (i: number): void => {
    if (outside[i] === 1 || !isDark(i)) return;
    outside[i] = 1;
    found.push(i);
  };
  for (let x = 0; x < across; x++) [x, (down - 1) * across + x].forEach(visit);
  for (let y = 0; y < down; y++) [y * across, y * across + across - 1].forEach(visit);
  for (const i of found) neighboursOf(squares, i).forEach(visit);
  return outside;
}

function neighboursOf({ across, down }: Squares, i: number): number[] {
  const [x, y] = [i % across, Math.floor(i / across)];
  return [
    ...(x > 0 ? [i - 1] : []),
    ...(x + 1 < across ? [i + 1] : []),
    ...(y > 0 ? [i - across] : []),
    ...(y + 1 < down ? [i + across] : []),
  ];
}

/** True where most of the seam is steep: two squares further on the sheet is much brighter than the last one outside. */
function endsAtOnce(squares: Squares, outside: Uint8Array): boolean {
  let [seam, steep] = [0, 0];
  outside.forEach((mark, i) => {
    if (mark === 0) return;
    for (const next of neighboursOf(squares, i)) {
      if (outside[next] === 1) continue;
      const beyond = 2 * next - i;
      const isInRow =
        Math.abs(next - i) > 1 || Math.floor(beyond / squares.across) === Math.floor(i / squares.across);
      const bright = (isInRow ? squares.means[beyond] : undefined) ?? squares.means[next] ?? 0;
      seam++;
      if (bright >= SURROUNDINGS_SETTINGS.step * (squares.means[i] ?? 0)) steep++;
    }
  });
  return steep >= SURROUNDINGS_SETTINGS.steepShare * seam;
}

/** The squares and those beside them, which the sheet's edge goes through. */
function widen(squares: Squares, outside: Uint8Array): Uint8Array {
  const wide = outside.slice();
  outside.forEach((mark, i) => {
    if (mark === 1) for (const next of neighboursOf(squares, i)) wide[next] = 1;
  });
  return wide;
}

function paint(image: ColorImage, { across, side }: Squares, outside: Uint8Array): ColorImage {
  const { width, height } = image;
  const data = image.data.slice();
  outside.forEach((mark, i) => {
    if (mark === 0) return;
    const left = (i % across) * side;
    const top = Math.floor(i / across) * side;
    for (let y = top; y < Math.min(height, top + side); y++) {
      data.fill(PAPER, 4 * (y * width + left), 4 * (y * width + Math.min(width, left + side)));
    }
  });
  return { width, height, data };
}
