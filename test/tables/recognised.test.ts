import { describe, expect, test } from '@jest/globals';
import { toDocument } from '../../src/extractors/paged/to-document.js';
import type { Glyph } from '../../src/tables/glyph.js';
import { printLine } from '../helpers/print-line.js';

const SIZE = 10;

function print(text: string, left: number, top: number, certainty: number | undefined): Glyph[] {
  return printLine(text, left, top, SIZE, certainty === undefined ? {} : { certainty });
}

/** A table without lines: three columns, the middle one blank in the last row. */
function cellsOf(certainty: number | undefined) {
  const rows = [
    ['项目名称', '本年数量', '合计数量'],
    ['行政许可', '12', '34'],
    ['行政处罚', '5', '67'],
    ['行政强制', '', '8'],
  ];
  const glyphs = rows.flatMap((row, r) =>
    row.flatMap((text, c) =>
      print(text, 60 + 150 * c, 100 + 25 * r, text === '5' ? certainty && 0.4 : certainty),
    ),
  );
  const page = { pageNumber: 1, width: 595, height: 842, glyphs, rulings: [], fills: [], hasImages: true };
  const { tables } = toDocument({ pages: [page], properties: {}, diagnostics: [] }, 'image');
  return tables[0]?.cells ?? [];
}

describe('cells of tables without lines', () => {
  test('carry how sure the recognition of their text was, blanks a doubt of their own', () => {
    const cells = cellsOf(0.98);
    expect(cells.find((cell) => cell.text === '12')?.confidence).toBe(0.98);
    expect(cells.find((cell) => cell.text === '5')?.confidence).toBe(0.4);
    expect(cells.find((cell) => cell.text === '')?.confidence).toBe(0.9);
  });

  test('carry nothing where the text was printed', () => {
    expect(cellsOf(undefined).every((cell) => cell.confidence === undefined)).toBe(true);
  });
});
