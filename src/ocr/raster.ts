import { mapPoint, type Matrix } from './matrix.js';

/** Pixels as a decoder gives them: red, green, blue and alpha, a byte each, rows from the top. */
export interface ColorImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** One byte a pixel, 0 black to 255 white. */
export interface GrayImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One byte a pixel, 1 where there is ink. */
export interface InkMap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A rectangle of pixels, right and bottom exclusive. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Sides of an A4 sheet in inches: lengths in pixels are compared with the page, since scans name no true size. */
const PAGE_INCHES = { longer: 11.69, shorter: 8.27 } as const;
/** Pictures longer or wider than this are no pages but cuttings, as wide as a page's text. */
const LONGEST_PAGE_RATIO = 1.5;
/** Pixels an inch, taking the image for a whole A4 page whatever its container says, or for a cutting of that width. */
export function pixelsPerInch(image: { width: number; height: number }): number {
  const longer = Math.max(image.width, image.height);
  const shorter = Math.min(image.width, image.height);
  return longer > LONGEST_PAGE_RATIO * shorter
    ? image.width / PAGE_INCHES.shorter
    : longer / PAGE_INCHES.longer;
}

/** Greys of an image on white paper. */
export function toGray(image: ColorImage): GrayImage {
  const { width, height, data } = image;
  const gray = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < gray.length; i++, at += 4) {
    const value = ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 150 + (data[at + 2] ?? 0) * 29) >> 8;
    const alpha = data[at + 3] ?? 255;
    gray[i] = alpha === 255 ? value : (value * alpha + 255 * (255 - alpha)) / 255;
  }
  return { width, height, data: gray };
}

/** Share of the pixels that are paper at least: the level the brightest of these reach is taken as white. */
const PAPER_SHARE = 0.5;

/** The same image with its paper white, so that a crop can be padded with white without a visible edge. */
export function whitenPaper(gray: GrayImage): GrayImage {
  const counts = new Uint32Array(256);
  for (const value of gray.data) counts[value] = (counts[value] ?? 0) + 1;
  let level = 255;
  for (let seen = 0; level > 0; level--) {
    seen += counts[level] ?? 0;
    if (seen >= PAPER_SHARE * gray.data.length) break;
  }
  if (level < 100 || level > 250) return gray;
  const table = Uint8Array.from({ length: 256 }, (_, value) =>
    Math.min(255, Math.round((value * 255) / level)),
  );
  const data = new Uint8Array(gray.data.length);
  for (let i = 0; i < data.length; i++) data[i] = table[gray.data[i] ?? 0] ?? 255;
  return { ...gray, data };
}

/** Window of the local mean in inches: a few characters wide, so that shadows and grey paper do not count as ink. */
const MEAN_WINDOW_INCHES = 0.3;
/** Ink is darker than this share of the local mean … */
const INK_SHARE_OF_MEAN = 0.82;
/** … and darker than this in any case. */
const PALEST_INK = 215;

/** Finds ink by comparing every pixel with the mean of its surroundings. */
export function findInk(gray: GrayImage): InkMap {
  const { width, height, data } = gray;
  const radius = Math.max(4, Math.round((pixelsPerInch(gray) * MEAN_WINDOW_INCHES) / 2));
  const ink = new Uint8Array(width * height);
  const columnSums = new Uint32Array(width);
  for (let y = 0; y < Math.min(radius, height); y++) addRow(columnSums, data, y * width, 1);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(columnSums, data, (y + radius) * width, 1);
    if (y - radius - 1 >= 0) addRow(columnSums, data, (y - radius - 1) * width, -1);
    const rows = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += columnSums[x] ?? 0;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += columnSums[x + radius] ?? 0;
      if (x - radius - 1 >= 0) sum -= columnSums[x - radius - 1] ?? 0;
      const from = x < radius ? 0 : x - radius;
      const to = x + radius < width ? x + radius : width - 1;
      const value = data[y * width + x] ?? 255;
      if (value < PALEST_INK && value * rows * (to - from + 1) < INK_SHARE_OF_MEAN * sum)
        ink[y * width + x] = 1;
    }
  }
  return { width, height, data: ink };
}

function addRow(sums: Uint32Array, data: Uint8Array, start: number, sign: 1 | -1): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] ?? 0) + sign * (data[start + x] ?? 0);
}

/** The image whose pixels lie on `gray` where `toSource` takes them, as large; paper white where nothing was. */
export function warp(gray: GrayImage, toSource: Matrix): GrayImage {
  const { width, height, data } = gray;
  const warped = new Uint8Array(width * height).fill(255);
  const [a, b, c, d, e, f, g, h, i] = toSource;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const scale = g * x + h * y + i;
      const sourceX = (a * x + b * y + c) / scale;
      const sourceY = (d * x + e * y + f) / scale;
      if (sourceX < 0 || sourceY < 0 || sourceX >= width - 1 || sourceY >= height - 1) continue;
      const x0 = sourceX | 0;
      const y0 = sourceY | 0;
      const at = y0 * width + x0;
      const rightShare = sourceX - x0;
      const upper = (data[at] ?? 0) * (1 - rightShare) + (data[at + 1] ?? 0) * rightShare;
      const lower = (data[at + width] ?? 0) * (1 - rightShare) + (data[at + width + 1] ?? 0) * rightShare;
      warped[y * width + x] = upper * (1 - (sourceY - y0)) + lower * (sourceY - y0);
    }
  }
  return { width, height, data: warped };
}

/** The upright box around where `map` takes a box. */
export function mapBox({ left, top, right, bottom }: PixelBox, map: Matrix): PixelBox {
  const corners = [left, right].flatMap((x) => [top, bottom].map((y) => mapPoint(map, { x, y })));
  return {
    left: Math.min(...corners.map((corner) => corner.x)),
    top: Math.min(...corners.map((corner) => corner.y)),
    right: Math.max(...corners.map((corner) => corner.x)),
    bottom: Math.max(...corners.map((corner) => corner.y)),
  };
}

/** A quarter turn clockwise (1), a half turn (2) or a quarter turn back (3). */
export function turnQuarters(image: ColorImage, quarters: 1 | 2 | 3): ColorImage {
  const { width, height } = image;
  const source = new Uint32Array(image.data.slice().buffer);
  const turned = new Uint32Array(source.length);
  const newWidth = quarters === 2 ? width : height;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [newX, newY] =
        quarters === 1
          ? [height - 1 - y, x]
          : quarters === 2
            ? [width - 1 - x, height - 1 - y]
            : [y, width - 1 - x];
      turned[newY * newWidth + newX] = source[y * width + x] ?? 0;
    }
  }
  return { width: newWidth, height: quarters === 2 ? height : width, data: new Uint8Array(turned.buffer) };
}

/** Side of the squares that are turned at a time: rows and columns of one stay in the processor's cache. */
const SQUARE = 32;

/** Rows become columns: what ran down the image runs along it. */
export function transpose<M extends GrayImage | InkMap>(map: M): M {
  const { width, height, data } = map;
  const turned = new Uint8Array(width * height);
  for (let top = 0; top < height; top += SQUARE) {
    const bottom = Math.min(height, top + SQUARE);
    for (let left = 0; left < width; left += SQUARE) {
      const right = Math.min(width, left + SQUARE);
      for (let x = left; x < right; x++) {
        for (let y = top; y < bottom; y++) turned[x * height + y] = data[y * width + x] ?? 0;
      }
    }
  }
  return { ...map, width: height, height: width, data: turned };
}
