import { describe, expect, test } from '@jest/globals';
import { encode } from 'fast-png';
import jpeg from 'jpeg-js';
import UTIF from 'utif2';
import { picturePages } from '../../../src/extractors/paged/decode-image.js';
import type { ColorImage } from '../../../src/ocr/raster.js';

const WIDTH = 3;
const HEIGHT = 2;
const RED_THEN_WHITE = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => i).reduce(
  (data, i) => (data.set(i < WIDTH ? [255, 0, 0, 255] : [255, 255, 255, 255], 4 * i), data),
  new Uint8Array(WIDTH * HEIGHT * 4),
);

function first(bytes: Uint8Array): ColorImage | undefined {
  return picturePages(bytes)[0]?.decode();
}

function pixel(image: ColorImage | undefined, index: number): number[] {
  return [...(image?.data.slice(4 * index, 4 * index + 4) ?? [])];
}

/** A PNG's header with a size of its own, nothing behind it. */
function pngHeader(width: number, height: number): Uint8Array {
  const bytes = encode({ width: 1, height: 1, data: new Uint8Array([0]), channels: 1 }).slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

describe('picturePages', () => {
  test('decodes colour, grey and two-level PNG to the same layout', () => {
    const color = first(encode({ width: WIDTH, height: HEIGHT, data: RED_THEN_WHITE, channels: 4 }));
    expect(pixel(color, 0)).toEqual([255, 0, 0, 255]);
    const gray = first(encode({ width: 2, height: 1, data: new Uint8Array([0, 200]), channels: 1 }));
    expect(pixel(gray, 1)).toEqual([200, 200, 200, 255]);
    const bits = first(
      encode({ width: 3, height: 1, data: new Uint8Array([0b01000000]), channels: 1, depth: 1 }),
    );
    expect([pixel(bits, 0)[0], pixel(bits, 1)[0], pixel(bits, 2)[0]]).toEqual([0, 255, 0]);
  });

  test('decodes JPEG', () => {
    const data = Buffer.alloc(16 * 16 * 4, 255);
    const image = first(jpeg.encode({ width: 16, height: 16, data }, 90).data);
    expect(image).toMatchObject({ width: 16, height: 16 });
    expect(pixel(image, 0)[0]).toBeGreaterThan(250);
  });

  test('decodes TIFF', () => {
    const tiff = new Uint8Array(UTIF.encodeImage(RED_THEN_WHITE, WIDTH, HEIGHT));
    expect(pixel(first(tiff), 0)).toEqual([255, 0, 0, 255]);
  });

  test.each([
    ['a PNG of 100,000 by 100,000 pixels', pngHeader(100_000, 100_000), 'SOURCE_TOO_LARGE'],
    ['a PNG cut off behind its header', pngHeader(10, 10).subarray(0, 40), 'SOURCE_CORRUPT'],
    ['a JPEG that is only its mark', new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), 'SOURCE_CORRUPT'],
    ['a TIFF without a directory', new Uint8Array([0x49, 0x49, 42, 0, 8, 0, 0, 0]), 'SOURCE_CORRUPT'],
    ['no picture', new Uint8Array([1, 2, 3]), 'FORMAT_UNSUPPORTED'],
  ])('refuses %s', (_, bytes, code) => {
    let thrown: unknown = null;
    try {
      first(bytes);
    } catch (error) {
      thrown = error;
    }
    if (code === 'SOURCE_CORRUPT' && thrown === null) expect(first(bytes)).toBeUndefined();
    else expect(thrown).toMatchObject({ code });
  });
});
