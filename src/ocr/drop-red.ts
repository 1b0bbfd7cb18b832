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
  const red = { width, height, data: new Uint8Array(width * height) };
  for (let i = 0; i < red.data.length; i++) if (redExcess(data, 4 * i) > RED_EXCESS) red.data[i] = 1;
  const level = redLevel(data, red.data);
  const near = spread(red, RED_SPREAD_PIXELS).data;
  const stains = new Uint8Array(width * height);
  for (let i = 0; i < near.length; i++) {
    if (near[i] === 0 || redExcess(data, 4 * i) <= RED_TINT) continue;
    const value = Math.min(PAPER, ((data[4 * i] ?? 0) * PAPER) / level);
    if (value - (gray.data[i] ?? 0) > STAIN_DIFFERENCE) stains[i] = 1;
    cleaned[i] = value;
  }
  return { gray: { width, height, data: cleaned }, stains: { width, height, data: stains } };
}

/** The brightness of the seal's ink in the red channel. */
function redLevel(data: ColorImage['data'], isRed: Uint8Array): number {
  const counts = new Uint32Array(PAPER + 1);
  let total = 0;
  for (let i = 0; i < isRed.length; i++) {
    if (isRed[i] === 0) continue;
    const red = data[4 * i] ?? 0;
    counts[red] = (counts[red] ?? 0) + 1;
    total++;
  }
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
function spread({ width, height, data }: InkMap, pixels: number): InkMap {
  const wide = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0) continue;
    const x = i % width;
    const [before, behind] = [Math.min(x, pixels), Math.min(width - 1 - x, pixels)];
    for (let at = i - pixels * width; at <= i + pixels * width; at += width) {
      if (at >= 0 && at < wide.length) wide.fill(1, at - before, at + behind + 1);
    }
  }
  return { width, height, data: wide };
}
