import { describe, expect, test } from '@jest/globals';
import { dropRed, hasRed } from '../../src/ocr/drop-red.js';
import { dropSpecks } from '../../src/ocr/drop-specks.js';
import { findInk, pixelsPerInch, toGray, type ColorImage } from '../../src/ocr/raster.js';

const WIDTH = 827;
const HEIGHT = 1169;
const RED = [200, 30, 40] as const;
const BLACK = [20, 20, 20] as const;
/** A seal pressed over print: the ink lets the black through. */
const RED_OVER_BLACK = [45, 15, 15] as const;

function paper(): ColorImage {
  return { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT * 4).fill(255) };
}

function fill(image: ColorImage, box: readonly number[], color: readonly [number, number, number]): void {
  const [left = 0, top = 0, right = 0, bottom = 0] = box;
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) image.data.set(color, 4 * (y * WIDTH + x));
}

describe('dropRed', () => {
  test('turns red to paper, keeps black and black under red, and marks what it took away', () => {
    const image = paper();
    fill(image, [100, 100, 200, 104], BLACK);
    fill(image, [148, 80, 153, 130], RED);
    fill(image, [148, 100, 153, 104], RED_OVER_BLACK);
    expect(hasRed(image)).toBe(true);
    const { gray, stains } = dropRed(image, toGray(image));
    const at = (x: number, y: number): number => y * WIDTH + x;
    expect(gray.data[at(150, 90)]).toBe(255);
    expect(stains.data[at(150, 90)]).toBe(1);
    for (const x of [120, 150]) expect(gray.data[at(x, 102)]).toBeLessThan(100);
    expect(stains.data[at(120, 102)]).toBe(0);
  });

  test('is not needed where nothing is red', () => {
    const image = paper();
    fill(image, [100, 100, 400, 300], BLACK);
    expect(hasRed(image)).toBe(false);
  });
});

describe('dropSpecks', () => {
  test('takes single pixels away and leaves points of numbers', () => {
    const image = paper();
    fill(image, [300, 300, 301, 301], BLACK);
    fill(image, [400, 400, 402, 402], BLACK);
    const gray = toGray(image);
    const cleaned = dropSpecks(gray, findInk(gray), pixelsPerInch(gray));
    expect(cleaned.ink.data.reduce((sum, value) => sum + value, 0)).toBe(4);
    expect(cleaned.gray.data[300 * WIDTH + 300]).toBe(255);
    expect(cleaned.gray.data[400 * WIDTH + 400]).toBeLessThan(100);
  });
});
