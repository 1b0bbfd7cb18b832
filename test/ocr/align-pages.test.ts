import { expect, test } from '@jest/globals';
import { alignPages } from '../../src/ocr/align-pages.js';
import type { PageTable } from '../../src/tables/page-table.js';

function table(pageNumber: number, columns: readonly number[]): PageTable {
  const box = { left: columns[0] ?? 0, top: 0, right: columns.at(-1) ?? 0, bottom: 100 };
  return { pageNumber, geometry: 'exact', confidence: 1, box, rows: [0, 100], columns, cells: [] };
}

const page = (pageNumber: number, columns: readonly number[]) => ({
  pageNumber,
  scannedTables: [table(pageNumber, columns)],
});

test('moves the borders of a sheet that lay a little differently onto those of the sheet before', () => {
  const [, second] = alignPages([page(1, [100, 200, 300, 500]), page(2, [107, 208, 308, 509])]);
  expect(second?.scannedTables[0]?.columns).toEqual([100, 200, 300, 500]);
  expect(second?.scannedTables[0]?.box).toMatchObject({ left: 100, right: 500 });
});

test('keeps a border of its own where it was', () => {
  const [, second] = alignPages([page(1, [100, 300, 500]), page(2, [100, 200, 300, 500])]);
  expect(second?.scannedTables[0]?.columns).toEqual([100, 200, 300, 500]);
});

test('leaves tables of another width, and pages that do not follow, alone', () => {
  const pages = [page(1, [100, 300, 500]), page(2, [100, 250, 400]), page(4, [107, 250, 407])];
  expect(alignPages(pages)).toEqual(pages);
});
