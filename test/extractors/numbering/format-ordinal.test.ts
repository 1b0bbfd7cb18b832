import { expect, test } from '@jest/globals';
import { formatOrdinal, type OrdinalStyle } from '../../../src/extractors/numbering/format-ordinal.js';

const CASES: readonly (readonly [number, OrdinalStyle, string])[] = [
  [1, 'chinese_counting', '一'],
  [10, 'chinese_counting', '十'],
  [12, 'chinese_counting', '十二'],
  [20, 'chinese_counting', '二十'],
  [103, 'chinese_counting', '一百零三'],
  [110, 'chinese_counting', '一百一十'],
  [12, 'chinese_digits', '一二'],
  [21, 'chinese_legal', '贰拾壹'],
  [3, 'circled', '③'],
  [21, 'circled', '21'],
  [2, 'parenthesised', '⑵'],
  [4, 'lower_roman', 'iv'],
  [28, 'upper_letter', 'BB'],
  [5, 'decimal_zero', '05'],
  [7, 'full_width', '７'],
  [3, 'heavenly_stems', '丙'],
  [9, 'none', ''],
  [0, 'chinese_counting', '0'],
];

test.each(CASES)('writes %i as %s: %s', (value, style, written) => {
  expect(formatOrdinal(value, style)).toBe(written);
});
