import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, jest, test } from '@jest/globals';
import { picturePages } from '../../../src/extractors/paged/decode-image.js';
import type { ColorImage } from '../../../src/ocr/raster.js';

const WIDTH = 16;
const HEIGHT = 16;
const PIXELS = WIDTH * HEIGHT;
/** Unpacks from a few hundred bytes to far more than a picture of 16 by 16 pixels holds. */
const BOMB = deflateSync(new Uint8Array(1 << 20));

function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}

/** A grey PNG with this content, and further chunks before it. */
function png(content: Uint8Array, ...further: readonly Buffer[]): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.writeUInt8(8, 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', header), ...further, chunk('IDAT', content), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

const ROWS = deflateSync(new Uint8Array(HEIGHT * (WIDTH + 1)).fill(0));

/** A grey TIFF of one strip or tile, its directory behind it. */
function tiff(
  compression: number,
  content: Uint8Array,
  further: Readonly<Record<number, number>> = {},
): Uint8Array {
  const start = 8;
  const isTiled = 322 in further;
  const tags: Readonly<Record<number, number>> = {
    256: WIDTH,
    257: HEIGHT,
    258: 8,
    259: compression,
    262: 1,
    ...(isTiled ? { 324: start, 325: content.length } : { 273: start, 279: content.length }),
    277: 1,
    278: HEIGHT,
    ...further,
  };
  const entries = Object.entries(tags).sort(([a], [b]) => Number(a) - Number(b));
  const file = Buffer.alloc(start + content.length + 2 + 12 * entries.length + 4);
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(start + content.length, 4);
  file.set(content, start);
  let at = file.writeUInt16LE(entries.length, start + content.length);
  for (const [tag, value] of entries) {
    at = file.writeUInt16LE(Number(tag), at);
    at = file.writeUInt16LE(4, at);
    at = file.writeUInt32LE(1, at);
    at = file.writeUInt32LE(value, at);
  }
  return file;
}

/** The frame header of a JPEG of 60,000 by 60,000 pixels. */
const LARGE_JPEG = Uint8Array.from([
  ...[0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0xea, 0x60, 0xea, 0x60, 1, 1, 0x11, 0, 0xff, 0xd9],
]);

function decode(bytes: Uint8Array): ColorImage | undefined {
  return picturePages(bytes)[0]?.decode();
}

describe('pictures that unpack to more than they say', () => {
  test.each([
    ['a PNG', png(BOMB)],
    ['a strip of a TIFF', tiff(8, BOMB)],
    ['a tile of a TIFF', tiff(8, BOMB, { 322: WIDTH, 323: HEIGHT })],
    ['a tile larger than any picture', tiff(1, new Uint8Array(PIXELS), { 322: 60_000, 323: 60_000 })],
    ['a TIFF with thousands of channels', tiff(1, new Uint8Array(PIXELS), { 277: 65_000 })],
    ['a TIFF of a large JPEG', tiff(7, LARGE_JPEG)],
  ])('are refused: %s', (_, bytes) => {
    expect(() => decode(bytes)).toThrow(expect.objectContaining({ code: 'SOURCE_TOO_LARGE' }));
  });

  test('are read where that is only a profile', () => {
    const profile = chunk('iCCP', Buffer.concat([Buffer.from('x\0\0', 'latin1'), BOMB]));
    const image = decode(png(ROWS, profile));
    expect(image).toMatchObject({ width: WIDTH, height: HEIGHT });
    expect([...(image?.data.slice(0, 4) ?? [])]).toEqual([0, 0, 0, 255]);
  });

  test('are told from those that say it right', () => {
    const packed = deflateSync(new Uint8Array(PIXELS).fill(200));
    expect(decode(tiff(8, packed))?.data[0]).toBe(200);
    expect(decode(png(ROWS))?.data[0]).toBe(0);
  });
});

test('a TIFF of tiles is read without a word on the console', () => {
  const log = jest.spyOn(console, 'log');
  const image = decode(tiff(1, new Uint8Array(PIXELS).fill(90), { 322: WIDTH, 323: HEIGHT }));
  expect(image?.data[0]).toBe(90);
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});
