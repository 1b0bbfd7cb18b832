import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { standAmongWords, tokensOf } from '../../src/forms/stream-tokens.js';

const texts = (stretch: string): string[] => tokensOf(stretch, 0, stretch.length).map(({ text }) => text);
const values = (stretch: string): (number | null)[] =>
  tokensOf(stretch, 0, stretch.length).map(({ parsed }) => (parsed.kind === 'number' ? parsed.value : null));

describe('tokensOf', () => {
  test('takes numbers with their signs and units, and marks that stand alone', () => {
    expect(texts('收到 12件 - 无 3.5万元')).toEqual(['12件', '-', '无', '3.5万元']);
    expect(values('12,561减少22,577 增加3')).toEqual([12_561, -22_577, 3]);
  });

  test('cuts numbers that ran together where their groups of three digits end', () => {
    expect(texts('23,13525,33720,117')).toEqual(['23,135', '25,337', '20,117']);
    expect(texts('13,94452,172.02')).toEqual(['13,944', '52,172.02']);
  });

  test('keeps the sign of a change between commas', () => {
    expect(values('0,减3,1')).toEqual([0, -3, 1]);
  });

  test('leaves a run together that can be cut in several ways', () => {
    expect(texts('12,5365435,489 7')).toEqual(['12,536', '5435,489', '7']);
    expect(values('12,5365435,489 7')).toEqual([12_536, null, 7]);
    expect(texts('减少31814,108 2')).toEqual(['减少31814,108', '2']);
    expect(values('减少31814,108 2')).toEqual([null, 2]);
  });

  test('gives back numbers of at least four digits written with separators and nothing between them', () => {
    const grouped = fc.integer({ min: 1_000, max: 99_999_999 });
    fc.assert(
      fc.property(fc.array(grouped, { minLength: 1, maxLength: 7 }), (numbers) => {
        const glued = numbers.map((number) => number.toLocaleString('en-US')).join('');
        expect(values(glued)).toEqual(numbers);
      }),
    );
  });
});

describe('standAmongWords', () => {
  const isAmong = (stretch: string, heads: readonly string[] = []): boolean =>
    standAmongWords(stretch, tokensOf(stretch, 0, stretch.length), 0, heads);

  test('tells numbers of a remark, and numerals in front of a label, from values', () => {
    expect(isAmong(' 28 16 备注:含3件转送办理')).toBe(true);
    expect(isAmong(' 5 2.电视台')).toBe(true);
  });

  test('lets units and the heads of columns stand between values', () => {
    expect(isAmong(' 件 28件 16')).toBe(false);
    expect(isAmong(' 自然人 3 商业企业 4', ['自然人', '商业企业'])).toBe(false);
  });
});
