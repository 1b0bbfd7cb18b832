import { describe, expect, test } from '@jest/globals';
import { trueTables } from '../../../src/extractors/paged/scanned-page.js';
import type { ScannedPage } from '../../../src/ocr/read-scanned-page.js';

const BOX = { left: 0, top: 0, right: 10, bottom: 10 };
const LINE = { text: '1', box: BOX, size: 10, turn: 0 as const, glyphs: [] };

function pageWith(certainties: readonly (number | null)[]): ScannedPage {
  const cells = certainties.map((certainty, columnIndex) => ({
    rowIndex: 0,
    columnIndex,
    rowSpan: 1,
    columnSpan: 1,
    box: BOX,
    lines: certainty === null ? [] : [LINE],
    readingConfidence: certainty ?? 1,
  }));
  const place = { pageNumber: 1, geometry: 'exact' as const, confidence: 1, box: BOX, rows: [], columns: [] };
  return { tables: [{ ...place, cells }], glyphs: [], quarters: 0, toShown: null, width: 100, height: 100 };
}

describe('trueTables', () => {
  test.each([
    ['a table, blanks and a doubtful cell included', [0.99, 0.98, null, 0.97, 0.2, null], 1],
    ['a chart, whose cells hold bars and pieces of labels', [0.3, 0.3, 0.02, 0.9, 0.3], 0],
    ['a frame around a few words', [0.99, null, 0.99, 0.99], 0],
  ])('tells %s', (_, certainties, count) => {
    expect(trueTables(pageWith(certainties))).toHaveLength(count);
  });
});
