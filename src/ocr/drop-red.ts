import type { ColorImage, GrayImage, InkMap } from './raster.js';

/** A pixel counts as red where its red exceeds its green and blue by this much (0 to 255). */
const RED_EXCESS = 45;
/** Excess that counts within this distance of a red pixel. */
const RED_TINT = 14;
const RED_SPREAD_PIXELS = 2;
/** Share of red pixels from which red is looked at at all. */
const RED_SHARE = 0.0002;
/** Share of the red pixels that are darker than what is taken for the seal's own red: there is black print under them. */
const DARKER_RED_SHARE = 0.2;
/** A pixel made lighter by this much was stained. */
const STAIN_DIFFERENCE = 40;
const PAPER = 255;

/** True where more than a few pixels are red: a seal, or print in red. */
export function hasRed(image: ColorImage): boolean {
  const { data } = image;
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (redExcess(data, at) > RED_EXCESS) count++;
  }
  return count > (RED_SHARE * data.length) / 4;
}

/** Greys without red, and where red was taken away. */
export interface CleanedImage {
  readonly gray: GrayImage;
  readonly stains: InkMap;
}

/**
 * The greys with red ink (seals, stamped signatures) turned to paper. Red ink is as bright as paper in the red channel,
 * black print under it is not. Around clearly red pixels a weak tint is enough: lossy compression spreads colour.
 */
export function dropRed(image: ColorImage, gray: GrayImage): CleanedImage {
  const { width, height, data } = image;
  const cleaned = gray.data.slice();
  const isRed = Uint8Array.from({ length: width * height }, (_, i) =>
    Number(redExcess(data, 4 * i) > RED_EXCESS),
  );
  const level = redLevel(data, isRed);
  const near = spread({ width, height, data: isRed }, RED_SPREAD_PIXELS);
  const stains = new Uint8Array(width * height);
  near.data.forEach((isNear, i) => {
    if (isNear === 0 || redExcess(data, 4 * i) <= RED_TINT) return;
    const value = Math.min(PAPER, ((data[4 * i] ?? 0) * PAPER) / level);
    stains[i] = Number(value - (gray.data[i] ?? 0) > STAIN_DIFFERENCE);
    cleaned[i] = value;
  });
  return { gray: { width, height, data: cleaned }, stains: { width, height, data: stains } };
}

/** The brightness of the seal's ink in the red channel. */
function redLevel(data: ColorImage['data'], isRed: Uint8Array): number {
  const counts = new Uint32Array(PAPER + 1);
  let total = 0;
  isRed.forEach((mark, i) => {
    if (mark === 0) return;
    const red = data[4 * i] ?? 0;
    counts[red] = (counts[red] ?? 0) + 1;
    total++;
  });
  let level = 0;
  for (let seen = 0; level < PAPER; level++) {
    seen += counts[level] ?? 0;
    if (seen > DARKER_RED_SHARE * total) break;
  }
  return level;
}

function redExcess(data: ColorImage['data'], at: number): number {
  const green = data[at + 1] ?? 0;
  const blue = data[at + 2] ?? 0;
  return (data[at] ?? 0) - (green > blue ? green : blue);
}

/** Marks everything within `pixels` of a mark, across and along. */
function spread(map: InkMap, pixels: number): InkMap {
  const { width, height } = map;
  const along = new Uint8Array(width * height);
  map.data.forEach((mark, i) => {
    if (mark === 0) return;
    const x = i % width;
    along.fill(1, i - Math.min(x, pixels), i + Math.min(width - 1 - x, pixels) + 1);
  });
  const both = new Uint8Array(width * height);
  along.forEach((mark, i) => {
    if (mark === 0) return;
    for (let k = -pixels; k <= pixels; k++) {
      const at = i + k * width;
      if (at >= 0 && at < both.length) both[at] = 1;
    }
  });
  return { width, height, data: both };
}
