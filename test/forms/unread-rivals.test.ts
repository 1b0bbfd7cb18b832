import { describe, expect, test } from '@jest/globals';
import { readForm } from '../../src/forms/read-form.js';
import type { FieldReading } from '../../src/forms/form-reading.js';
import { type PrintedTable, tableDocument } from '../helpers/table-document.js';

const RESULTS = ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计'];
const GROUPS = ['行政复议', '未经复议直接起诉', '复议后起诉'];
const HEADS = [GROUPS.flatMap((group) => [group, '', '', '', '']), GROUPS.flatMap(() => RESULTS)];
const NUMBERS = ['1', '2', '0', '0', '3', '0', '0', '4', '0', '4', '5', '0', '0', '0', '5'];
const OTHERS = NUMBERS.map((text) => (text === '0' ? '0' : String(Number(text) * 7)));

function review(...tables: PrintedTable[]): readonly FieldReading[] {
  const reading = readForm(tableDocument(tables), 2023);
  return reading?.tables.find(({ table }) => table === 'review_and_litigation')?.fields ?? [];
}

function areDoubted(fields: readonly FieldReading[]): boolean {
  return fields.length > 0 && fields.every(({ slot, signals }) => slot === null || signals.isRivalled);
}

describe('another table that names all heads of the one that was read', () => {
  const crossed = [
    ['类别', ...RESULTS],
    ...GROUPS.map((group, i) => [group, ...NUMBERS.slice(i * 5, i * 5 + 5)]),
  ];

  test('leaves no doubt where there is none', () => {
    expect(areDoubted(review([...HEADS, NUMBERS]))).toBe(false);
    expect(areDoubted(review(crossed))).toBe(false);
  });

  test('is another printing of it, however it is laid out', () => {
    expect(areDoubted(review([...HEADS, OTHERS], crossed))).toBe(true);
    expect(areDoubted(review(crossed, [...HEADS, OTHERS]))).toBe(true);
    const halves = GROUPS.flatMap((group, i) => [[group], RESULTS, NUMBERS.slice(i * 5, i * 5 + 5)]);
    expect(areDoubted(review(halves, [...HEADS, OTHERS]))).toBe(true);
  });

  test('is one in numerals, and none without numbers', () => {
    const numerals = NUMBERS.map((text) => '零一二三四五'[Number(text)] ?? '');
    expect(areDoubted(review([...HEADS, numerals], [...HEADS, OTHERS]))).toBe(true);
    const blank = crossed.map((row, i) => (i === 0 ? row : [row[0] ?? '', '', '', '', '', '']));
    expect(areDoubted(review(blank, [...HEADS, NUMBERS]))).toBe(false);
  });
});
