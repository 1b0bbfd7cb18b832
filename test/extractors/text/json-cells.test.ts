import { describe, expect, test } from '@jest/globals';
import { documentFromText } from '../../../src/extractors/text/to-document.js';
import { textOfJson } from '../../../src/extractors/text/json-text.js';
import { rowsOf } from '../../helpers/describe-document.js';

const ROWS = [
  ['信息内容', '本年制发件数'],
  ['规章', '3'],
  ['行政规范性文件', ''],
];

function read(value: unknown): unknown {
  const { tables } = documentFromText(textOfJson(JSON.stringify(value)));
  expect(tables).toHaveLength(1);
  expect(tables[0]?.geometry).toBe('exact');
  return tables[0] && rowsOf(tables[0]);
}

function cells(
  make: (row: number, column: number, text: string) => Record<string, unknown>,
): Record<string, unknown>[] {
  return ROWS.flatMap((row, at) => row.map((text, column) => make(at, column, text)));
}

const wanted = rowsOf(
  documentFromText(
    `<table>${ROWS.map((row) => `<tr>${row.map((text) => `<td>${text}</td>`).join('')}</tr>`).join('')}</table>`,
  ).tables[0] ?? fail(),
);

function fail(): never {
  throw new Error('no table');
}

describe('a table that JSON describes', () => {
  test.each([
    [
      'rowIndex and columnIndex',
      cells((rowIndex, columnIndex, content) => ({ rowIndex, columnIndex, content })),
    ],
    [
      'offsets with ends',
      cells((row, column, text) => ({
        start_row_offset_idx: row,
        end_row_offset_idx: row + 1,
        start_col_offset_idx: column,
        end_col_offset_idx: column + 1,
        text,
      })),
    ],
    ['row_start and words', cells((row_start, col_start, words) => ({ row_start, col_start, words }))],
    ['cells out of order', cells((row, column, text) => ({ row, column, text })).reverse()],
  ])('is read by the places of its cells: %s', (_, list) => {
    expect(read({ title: '年报', tables: [{ data: { table_cells: list } }] })).toEqual(wanted);
  });

  test('is read as rows of cells of an editor', () => {
    const text = (words: string) => ({
      type: 'paragraph',
      content: words === '' ? [] : [{ type: 'text', text: words }],
    });
    const rows = ROWS.map((row) => ({
      type: 'tableRow',
      content: row.map((words) => ({
        type: 'tableCell',
        attrs: { colspan: 1, rowspan: 1 },
        content: [text(words)],
      })),
    }));
    expect(read({ type: 'doc', content: [text('年报'), { type: 'table', content: rows }] })).toEqual(wanted);
  });

  test('is taken as HTML once where its words stand beside', () => {
    const html = `<table>${ROWS.map((row) => `<tr>${row.map((words) => `<td>${words}</td>`).join('')}</tr>`).join('')}</table>`;
    const element = { type: 'Table', text: ROWS.flat().join(' '), metadata: { text_as_html: html } };
    expect(read([{ type: 'Title', text: '年报' }, element])).toEqual(wanted);
  });

  test('keeps spans', () => {
    const value = {
      cells: [
        { rowIndex: 0, columnIndex: 0, columnSpan: 2, content: '第二十条第（一）项' },
        { rowIndex: 1, columnIndex: 0, content: '规章' },
        { rowIndex: 1, columnIndex: 1, content: '5' },
        { rowIndex: 2, columnIndex: 0, content: '行政规范性文件' },
        { rowIndex: 2, columnIndex: 1, content: '7' },
      ],
    };
    const [table] = documentFromText(textOfJson(JSON.stringify(value))).tables;
    expect(table?.cells.map(({ columnSpan, text }) => [columnSpan, text]).slice(0, 3)).toEqual([
      [2, '第二十条第（一）项'],
      [1, '规章'],
      [1, '5'],
    ]);
  });

  test('is none of places beyond reason', () => {
    const value = { cells: cells((row, column, text) => ({ row: row * 1e9, column, text })) };
    expect(
      documentFromText(textOfJson(JSON.stringify(value))).tables.every(({ rowCount }) => rowCount < 20),
    ).toBe(true);
  });
});
