import { describe, expect, test } from '@jest/globals';
import { fillBehindUnits } from '../../src/forms/unit-rows.js';
import { printedRows, type PrintedTable } from '../helpers/table-document.js';

/** Rows of label, unit and number of the statistics; those without a number end in their unit. */
const FILLED: PrintedTable = [
  ['（一）收到申请数', '件', '12'],
  ['1.当面申请数', '件', '2'],
  ['2.传真申请数', '件', '4'],
  ['3.网络申请数', '件', '6'],
];

function texts(...rows: PrintedTable): string[][] {
  // Rows as a source without columns gives them, before anything else looks at their units.
  const printed = rows.map((row, index) => ({ ...printedRows([row], 'aligned')[0], row: index, table: 0 }));
  const complete = printed.flatMap(({ slots, ...row }) =>
    slots ? [{ geometry: 'ordered' as const, tableConfidence: 1, ...row, slots }] : [],
  );
  return fillBehindUnits(complete).map(({ slots }) => slots.map(({ text }) => text));
}

describe('fillBehindUnits', () => {
  test('puts a blank cell behind a unit without a number, and ends the row there', () => {
    const rest = ['4.信函申请数', '件', '（二）申请办结数', '件', '12'];
    expect(texts(...FILLED, rest, ['1.按时办结数', '件'])).toEqual([
      ...FILLED,
      ['4.信函申请数', '件', ''],
      ['（二）申请办结数', '件', '12'],
      ['1.按时办结数', '件', ''],
    ]);
  });

  test('leaves a number on the next line to its unit', () => {
    expect(texts(...FILLED, ['4.信函申请数', '件'], ['0'])).toEqual([
      ...FILLED,
      ['4.信函申请数', '件'],
      ['0'],
    ]);
  });

  test('leaves tables alone whose units stand apart, or whose units have hardly a number behind them', () => {
    const apart = [...FILLED, ['件', '件'], ['4.信函申请数']];
    expect(texts(...apart)).toEqual(apart);
    const bare = FILLED.map((row) => row.slice(0, 2));
    expect(texts(...bare)).toEqual(bare);
  });
});
