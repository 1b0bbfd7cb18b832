import { describe, expect, test } from '@jest/globals';
import type { Block, Document } from '../../src/model/document.js';
import { ownReport } from '../../src/normalize/own-report.js';

/** Texts become paragraphs, numbers tables with that index. */
function documentOf(...parts: readonly (string | number)[]): Document {
  const blocks = parts.map((part): Block =>
    typeof part === 'number'
      ? { kind: 'table', tableIndex: part }
      : { kind: 'paragraph', region: 'body', text: part, evidence: { kind: 'span', start: 0, end: 0 } },
  );
  const tables = parts
    .filter((part) => typeof part === 'number')
    .map((tableIndex) => ({
      tableIndex,
      geometry: 'exact' as const,
      rowCount: 1,
      columnCount: 8,
      cells: Array.from({ length: 8 }, (_, columnIndex) => ({
        ...{ rowIndex: 0, columnIndex, rowSpan: 1, columnSpan: 1, text: '1' },
        evidence: { kind: 'cell' as const, table: tableIndex, row: 0, column: columnIndex },
      })),
      pages: [1],
      box: null,
      confidence: 1,
    }));
  return {
    format: 'text',
    pages: [{ pageNumber: 1, width: null, height: null }],
    blocks,
    tables,
    properties: {},
    diagnostics: [],
  };
}

const TITLE_2023 = '海安县教育局2023年政府信息公开工作年度报告';
const TITLE_2022 = '海安县教育局2022年政府信息公开工作年度报告';
const filled = (document: Document): number[] =>
  document.tables.filter((table) => table.cells.length > 0).map((table) => table.tableIndex);

describe('of a document with reports of two years', () => {
  const document = documentOf(TITLE_2023, '一、总体情况', 0, 1, TITLE_2022, 2, 3);

  test('only the tables behind the title of its year keep their cells', () => {
    expect(filled(ownReport(document, 2023))).toEqual([0, 1]);
    expect(filled(ownReport(document, 2022))).toEqual([2, 3]);
  });

  test('the first report is kept where the year is unknown', () => {
    expect(filled(ownReport(document, null))).toEqual([0, 1]);
  });

  test('nothing is left out where no title names the year', () => {
    expect(ownReport(document, 2019)).toBe(document);
  });

  test('the text of the other report goes too, the indexes of tables stay', () => {
    const own = ownReport(document, 2022);
    expect(own.blocks).toHaveLength(3);
    expect(own.tables).toHaveLength(4);
  });
});

describe('a document with one report is returned as it is', () => {
  test('also where its title is printed twice', () => {
    const document = documentOf(TITLE_2023, TITLE_2023, 0, '政府信息公开工作年度报告', 1);
    expect(ownReport(document, 2023)).toBe(document);
  });

  test('also where links to other years stand around it', () => {
    const document = documentOf(TITLE_2022, TITLE_2023, 0, 1, TITLE_2022);
    expect(ownReport(document, 2023)).toBe(document);
  });

  test('also where a sentence names an earlier report', () => {
    const document = documentOf(TITLE_2023, 0, `与${TITLE_2022}相比，数量有所增加。`, 1);
    expect(ownReport(document, 2023)).toBe(document);
  });
});

test('a report whose tables are nothing but lines of figures is told from the next one as well', () => {
  const figures = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? `第${i}项公开数量条${i}` : `| ${i} |`));
  const document = documentOf(TITLE_2023, ...figures, TITLE_2022, ...figures);
  expect(ownReport(document, 2023).blocks).toHaveLength(13);
  expect(ownReport(document, 2022).blocks[0]).toMatchObject({ text: TITLE_2022 });
});

test('a report that has but marks for numbers is told from the next one as well', () => {
  const marks = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? '无' : '规章 不涉及'));
  const document = documentOf(TITLE_2022, ...marks, TITLE_2023, 0);
  expect(ownReport(document, 2023).blocks).toHaveLength(2);
});

test('tables before the first title are those of the report that the document is', () => {
  const document = documentOf(0, 1, TITLE_2022, 2, 3);
  expect(filled(ownReport(document, 2023))).toEqual([0, 1]);
});

test('a menu before the first title is no report', () => {
  const document = documentOf(0, TITLE_2023, 1, TITLE_2022, 2);
  const [menu, ...others] = document.tables;
  const cells = (menu?.cells ?? []).map((cell) => ({ ...cell, text: '首页' }));
  expect(
    filled(ownReport({ ...document, tables: [...(menu ? [{ ...menu, cells }] : []), ...others] }, 2023)),
  ).toContain(1);
});
