import { describe, expect, test } from '@jest/globals';
import { findUpright } from '../../src/ocr/find-upright.js';
import type { OcrModels } from '../../src/ocr/models.js';
import { turnQuarters, type ColorImage } from '../../src/ocr/raster.js';

const WIDTH = 827;
const HEIGHT = 1169;
const CHARACTERS = ['', '政', '府', '川'];

/** Lines whose left half is dense and whose right half is thin, so that it shows which way up they stand. */
function page(): ColorImage {
  const data = new Uint8Array(WIDTH * HEIGHT * 4).fill(255);
  for (let line = 0; line < 12; line++) {
    for (let y = 200 + 40 * line; y < 216 + 40 * line; y++) {
      for (let x = 100; x < 400; x++) {
        if (x % (x < 180 ? 2 : 6) === 0) data.fill(0, 4 * (y * WIDTH + x), 4 * (y * WIDTH + x) + 3);
      }
    }
  }
  return { width: WIDTH, height: HEIGHT, data };
}

/** A network that reads 政府 where a line is darker at its left, and strokes elsewhere. */
const models: OcrModels = {
  characters: CHARACTERS,
  createTensor: (data, dims) => ({ data, dims }) as unknown as ReturnType<OcrModels['createTensor']>,
  recognition: {
    inputNames: ['x'],
    outputNames: ['y'],
    run: (feeds) => {
      const { data, dims } = feeds['x'] as unknown as { data: Float32Array; dims: number[] };
      const [count = 0, , height = 0, width = 0] = dims;
      const likelihoods = Array.from({ length: count }, (_, crop) => {
        const darkness = (from: number, to: number): number => {
          let sum = 0;
          for (let x = from; x < to; x++)
            sum += 1 - (data[crop * 3 * height * width + (height >> 1) * width + x] ?? 1);
          return sum;
        };
        const isUpright = darkness(0, width >> 1) > 1.3 * darkness(width >> 1, width);
        return isUpright ? [0, 1, 0, 0, 0, 0, 1, 0] : [0, 0, 0, 1, 1, 0, 0, 0];
      });
      const output = { dims: [count, 2, 4], data: Float32Array.from(likelihoods.flat()) };
      return Promise.resolve({ y: output }) as unknown as ReturnType<OcrModels['recognition']['run']>;
    },
  },
};

describe('findUpright', () => {
  test.each([0, 1, 2, 3] as const)('sets a page upright that needs %i quarter turns', async (quarters) => {
    const back = ((4 - quarters) % 4) as typeof quarters;
    const image = back === 0 ? page() : turnQuarters(page(), back);
    const upright = await findUpright(models, image);
    expect(upright.quarters).toBe(quarters);
    expect(upright.page.ink).toMatchObject({ width: WIDTH, height: HEIGHT });
  });

  test('takes a page that shows words in some of its lines as it lies, after a few lines', async () => {
    let calls = 0;
    const seldom: OcrModels = {
      ...models,
      recognition: {
        ...models.recognition,
        run: () => {
          calls++;
          // Words only in every third line that is read: those of others are broken over two lines.
          const read = [0, calls % 3 === 0 ? 1 : 3, 0, 0, 0, 0, calls % 3 === 0 ? 1 : 0, 0];
          const y = { dims: [1, 2, 4], data: Float32Array.from(read) };
          return Promise.resolve({ y }) as unknown as ReturnType<OcrModels['recognition']['run']>;
        },
      },
    };
    expect((await findUpright(seldom, page())).quarters).toBe(0);
    expect(calls).toBe(6);
  });

  test('leaves a page alone on which no word is read any way up', async () => {
    const blank = { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT * 4).fill(255) };
    expect((await findUpright(models, blank)).quarters).toBe(0);
  });
});
