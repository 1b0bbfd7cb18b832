import { describe, expect, test } from '@jest/globals';
import { findGrids } from '../../src/ocr/find-cells.js';
import { findRulingLines } from '../../src/ocr/find-ruling-lines.js';
import { invertDarkFills } from '../../src/ocr/invert-dark-fills.js';
import { findInk, type GrayImage } from '../../src/ocr/raster.js';

const WIDTH = 827;
const HEIGHT = 1169;
const PAPER = 245;
const BLUE = 73;

function fill(
  gray: GrayImage,
  left: number,
  top: number,
  right: number,
  bottom: number,
  value: number,
): void {
  for (let y = top; y < bottom; y++) gray.data.fill(value, y * gray.width + left, y * gray.width + right);
}

function paper(): GrayImage {
  return { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT).fill(PAPER) };
}

/** Strokes as of a line of print. */
function print(gray: GrayImage, left: number, top: number, value: number): void {
  for (let x = left; x < left + 80; x += 5) fill(gray, x, top, x + 1, top + 12, value);
}

function at({ width, data }: GrayImage, x: number, y: number): number {
  return data[y * width + x] ?? 0;
}

/** Two rows of three cells, the upper ones blue with white print and white lines between them. */
function table(): GrayImage {
  const gray = paper();
  fill(gray, 103, 201, 700, 222, BLUE);
  for (const x of [300, 500]) fill(gray, x, 201, x + 1, 222, PAPER);
  for (const y of [222, 244]) fill(gray, 103, y, 701, y + 1, 0);
  for (const x of [103, 300, 500, 700]) fill(gray, x, 222, x + 1, 245, 0);
  for (const x of [150, 350, 550]) {
    print(gray, x, 206, 255);
    print(gray, x, 228, 20);
  }
  return gray;
}

describe('invertDarkFills', () => {
  test('makes white print on a dark fill dark print on paper', () => {
    const inverted = invertDarkFills(table());
    expect(at(inverted, 150, 210)).toBeLessThan(30);
    expect(at(inverted, 152, 210)).toBeGreaterThan(225);
    expect(at(inverted, 250, 215)).toBeGreaterThan(225);
    expect(at(inverted, 150, 232)).toBe(20);
  });

  test('leaves a border where a fill ends, so that its cells are found', () => {
    const gray = invertDarkFills(table());
    const ink = findInk(gray);
    const [grid] = findGrids(findRulingLines(ink, ink, gray), ink);
    expect(grid).toMatchObject({ rowCount: 2, columnCount: 3, isSound: true });
  });

  test.each([
    ['dark print on paper', 20, PAPER],
    ['dark print on a pale fill', 20, 190],
  ])('leaves %s alone', (_, ink, ground) => {
    const gray = paper();
    fill(gray, 100, 200, 700, 300, ground);
    for (let y = 210; y < 290; y += 18) for (let x = 110; x < 600; x += 90) print(gray, x, y, ink);
    expect(invertDarkFills(gray) === gray).toBe(true);
  });

  test('leaves heavy titles alone', () => {
    const gray = paper();
    for (let x = 100; x < 600; x += 34) {
      for (const y of [100, 113, 126]) fill(gray, x, y, x + 30, y + 4, 10);
      for (const left of [x, x + 13, x + 26]) fill(gray, left, 100, left + 4, 130, 10);
    }
    expect(invertDarkFills(gray) === gray).toBe(true);
  });
});
