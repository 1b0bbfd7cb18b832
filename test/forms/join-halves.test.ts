import { describe, expect, test } from '@jest/globals';
import { APPLICANT_COLUMNS } from '../../src/forms/applications-table.js';
import { evidenceRows } from '../../src/forms/evidence-rows.js';
import { joinHalves } from '../../src/forms/join-halves.js';
import { type PrintedTable, tableDocument } from '../helpers/table-document.js';

const LEFT = [
  ['', '自然人', '商业企业', '科研机构', '社会公益组织'],
  ['一、本年新收', '3', '1', '0', '0'],
  ['二、上年结转', '', '0', '2', '0'],
];
const RIGHT = [
  ['', '法律服务机构', '其他', '总计'],
  ['一、本年新收', '0', '0', '4'],
  ['二、上年结转', '0', '1', '3'],
];

function joined(...tables: PrintedTable[]) {
  return joinHalves(evidenceRows(tableDocument(tables)), APPLICANT_COLUMNS);
}

function textsOf(rows: ReturnType<typeof joined>): string[][] {
  return rows.map(({ slots }) => slots.map(({ text }) => text));
}

describe('joinHalves', () => {
  test('puts the columns of the right half beside the rows of the left one', () => {
    const rows = joined(LEFT, RIGHT);
    expect(textsOf(rows)).toEqual([
      ['', '自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'],
      ['一、本年新收', '3', '1', '0', '0', '0', '0', '4'],
      ['二、上年结转', '', '0', '2', '0', '0', '1', '3'],
    ]);
    const [head, row] = rows;
    expect(row?.slots.map(({ column }) => column)).toEqual(head?.slots.map(({ column }) => column));
    expect(rows.some(({ isTorn }) => isTorn)).toBe(false);
  });

  test('joins more than two, one for each column even', () => {
    const [heads = []] = [[...(LEFT[0] ?? []), ...(RIGHT[0] ?? []).slice(1)]];
    const each = heads.slice(1).map((head) => [
      ['', head],
      ['一、本年新收', '1'],
    ]);
    expect(textsOf(joined(...each)).at(-1)).toEqual(['一、本年新收', ...heads.slice(1).map(() => '1')]);
  });

  test('joins a half without labels by its order alone, as torn', () => {
    const rows = joined(
      LEFT,
      RIGHT.map((cells) => cells.slice(1)),
    );
    expect(textsOf(rows).at(-1)).toEqual(['二、上年结转', '', '0', '2', '0', '0', '1', '3']);
    expect(rows.slice(1).every(({ isTorn }) => isTorn)).toBe(true);
  });

  test('joins across other tables, and what goes on overleaf without heads', () => {
    const other = [
      ['行政复议', ''],
      ['结果维持', '1'],
    ];
    const rows = joined(LEFT.slice(0, 2), LEFT.slice(2), other, RIGHT);
    expect(textsOf(rows)).toEqual([
      ...other,
      ['', '自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'],
      ['一、本年新收', '3', '1', '0', '0', '0', '0', '4'],
      ['二、上年结转', '', '0', '2', '0', '0', '1', '3'],
    ]);
  });

  test('leaves tables apart with other rows, another number of rows, or the same columns', () => {
    expect(joined(LEFT, RIGHT.with(2, ['（一）予以公开', '0', '1', '3']))).toEqual([]);
    expect(joined(LEFT, RIGHT.slice(0, 2))).toEqual([]);
    expect(joined(LEFT, LEFT)).toEqual([]);
  });
});
