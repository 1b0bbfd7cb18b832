import { describe, expect, test } from '@jest/globals';
import { preparePage } from '../../src/ocr/prepare-page.js';
import type { ColorImage } from '../../src/ocr/raster.js';

const WIDTH = 827;
const HEIGHT = 1169;

function page(boxes: readonly (readonly [number, number, number, number])[]): ColorImage {
  const data = new Uint8Array(WIDTH * HEIGHT * 4).fill(255);
  for (const [left, top, right, bottom] of boxes) {
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) data.fill(0, 4 * (y * WIDTH + x), 4 * (y * WIDTH + x) + 3);
  }
  return { width: WIDTH, height: HEIGHT, data };
}

const GRID = [
  ...[100, 200, 300].map((y) => [100, y, 502, y + 2] as const),
  ...[100, 300, 500].map((x) => [x, 100, x + 2, 302] as const),
];

function lefts(boxes: readonly (readonly [number, number, number, number])[]): number[] {
  const prepared = preparePage(page([...GRID, ...boxes]));
  const [table] = prepared.tables;
  if (!table) throw new Error('no table was found');
  return table.insides.map((inside) => inside.left);
}

describe('the insides of cells', () => {
  test('leaves out the rest of a character that runs over the border from the next cell', () => {
    const [, plain = 0] = lefts([[395, 140, 403, 154]]);
    const [, cut = 0] = lefts([
      [292, 140, 309, 152],
      [395, 140, 403, 154],
    ]);
    expect(plain).toBeLessThan(306);
    expect(cut).toBe(309);
  });

  test('keeps a digit that stands at the border of its own cell', () => {
    const [, kept = 0] = lefts([[303, 140, 309, 152]]);
    expect(kept).toBeLessThan(306);
  });
});
