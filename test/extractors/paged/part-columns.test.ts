import { describe, expect, test } from '@jest/globals';
import { partColumns } from '../../../src/extractors/paged/part-columns.js';
import type { Glyph } from '../../../src/tables/glyph.js';
import { printedPage, readPages, rowTexts } from '../../helpers/printed-pages.js';

const SIZE = 10;
const PROSE = '不断健全工作机制，明确责任分工。推动各项公开任务落到实处';

function print(text: string, left: number, top: number): Glyph[] {
  return [...text].map((character, i) => ({
    text: character,
    box: { left: left + SIZE * i, top, right: left + SIZE * (i + 1), bottom: top + SIZE },
    size: SIZE,
    turn: 0,
    isAfterSpace: false,
  }));
}

/** So many lines of prose, 260 points wide. */
function prose(left: number, top: number, lines: number): Glyph[] {
  return Array.from({ length: lines }, (_, i) => print(PROSE.slice(0, 26), left, top + 16 * i)).flat();
}

/** Rows of a label with two numbers. */
function rows(left: number, top: number, labels: readonly string[]): Glyph[] {
  return labels.flatMap((label, i) => [
    ...print(label, left, top + 20 * i),
    ...print(String(i + 1), left + 150, top + 20 * i),
    ...print(String(i + 4), left + 210, top + 20 * i),
  ]);
}

const LABELS = ['本年新收数量', '上年结转数量', '予以公开数量', '部分公开数量', '重复申请数量'];

describe('partColumns', () => {
  test('parts pages of two columns, and those of one document that have none of the prose', () => {
    const first = printedPage([...prose(20, 200, 8), ...rows(320, 200, LABELS)]);
    const second = printedPage(
      Array.from({ length: 4 }, (_, i) => [
        ...rows(20, 120 + 120 * i, LABELS),
        ...rows(320, 120 + 120 * i, LABELS),
      ]).flat(),
      { pageNumber: 2 },
    );
    const { sheets, pageOf } = partColumns([first, second]);
    expect(sheets.map(({ pageNumber }) => pageOf?.get(pageNumber))).toEqual([1, 1, 2, 2]);
    expect(sheets.every(({ glyphs }) => glyphs.length > 0)).toBe(true);
  });

  test('leaves pages alone whose prose fills their width, and tables beside nothing but numbers', () => {
    const wide = printedPage([...prose(20, 200, 6), ...prose(280, 200, 6), ...rows(320, 400, LABELS)]);
    const labels = printedPage(prose(20, 200, 12));
    const numbers = Array.from({ length: 12 }, (_, i) => print('123', 420, 200 + 16 * i)).flat();
    for (const page of [wide, { ...labels, glyphs: [...labels.glyphs, ...numbers] }])
      expect(partColumns([page])).toEqual({ sheets: [page], pageOf: null });
  });

  test('reads the left column before the right one, each where it is shown', () => {
    const document = readPages([{ glyphs: [...prose(20, 200, 8), ...rows(320, 200, LABELS)], rulings: [] }]);
    expect(document.pages).toHaveLength(1);
    expect(document.blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'table']);
    expect(rowTexts(document.tables[0], '/')[0]).toBe('本年新收数量 | 1 | 4');
    expect(document.tables[0]).toMatchObject({ pages: [1] });
    expect(
      document.tables[0]?.cells.every(({ evidence }) => evidence.kind === 'box' && evidence.page === 1),
    ).toBe(true);
  });
});
