import { describe, expect, test } from '@jest/globals';
import { alignRows } from '../../src/forms/align-rows.js';
import { formLines } from '../../src/forms/form-lines.js';
import { APPLICATIONS_2021 } from '../../src/forms/applications-table.js';
import { printedRows, printForm, type PrintedTable } from '../helpers/table-document.js';

/** The table with its row's number in each of the seven columns. */
const WHOLE = printForm(APPLICATIONS_2021, (_, row) => Array.from({ length: 7 }, () => row));
const KEYS = formLines(APPLICATIONS_2021)
  .filter(({ row }) => row.kind === 'data' && row.optional !== true)
  .map(({ row }) => row.key);

/** For each row of the form that was found the number printed beside it. */
function found(table: PrintedTable): Record<string, string> {
  const { matches } = alignRows(printedRows(table), APPLICATIONS_2021);
  return Object.fromEntries(
    matches
      .filter(({ line }) => line.row.kind === 'data')
      .map(({ line, index }) => [line.row.key, table[index]?.at(-1) ?? '']),
  );
}

const ALL = Object.fromEntries(KEYS.map((key, row) => [key, `${row}`]));

/** The table with another text for the label of the row with this number. */
function relabelled(row: string, change: (label: string) => string): string[][] {
  return WHOLE.map((cells) => (cells.at(-1) === row ? [change(cells[0] ?? ''), ...cells.slice(1)] : cells));
}

describe('alignRows', () => {
  test('finds every row of the form under its official label', () => {
    expect(found(WHOLE)).toEqual(ALL);
  });

  test('does not let a lost label shift the rest, and finds its row by its place', () => {
    const table = WHOLE.map((cells) => (cells.at(-1) === '7' ? cells.slice(1) : cells));
    expect(found(table)).toEqual(ALL);
    const { matches } = alignRows(printedRows(table), APPLICATIONS_2021);
    expect(matches.filter(({ label }) => label === 0)).toHaveLength(1);
  });

  test('does not let a label that is printed twice shift the rest', () => {
    const above = WHOLE.flatMap((cells) => (cells.at(-1) === '8' ? [cells.slice(0, 1), cells] : [cells]));
    expect(found(above)).toEqual(ALL);
    const instead = relabelled('9', () => '5.属于三类内部事务信息');
    const shifted = Object.entries(found(instead)).filter(([key, row]) => ALL[key] !== row);
    expect(shifted.map(([key]) => key)).toEqual(['refused.internal_affairs']);
  });

  test('does not let a row that is not printed shift the rest', () => {
    const table = WHOLE.filter((cells) => cells.at(-1) !== '12');
    expect(found(table)).toEqual(Object.fromEntries(Object.entries(ALL).filter(([, row]) => row !== '12')));
  });

  test('passes over rows that belong to no form', () => {
    const note = ['（注：本表数据统计期限为全年）'];
    expect(found([note, ...WHOLE.slice(0, 9), note, ...WHOLE.slice(9), note])).toEqual(ALL);
  });

  test('reads the first of two copies of a table and says that there is another', () => {
    const second = WHOLE.map((cells) => cells.map((cell, i) => (i === 0 ? cell : `${Number(cell) + 500}`)));
    expect(found([...WHOLE, ...second])).toEqual(ALL);
    expect(alignRows(printedRows([...WHOLE, ...second]), APPLICATIONS_2021).hasSecondCopy).toBe(true);
    expect(alignRows(printedRows(WHOLE), APPLICATIONS_2021).hasSecondCopy).toBe(false);
  });

  test('tells of a row that another row of the form could stand for as well', () => {
    const clear = alignRows(printedRows(WHOLE), APPLICATIONS_2021).matches;
    expect(clear.filter(({ isAmbiguous }) => isAmbiguous)).toEqual([]);
    const one = WHOLE.filter(([label]) => label !== '（六）其他处理' && !/^[12]\.申请人/.test(label ?? ''));
    const bare = one.map(([label = '', ...values]) => [label === '3.其他' ? '其他' : label, ...values]);
    const doubtful = alignRows(printedRows(bare), APPLICATIONS_2021).matches;
    expect(doubtful.filter(({ isAmbiguous }) => isAmbiguous)).toMatchObject([
      { line: { row: { key: expect.stringMatching(/^other/) } } },
    ]);
  });

  test('is not sure of a row that is printed twice with different numbers, and is of one printed twice alike', () => {
    const at = WHOLE.findIndex((cells) => cells.at(-1) === '7');
    const [label = ''] = WHOLE[at] ?? [];
    const twice = (values: string[]): boolean[] =>
      alignRows(
        printedRows([...WHOLE.slice(0, at), [label, ...values], ...WHOLE.slice(at)]),
        APPLICATIONS_2021,
      )
        .matches.filter(({ line }) => line.row.labels[0] === formLines(APPLICATIONS_2021)[at]?.row.labels[0])
        .map(({ isAmbiguous }) => isAmbiguous);
    expect(twice(['5', '0', '0', '0', '0', '0', '5'])).toEqual([true]);
    expect(twice(Array<string>(7).fill('7'))).toEqual([false]);
  });

  test('tells how many named rows it left over where the table is printed twice without a beginning', () => {
    const { leftOver } = alignRows(printedRows([...WHOLE, ...WHOLE.slice(8)]), APPLICATIONS_2021);
    expect(leftOver).toBeGreaterThan(0.5);
    expect(alignRows(printedRows(WHOLE), APPLICATIONS_2021).leftOver).toBe(0);
  });
});
