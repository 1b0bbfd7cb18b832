import { describe, expect, test } from '@jest/globals';
import type { OcrModels } from '../../src/ocr/models.js';
import { decodeNumber, findNumberClasses } from '../../src/ocr/read-number.js';
import { looksLikeNumber } from '../../src/ocr/read-cells.js';
import { decode, readCrops, type CropReading } from '../../src/ocr/recognise.js';

const CHARACTERS = ['', ...'0o1l2件公'];

/** A reading whose steps have these likelihoods by character; `_` stands for "no character". */
function reading(steps: readonly Readonly<Record<string, number>>[]): CropReading {
  const classes = CHARACTERS.length;
  const likelihoods = new Float32Array(steps.length * classes);
  steps.forEach((step, i) => {
    for (const [character, value] of Object.entries(step)) {
      likelihoods[i * classes + (character === '_' ? 0 : CHARACTERS.indexOf(character))] = value;
    }
  });
  return { steps: steps.length, classes, usedShare: 1, likelihoods };
}

const textOf = (characters: readonly { text: string }[]): string => characters.map((c) => c.text).join('');

test('joins repeated characters and keeps those with a gap between them', () => {
  const steps = [{ '1': 0.9 }, { '1': 0.8 }, { _: 0.9 }, { '1': 0.7 }, { '2': 0.9 }];
  expect(textOf(decode(reading(steps), CHARACTERS))).toBe('112');
});

test('gives a character the probability of its peak', () => {
  const [read] = decode(reading([{ '2': 0.6 }, { '2': 0.95 }]), CHARACTERS);
  expect(read?.probability).toBeCloseTo(0.95);
});

test('reads look-alikes as digits where a number is expected, their likelihoods together', () => {
  const number = decodeNumber(
    reading([{ o: 0.5, '0': 0.45 }, { _: 1 }, { l: 0.9, '1': 0.05 }]),
    CHARACTERS,
    findNumberClasses(CHARACTERS),
  );
  expect(textOf(number.characters)).toBe('01');
  expect(number.confidence).toBeCloseTo(0.95 * 0.95, 4);
});

test('keeps what is likelier than any digit out of a number, at the price of its confidence', () => {
  const number = decodeNumber(reading([{ 公: 0.9, '2': 0.06 }]), CHARACTERS, findNumberClasses(CHARACTERS));
  expect(number.confidence).toBeLessThan(0.1);
});

test.each([
  ['1295', true],
  ['2o', true],
  ['3 件', true],
  ['行政许可', false],
  ['1.属于国家秘密', false],
  ['2024年1月1日至12月31日', false],
])('takes %s for a number: %s', (text, expected) => {
  expect(looksLikeNumber(text)).toBe(expected);
});

describe('readCrops', () => {
  interface Input {
    readonly data: Float32Array;
    readonly dims: readonly number[];
  }

  /** A network that says nothing and keeps what it is shown. */
  function recorder(): { models: OcrModels; shown: Input[] } {
    const shown: Input[] = [];
    const models: OcrModels = {
      characters: CHARACTERS,
      createTensor: (data, dims) => ({ data, dims }) as unknown as ReturnType<OcrModels['createTensor']>,
      recognition: {
        inputNames: ['x'],
        outputNames: ['y'],
        run: (feeds) => {
          shown.push(feeds['x'] as unknown as Input);
          const y = { dims: [1, 1, 2], data: new Float32Array(2) };
          return Promise.resolve({ y }) as unknown as ReturnType<OcrModels['recognition']['run']>;
        },
      },
    };
    return { models, shown };
  }

  /** Columns that get darker to the right. */
  const image = {
    width: 200,
    height: 48,
    data: Uint8Array.from({ length: 200 * 48 }, (_, i) => 200 - (i % 200)),
  };
  const box = { left: 20, top: 0, right: 140, bottom: 48 };

  test('shows every crop alone, without padding but for very narrow ones', async () => {
    const { models, shown } = recorder();
    const narrow = { ...box, right: 50 };
    const readings = await readCrops(
      models,
      image,
      [box, narrow].map((one) => ({ box: one, clip: one })),
    );
    expect(shown.map(({ dims }) => dims)).toEqual([
      [1, 3, 48, 120],
      [1, 3, 48, 48],
    ]);
    expect(readings.map(({ usedShare }) => usedShare)).toEqual([1, 30 / 48]);
    expect(shown[1]?.data[47]).toBe(0);
  });

  test('shows pixels from black (-1) to white (1), alike in all colours, and paper outside the clip', async () => {
    const { models, shown } = recorder();
    await readCrops(models, image, [{ box, clip: { ...box, left: 30, bottom: 24 } }]);
    const at = (channel: number, y: number, x: number): number =>
      shown[0]?.data[(channel * 48 + y) * 120 + x] ?? 0;
    expect(at(0, 10, 40)).toBeCloseTo((200 - 60) / 127.5 - 1);
    expect(at(2, 10, 40)).toBe(at(0, 10, 40));
    expect(at(0, 10, 9)).toBe(1);
    expect(at(0, 24, 40)).toBe(1);
  });
});
