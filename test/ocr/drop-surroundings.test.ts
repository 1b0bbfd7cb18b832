import { describe, expect, test } from '@jest/globals';
import { dropSurroundings } from '../../src/ocr/drop-surroundings.js';
import type { ColorImage } from '../../src/ocr/raster.js';

const WIDTH = 827;
const HEIGHT = 1169;
const PAPER = 235;
const DARK = 70;
const INK = 20;

/** A picture whose pixels are as bright as `brightness` says. */
function picture(brightness: (x: number, y: number) => number): ColorImage {
  const data = new Uint8Array(WIDTH * HEIGHT * 4).fill(255);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const at = 4 * (y * WIDTH + x);
      data.fill(brightness(x, y), at, at + 3);
    }
  }
  return { width: WIDTH, height: HEIGHT, data };
}

function at({ data }: ColorImage, x: number, y: number): number | undefined {
  return data[4 * (y * WIDTH + x)];
}

/** Lines of print, and a black bar that is as dark as any desk. */
function print(x: number, y: number): number {
  const isBar = x > 300 && x < 340 && y > 600 && y < 700;
  const isText = x > 120 && x < 700 && y > 150 && y < 1000 && y % 20 < 8 && x % 9 < 4;
  return isBar || isText ? INK : PAPER;
}

describe('dropSurroundings', () => {
  test('makes what lies around a sheet white, and leaves the sheet alone', () => {
    const isSheet = (x: number, y: number): boolean => x > 60 + y / 40 && x < 780 && y > 50 && y < 1100;
    const shown = picture((x, y) => (isSheet(x, y) ? print(x, y) : DARK));
    const cleaned = dropSurroundings(shown);
    expect([at(cleaned, 5, 5), at(cleaned, 70, 600), at(cleaned, 820, 600), at(cleaned, 400, 1160)]).toEqual([
      255, 255, 255, 255,
    ]);
    for (const [x, y] of [
      [320, 650],
      [129, 161],
      [690, 905],
    ] as const) {
      expect(at(cleaned, x, y)).toBe(at(shown, x, y));
    }
  });

  test('leaves a sheet alone that fills the picture', () => {
    const shown = picture(print);
    expect(dropSurroundings(shown)).toBe(shown);
  });

  test('leaves a sheet alone that gets darker towards the spine of a book', () => {
    const shown = picture((x, y) => print(x, y) * (1 - 0.8 * Math.exp(-x / 60)));
    expect(dropSurroundings(shown)).toBe(shown);
  });
});
