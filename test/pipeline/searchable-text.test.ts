import { describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/model/document.js';
import { searchableText } from '../../src/pipeline/searchable-text.js';
import { SEARCHED_CHARACTERS } from '../../src/text/search-words.js';
import { textDocument } from '../helpers/text-document.js';

describe('the words of a document', () => {
  const evidence = { kind: 'cell', table: 0, row: 0, column: 0 } as const;
  const cell = { rowIndex: 0, columnIndex: 0, rowSpan: 1, columnSpan: 1, text: '表 格', evidence };
  const table = { tableIndex: 0, rowCount: 1, columnCount: 1, cells: [cell], pages: [1], box: null };
  const paper = textDocument('~首页 导航\n一、总体情况\n公交线路\n调整');
  const withTable: Document = {
    ...paper,
    blocks: [...paper.blocks, { kind: 'table', tableIndex: 0 }],
    tables: [{ ...table, geometry: 'exact', confidence: 1 }],
  };

  it('are its own text in reading order, without what the site puts around it', () => {
    expect(searchableText(paper, true)).toBe('一、总体情况公交线路调整');
  });

  it('hold tables where it is no report, since every report has the same', () => {
    expect(searchableText(withTable, true)).not.toContain('表格');
    expect(searchableText(withTable, false)).toBe('一、总体情况公交线路调整表格');
  });

  it('end at a bound', () => {
    const long = textDocument(Array.from({ length: 5_000 }, () => '公开信息').join('\n'));
    expect(searchableText(long, true)).toHaveLength(SEARCHED_CHARACTERS);
  });
});
