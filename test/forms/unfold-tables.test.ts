import { describe, expect, test } from '@jest/globals';
import { unfoldTables } from '../../src/forms/unfold-tables.js';
import { printedRows, type PrintedTable } from '../helpers/table-document.js';

function unfolded(rows: PrintedTable): string[][] {
  return unfoldTables(printedRows(rows)).map(({ slots }) => slots.map(({ text }) => text));
}

describe('unfoldTables', () => {
  const left = ['甲', '乙', '丙', '丁', '戊'].map((name, i) => [`${name}项数`, '件', i === 2 ? '' : `${i}`]);
  const right = ['己', '庚', '辛', '壬', '癸'].map((name, i) => [`${name}项数`, '次', `${i + 10}`]);

  test('reads the left column of labels and numbers before the one beside it', () => {
    const folded = left.map((cells, i) => [...cells, ...(right[i] ?? [])]);
    const heads = ['指标', '单位', '统计数'];
    expect(unfolded([[...heads, ...heads], ...folded])).toEqual([heads, ...left, heads, ...right]);
  });

  test('leaves a table alone whose rows have one label each', () => {
    expect(unfolded(left.map((cells) => [...cells, '3', '4']))).toEqual([]);
  });
});
