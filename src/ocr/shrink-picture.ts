import { pixelsPerInch, type ColorImage } from './raster.js';

/** Finer pictures are made smaller before they are read (dots an inch): reading gains nothing, and costs by the pixel. */
export const FINEST_READ = 400;
/** … but not below this. */
const COARSEST_SHRUNK = 200;

/**
 * The picture with every square of pixels made one, their mean, where it is finer than reading needs: a sheet scanned at
 * 600 dots an inch becomes one at 200.
 */
export function shrinkPicture(image: ColorImage): ColorImage {
  const dotsPerInch = pixelsPerInch(image);
  const side = Math.floor(dotsPerInch / COARSEST_SHRUNK);
  if (dotsPerInch < FINEST_READ || side < 2) return image;
  const width = Math.max(1, Math.floor(image.width / side));
  const height = Math.max(1, Math.floor(image.height / side));
  const data = new Uint8Array(4 * width * height);
  const sums = new Uint32Array(4 * width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let row = y * side; row < (y + 1) * side; row++) addRow(image, row, side, sums);
    for (let i = 0; i < sums.length; i++) data[y * sums.length + i] = (sums[i] ?? 0) / (side * side);
  }
  return { width, height, data };
}

/** Adds the pixels of a row, each to the sum of its square; four sums a square, one a channel. */
function addRow({ width, data }: ColorImage, row: number, side: number, sums: Uint32Array): void {
  let at = 4 * row * width;
  for (let square = 0; square < sums.length; square += 4) {
    for (let k = 0; k < side; k++) {
      for (let channel = square; channel < square + 4; channel++) {
        sums[channel] = (sums[channel] ?? 0) + (data[at++] ?? 0);
      }
    }
  }
}
