import { inflateRawSync, inflateSync } from 'node:zlib';
import { AppError } from '../../errors/app-error.js';

/** Chunks of a PNG that its pixels need (PNG, third edition, 11); profiles and texts may unpack to anything. */
const NEEDED_CHUNKS = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
const SIGNATURE_BYTES = 8;
/** Length, type and checksum around a chunk's content. */
const CHUNK_FRAME_BYTES = 12;
/** Samples a pixel by a PNG's colour type. */
const PNG_CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Bytes beyond the pixels that tell how their rows are packed: one a row, interlaced ones a few times. */
const FILTER_BYTES_A_ROW = 8;
const SLACK_BYTES = 65_536;

/**
 * A PNG without what its pixels do not need. Throws SOURCE_TOO_LARGE where its content unpacks to more than the pixels
 * its header names.
 */
export function safePng(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE_BYTES)];
  const content: Uint8Array[] = [];
  for (let at = SIGNATURE_BYTES; at + CHUNK_FRAME_BYTES <= bytes.length;) {
    const end = at + CHUNK_FRAME_BYTES + view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (NEEDED_CHUNKS.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IDAT') content.push(bytes.subarray(at + 8, end - 4));
    at = end;
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const bits = view.getUint8(24) * (PNG_CHANNELS[view.getUint8(25)] ?? 1);
  const pixels = Math.ceil((width * height * bits) / 8);
  refuseLarger(pixels + FILTER_BYTES_A_ROW * (height + width), (maxOutputLength) =>
    inflateSync(Buffer.concat(content), { maxOutputLength }),
  );
  return Buffer.concat(kept);
}

/** What is asked of a TIFF's directory: its tags by number, as the library names them. */
export type TiffTags = Readonly<Record<string, unknown>>;

/** Compressions that unpack to any size: deflate by its two numbers (TIFF 6.0 supplement 2), JPEG by its own header. */
const DEFLATE = [8, 32946];
const JPEG = [6, 7];
/** A pixel of four channels of 16 bits. */
const MOST_BITS_A_PIXEL = 64;
/** Deflate streams have a header and a checksum that are not unpacked. */
const DEFLATE_HEADER_BYTES = 2;

/**
 * Throws SOURCE_TOO_LARGE where strips or tiles of a TIFF's page unpack to more than its pixels. `jpegPixels` tells how
 * many pixels a JPEG names, null where it cannot tell.
 */
export function refuseTiffBomb(
  bytes: Uint8Array,
  tags: TiffTags,
  mostPixels: number,
  jpegPixels: (part: Uint8Array) => number | null,
): void {
  const one = (tag: string, otherwise: number): number => numbersOf(tags[tag])[0] ?? otherwise;
  const bits = one('t258', 1) * one('t277', 1);
  if (bits > MOST_BITS_A_PIXEL) throw tooLarge();
  const isTiled = tags['t322'] !== undefined;
  const size = isTiled ? one('t322', 1) * one('t323', 1) : one('t256', 1) * one('t257', 1);
  if (size > mostPixels) throw tooLarge();
  const compression = one('t259', 1);
  const starts = numbersOf(tags[isTiled ? 't324' : 't273']);
  const lengths = numbersOf(tags[isTiled ? 't325' : 't279']);
  starts.forEach((start, i) => {
    const part = bytes.subarray(start, start + (lengths[i] ?? 0));
    if (DEFLATE.includes(compression)) {
      refuseLarger((size * bits) / 8, (maxOutputLength) =>
        inflateRawSync(part.subarray(DEFLATE_HEADER_BYTES), { maxOutputLength }),
      );
    }
    if (JPEG.includes(compression) && (jpegPixels(part) ?? 0) > mostPixels) throw tooLarge();
  });
}

function numbersOf(values: unknown): number[] {
  return Array.isArray(values) ? values.filter((value): value is number => typeof value === 'number') : [];
}

/** Unpacks for a try: what is too large is told, what does not unpack is left to whoever reads it. */
function refuseLarger(mostBytes: number, unpack: (maxOutputLength: number) => unknown): void {
  try {
    unpack(Math.ceil(mostBytes) + SLACK_BYTES);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
  }
}

function tooLarge(): AppError {
  return new AppError('SOURCE_TOO_LARGE', 'picture that unpacks to more than its header says');
}
