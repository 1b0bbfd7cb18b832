import { describe, expect, test } from '@jest/globals';
import { pixelsPerInch, type ColorImage } from '../../src/ocr/raster.js';
import { shrinkPicture } from '../../src/ocr/shrink-picture.js';

/** A sheet of A4 with this many dots an inch, black and white columns by turns, but for the first row of dots. */
function sheet(dotsPerInch: number): ColorImage {
  const [width, height] = [Math.round(8.27 * dotsPerInch), Math.round(11.69 * dotsPerInch)];
  const data = new Uint8Array(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) {
    if ((i % width) % 2 === 0 && i >= width) data.fill(0, 4 * i, 4 * i + 3);
  }
  return { width, height, data };
}

describe('shrinkPicture', () => {
  test('leaves pictures as they are that are no finer than reading needs', () => {
    const image = sheet(300);
    expect(shrinkPicture(image)).toBe(image);
  });

  test('makes one pixel of each square of a finer picture, as bright as these are in the mean', () => {
    const shrunk = shrinkPicture(sheet(400));
    expect(pixelsPerInch(shrunk)).toBeCloseTo(200, 0);
    expect([...shrunk.data.slice(0, 4)]).toEqual([191, 191, 191, 255]);
    const below = 4 * shrunk.width;
    expect([...shrunk.data.slice(below, below + 4)]).toEqual([127, 127, 127, 255]);
  });
});
