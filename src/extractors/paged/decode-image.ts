import * as png from 'fast-png';
import jpeg from 'jpeg-js';
import UTIF from 'utif2';
import { AppError } from '../../errors/app-error.js';
import type { ColorImage } from '../../ocr/raster.js';
import { refuseTiffBomb, safePng } from './refuse-bombs.js';

/** Pixels of one picture that are decoded at most (an A3 page at 600 dpi has 70 million). */
const MAX_PIXELS = 80_000_000;
/** Pixels of all pages of a TIFF together. */
const MAX_TOTAL_PIXELS = 400_000_000;

/** A PNG's signature and its first chunk. */
const PNG_HEADER_BYTES = 33;

export type ImageKind = 'png' | 'jpeg' | 'tiff';

/** Tells a picture's kind by its first bytes; null for anything else. */
export function imageKind(bytes: Uint8Array): ImageKind | null {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg';
  if ((bytes[0] === 0x49 && bytes[1] === 0x49) || (bytes[0] === 0x4d && bytes[1] === 0x4d)) return 'tiff';
  return null;
}

/** A page of a picture, with the size that its header names. */
export interface PicturePage {
  readonly width: number;
  readonly height: number;
  /** Throws SOURCE_CORRUPT where the content does not decode. */
  decode(): ColorImage;
}

/**
 * The pages of a picture, not decoded yet. Throws SOURCE_TOO_LARGE where the header names more pixels than the limit,
 * SOURCE_CORRUPT where it is damaged.
 */
export function picturePages(bytes: Uint8Array): PicturePage[] {
  return orCorrupt(() => {
    switch (imageKind(bytes)) {
      case 'png':
        return [pageOf(checked(pictureSize(bytes)), () => decodePng(bytes))];
      case 'jpeg':
        return [jpegPage(bytes)];
      case 'tiff':
        return tiffPages(bytes);
      case null:
        throw new AppError('FORMAT_UNSUPPORTED', 'not a PNG, JPEG or TIFF picture');
    }
  });
}

function pageOf({ width, height }: Size, decode: () => ColorImage): PicturePage {
  return { width, height, decode: () => orCorrupt(decode) };
}

/** What `work` gives; whatever a library throws is SOURCE_CORRUPT. */
function orCorrupt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('SOURCE_CORRUPT', `picture: ${reason}`, { cause: error });
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function checked(size: Size | null): Size {
  const { width, height } = size ?? { width: 0, height: 0 };
  if (!(width > 0 && height > 0)) throw new AppError('SOURCE_CORRUPT', 'picture without width or height');
  if (width * height > MAX_PIXELS) {
    throw new AppError('SOURCE_TOO_LARGE', `picture of ${width} × ${height} pixels, limit ${MAX_PIXELS}`);
  }
  return { width, height };
}

/** Width and height as a PNG or JPEG states them, without decoding it; null for anything else. */
export function pictureSize(bytes: Uint8Array): Size | null {
  const kind = imageKind(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (kind === 'png' && bytes.length >= PNG_HEADER_BYTES) {
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  return kind === 'jpeg' ? jpegSize(view) : null;
}

/** PNG: the IHDR chunk is always first (RFC 2083, 4.1.1). */
function decodePng(bytes: Uint8Array): ColorImage {
  const { width, height, channels, depth, data, palette } = png.decode(safePng(bytes));
  const rgba = new Uint8Array(width * height * 4).fill(OPAQUE);
  const scale = palette ? 1 : depth === 16 ? 1 / 257 : depth < 8 ? OPAQUE / (2 ** depth - 1) : 1;
  const isGray = channels < 3;
  const colours = isGray ? 1 : 3;
  for (let i = 0, at = 0; i < width * height; i++, at += 4) {
    const start = i * channels;
    if (palette) {
      rgba.set(palette[sampleOf(data, i, depth, width)] ?? [], at);
      continue;
    }
    for (let k = 0; k < 3; k++) {
      rgba[at + k] = sampleOf(data, start + (isGray ? 0 : k), depth, width * channels) * scale;
    }
    if (channels > colours) rgba[at + 3] = sampleOf(data, start + colours, depth, width * channels) * scale;
  }
  return { width, height, data: rgba };
}

const OPAQUE = 255;

/** Sample `index` of rows of `rowSamples` samples; samples below a byte are packed, each row from a byte of its own. */
function sampleOf(data: ArrayLike<number>, index: number, depth: number, rowSamples: number): number {
  if (depth >= 8) return data[index] ?? 0;
  const row = Math.floor(index / rowSamples);
  const bit = (index % rowSamples) * depth;
  const byte = data[row * Math.ceil((rowSamples * depth) / 8) + (bit >> 3)] ?? 0;
  return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

const JPEG_MEMORY_MB = 1024;

/** JPEG: sizes stand in the frame header (ITU-T T.81, B.2.2), markers C0 to CF but C4, C8 and CC. */
function jpegSize(view: DataView): Size | null {
  for (let at = 2; at + 9 < view.byteLength;) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) break;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** A JPEG whose headers are damaged may decode all the same, which then tells its size. */
function jpegPage(bytes: Uint8Array): PicturePage {
  const size = pictureSize(bytes);
  if (size) return pageOf(checked(size), () => decodeJpeg(bytes));
  const image = decodeJpeg(bytes);
  return pageOf(checked(image), () => image);
}

function decodeJpeg(bytes: Uint8Array): ColorImage {
  const decoded = jpeg.decode(bytes, {
    useTArray: true,
    maxResolutionInMP: MAX_PIXELS / 1_000_000,
    maxMemoryUsageInMB: JPEG_MEMORY_MB,
    tolerantDecoding: true,
  });
  return { width: decoded.width, height: decoded.height, data: decoded.data };
}

function tiffPages(bytes: Uint8Array): PicturePage[] {
  const buffer = bytes.slice().buffer;
  // Directories without a size describe thumbnails or camera data.
  const pages = UTIF.decode(buffer)
    .map((directory) => ({
      directory,
      size: { width: tagNumber(directory, 't256'), height: tagNumber(directory, 't257') },
    }))
    .filter(({ size }) => size.width !== 0 && size.height !== 0);
  const total = pages.reduce((sum, { size: { width, height } }) => sum + width * height, 0);
  if (total > MAX_TOTAL_PIXELS) throw new AppError('SOURCE_TOO_LARGE', 'TIFF with too many pixels');
  return pages.map(({ directory, size }) =>
    pageOf(checked(size), () => {
      // What is decoded stays with the directory: that of a copy goes with the copy.
      const page = { ...directory };
      refuseTiffBomb(bytes, { ...directory }, MAX_PIXELS, (part) => {
        const jpegPart = jpegSize(new DataView(part.buffer, part.byteOffset, part.byteLength));
        return jpegPart && jpegPart.width * jpegPart.height;
      });
      silently(() => UTIF.decodeImage(buffer, page));
      return { ...size, data: UTIF.toRGBA8(page) };
    }),
  );
}

/** The library writes to the console of whoever runs it, among their records. */
function silently(work: () => void): void {
  const { log } = console;
  console.log = () => undefined;
  try {
    work();
  } finally {
    console.log = log;
  }
}

function tagNumber(directory: object, tag: string): number {
  const values: unknown = Reflect.get(directory, tag);
  const first: unknown = Array.isArray(values) ? values[0] : undefined;
  return typeof first === 'number' ? first : 0;
}
