import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold, foldLabel, longestCommonSubsequence, numberingOf, similarity } from '../../src/text/fold.js';

const PRINTED = fc.string({
  unit: fc.constantFrom(
    '政',
    '府',
    '１',
    '2',
    '（',
    ')',
    '，',
    '“',
    ' ',
    '\u3000',
    '\u200b',
    '—',
    'Ａ',
    '\u2f8f',
  ),
});

describe('fold', () => {
  test.each([
    ['full width', '１２，Ａ（％）', '12,A(%)'],
    ['white space and what takes no room', '总 体\u3000情\u200b况\ufeff\n', '总体情况'],
    ['every kind of dash', '— – − － ‐', '-----'],
    ['every kind of quotation mark', '“三安全”‘一稳定’', '"三安全""一稳定"'],
    ['brackets', '【2024】〔36〕', '[2024][36]'],
    ['radicals that look like characters', '⾏政', '行政'],
  ])('makes one of %s', (_, printed, folded) => {
    expect(fold(printed)).toBe(folded);
  });

  test('changes nothing that is folded already', () => {
    fc.assert(fc.property(PRINTED, (text) => fold(fold(text)) === fold(text)));
  });

  test('does not care where white space stands', () => {
    fc.assert(fc.property(PRINTED, (text) => fold([...text].join(' \n')) === fold(text)));
  });
});

describe('foldLabel', () => {
  test('leaves out a circled number in front instead of making digits of it', () => {
    expect(foldLabel('①当面申请数')).toBe(foldLabel('1.当面申请数'));
    expect(foldLabel(' ⑫ 其他')).toBe('其他');
  });

  test.each([
    ['（六）其 他处理', '(六)其他处理'],
    ['一、本年新收', '本年新收'],
    ['其中：涉及国家秘密', '涉及国家秘密'],
    ['3.危及“三安全一稳定”', '3、危及三安全一稳定'],
  ])('makes one of %s and %s', (one, other) => {
    expect(foldLabel(one)).toBe(foldLabel(other));
  });

  test('keeps numbers that are no numbering', () => {
    expect(foldLabel('2021年')).toBe('2021年');
    expect(numberingOf('1.5')).toBe('');
    expect(numberingOf('（一）予以公开'.normalize('NFKC'))).toBe('(一)');
  });
});

describe('similarity', () => {
  test('lies between 0 and 1, is the same both ways, and is 1 for equal texts alone', () => {
    const word = fc.string({ unit: fc.constantFrom('甲', '乙', '丙', '丁'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const score = similarity(a, b);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(score).toBe(similarity(b, a));
        expect(score === 1).toBe(a === b && a !== '');
        expect(longestCommonSubsequence(a, b)).toBeLessThanOrEqual(Math.min(a.length, b.length));
      }),
    );
  });
});
