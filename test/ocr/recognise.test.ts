import { expect, test } from '@jest/globals';
import { decodeNumber, findNumberClasses } from '../../src/ocr/read-number.js';
import { looksLikeNumber } from '../../src/ocr/read-cells.js';
import { decode, type CropReading } from '../../src/ocr/recognise.js';

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
