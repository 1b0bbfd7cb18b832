import { describe, expect, it } from '@jest/globals';
import { APPLICATIONS_2021 } from '../../src/forms/applications-table.js';
import { evidenceRows } from '../../src/forms/evidence-rows.js';
import { type OwnCopies, ownCopies } from '../../src/forms/own-copies.js';
import type { Block, Document } from '../../src/model/document.js';
import { printForm, type PrintedTable, tableDocument } from '../helpers/table-document.js';

const YEAR = 2023;

/** Table three with `start` in its first place and as many more in every further one. */
function counted(start: number): string[][] {
  return printForm(APPLICATIONS_2021, (_, row) => Array.from({ length: 7 }, (__, i) => start + row * 7 + i));
}

const BLANK = printForm(APPLICATIONS_2021, () => ['', '', '', '', '', '', '']);

/** Tables one below another, each below a caption. */
function read(...printed: readonly (readonly [caption: string, table: PrintedTable])[]): OwnCopies {
  const document = tableDocument(printed.map(([, table]) => table));
  const blocks = document.blocks.flatMap((block, i): Block[] => [
    {
      kind: 'paragraph',
      region: 'body',
      text: printed[i]?.[0] ?? '',
      evidence: { kind: 'span', start: i, end: i },
    },
    block,
  ]);
  const captioned: Document = { ...document, blocks };
  return ownCopies(captioned, evidenceRows(captioned), YEAR);
}

/** The indexes of the tables that are left. */
function left({ rows }: OwnCopies): number[] {
  return [...new Set(rows.map((row) => row.table))];
}

describe('tables that a document prints more than once', () => {
  it('are left as they are where there is one of each', () => {
    const own = read(['三、收到和处理政府信息公开申请情况', counted(1)]);
    expect(left(own)).toEqual([0]);
    expect(own.doubted.size).toBe(0);
  });

  it('lose the blank ones beside one that is filled in', () => {
    const own = read(['填报模板', BLANK], ['', counted(1)]);
    expect(left(own)).toEqual([1]);
    expect(own.doubted.size).toBe(0);
  });

  it('lose those captioned with another year', () => {
    const own = read(['2022年数据', counted(500)], ['2023年数据', counted(1)], ['上一年度', counted(700)]);
    expect(left(own)).toEqual([1]);
    expect(own.doubted.size).toBe(0);
    expect(own.document.tables.map(({ cells }) => cells.length > 0)).toEqual([false, true, false]);
  });

  it('are doubted where several are left with other numbers', () => {
    const own = read(['某某市信息中心', counted(500)], ['', counted(1)]);
    expect(left(own)).toEqual([0]);
    expect([...own.doubted]).toEqual(['applications']);
  });

  it('are not doubted where they all say the same', () => {
    const own = read(['', counted(1)], ['', counted(1)]);
    expect(left(own)).toEqual([0]);
    expect(own.doubted.size).toBe(0);
  });

  it('are doubted only in the rows that differ where most of their numbers come back', () => {
    const other = counted(1).map((row, i) =>
      i === 4 ? row.map((cell, at) => (at === 2 ? '999' : cell)) : row,
    );
    const own = read(['', counted(1)], ['', other]);
    expect(left(own)).toEqual([0]);
    expect(own.doubted.size).toBe(0);
    expect(own.doubtedKeys.size).toBe(7);
    const lines = new Set([...own.doubtedKeys].map((key) => key.split('.').slice(0, -1).join('.')));
    expect(lines.size).toBe(1);
  });

  it('are not doubted where one prints the same numbers in other cells, or fewer of them', () => {
    const glued = counted(1).map(([label = '', ...values], i) =>
      i % 2 === 0 ? [label, values.slice(0, 3).join(' '), ...values.slice(3)] : [label, ...values.slice(2)],
    );
    const own = read(['', counted(1)], ['', glued]);
    expect(left(own)).toEqual([0]);
    expect([own.doubted.size, own.doubtedKeys.size]).toEqual([0, 0]);
  });

  it('are doubted as a whole where hardly more than their zeros come back', () => {
    const few = (start: number): string[][] =>
      printForm(APPLICATIONS_2021, (_, row) =>
        Array.from({ length: 7 }, (__, i) => (row < 5 ? start + row * 7 + i : 0)),
      );
    expect([...read(['', few(1)], ['', few(500)]).doubted]).toEqual(['applications']);
  });

  it('are doubted where one printed table holds both, since neither can be left out', () => {
    const own = read(['', [...counted(500), ...counted(1)]]);
    expect(left(own)).toEqual([0]);
    expect([...own.doubted]).toEqual(['applications']);
  });

  it('are pieces of one where they have no rows in common', () => {
    const rows = counted(1);
    const own = read(['', rows.slice(0, 12)], ['续表', rows.slice(12)]);
    expect(left(own)).toEqual([0, 1]);
    expect(own.doubted.size).toBe(0);
  });

  it('are halves of one where each has only some of the columns', () => {
    const rows = counted(1);
    const own = read(
      ['', rows.map((row) => row.slice(0, 4))],
      ['', rows.map((row) => [row[0] ?? '', ...row.slice(4)])],
    );
    expect(left(own)).toEqual([0, 1]);
    expect(own.doubted.size).toBe(0);
  });
});
