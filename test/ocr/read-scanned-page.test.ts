import { describe, expect, test } from '@jest/globals';
import type { PageTable } from '../../src/tables/page-table.js';
import { buildLines, joinLines } from '../../src/tables/text-line.js';
import { turnAbout } from '../../src/ocr/matrix.js';
import { mapBox, toGray, warp, type ColorImage } from '../../src/ocr/raster.js';
import { readScannedPage } from '../../src/ocr/read-scanned-page.js';
import { gridLines, renderSheet, type Sheet } from './render-sheet.js';

const PAGE = { pageNumber: 3, width: 420, height: 594 };
const XS = [30, 120, 210, 300, 390];
const YS = [500, 470, 440, 410];
const VALUES = [
  ['1', '11', '100', '2024'],
  ['0', '', '-', '/'],
  ['38', '7', '1,295', '0.25'],
];

/** A table of four columns whose first row's last two cells are one where `joined`. */
function sheet(joined: boolean): Sheet {
  return {
    lines: gridLines(XS, YS, joined ? ['0,2'] : []),
    texts: VALUES.flatMap((row, r) =>
      row.map((text, c) => ({ x: (XS[c] ?? 0) + 35, y: (YS[r + 1] ?? 0) + 10, text })),
    ).filter(({ text }) => text !== '' && !(joined && text === '2024')),
  };
}

function skewed(image: ColorImage, degrees: number): ColorImage {
  const middle = { x: (image.width - 1) / 2, y: (image.height - 1) / 2 };
  const gray = warp(toGray(image), turnAbout(middle, (-degrees * Math.PI) / 180));
  const data = new Uint8Array(gray.data.length * 4).fill(255);
  gray.data.forEach((value, i) => data.fill(value, 4 * i, 4 * i + 3));
  return { width: gray.width, height: gray.height, data };
}

function texts(table: PageTable | undefined): string[][] {
  return Array.from({ length: (table?.rows.length ?? 1) - 1 }, (_, r) =>
    (table?.cells ?? []).filter((cell) => cell.rowIndex === r).map((cell) => joinLines(cell.lines)),
  );
}

describe('readScannedPage', () => {
  test('reads every cell of a ruled table, blanks and marks included', async () => {
    const page = await readScannedPage(await renderSheet(sheet(false)), PAGE);
    expect(texts(page.tables[0])).toEqual(VALUES);
    expect(page.tables[0]).toMatchObject({ geometry: 'exact', pageNumber: 3 });
  });

  test('gives every cell a box in points and a confidence', async () => {
    const page = await readScannedPage(await renderSheet(sheet(false)), PAGE);
    const cell = page.tables[0]?.cells.find((c) => joinLines(c.lines) === '38');
    expect(cell?.box.left).toBeCloseTo(30, 0);
    expect(cell?.box.top).toBeCloseTo(594 - 440, 0);
    expect(cell?.readingConfidence).toBeGreaterThan(0.9);
    const line = cell?.lines[0];
    expect(line?.box.left).toBeGreaterThan(60);
    expect(line?.box.right).toBeLessThan(80);
  });

  test('joins cells without a line between them', async () => {
    const page = await readScannedPage(await renderSheet(sheet(true)), PAGE);
    const first = page.tables[0]?.cells.filter((cell) => cell.rowIndex === 0);
    expect(first?.map((cell) => cell.columnSpan)).toEqual([1, 1, 2]);
  });

  test.each([-1.5, 2])('reads a page turned by %f degrees', async (degrees) => {
    const page = await readScannedPage(skewed(await renderSheet(sheet(false)), degrees), PAGE);
    expect(texts(page.tables[0])).toEqual(VALUES);
  });

  test('reads through a red seal over the table', async () => {
    const stamped = { ...sheet(false), seal: { x: 165, y: 455, radius: 60 } };
    const page = await readScannedPage(await renderSheet(stamped), PAGE);
    expect(page.tables[0]?.columns).toHaveLength(5);
    expect(texts(page.tables[0])[0]).toEqual(VALUES[0]);
    expect(texts(page.tables[0])[2]).toEqual(VALUES[2]);
  });

  test('reads lines outside tables from top to bottom', async () => {
    const page = await readScannedPage(
      await renderSheet({
        ...sheet(false),
        texts: [
          { x: 30, y: 550, text: 'Annual report 2024', size: 16 },
          { x: 30, y: 300, text: 'received 38 requests' },
        ],
      }),
      PAGE,
    );
    const folded = buildLines(page.glyphs).map((line) => line.text.replace(/\s/g, ''));
    expect(folded).toEqual(['Annualreport2024', 'received38requests']);
  });

  test('sets lines outside tables straight, and tells where they lie', async () => {
    const tilted = { ...sheet(false), lines: [] };
    const page = await readScannedPage(skewed(await renderSheet(tilted), 2), PAGE);
    const [one, year] = ['1', '2024'].map((text) => page.glyphs.find((glyph) => text.startsWith(glyph.text)));
    const last = page.glyphs.filter(({ text }) => text === '4').at(-1);
    expect(last?.box.top).toBeCloseTo(one?.box.top ?? 0, 0);
    expect(year?.box.left).toBeGreaterThan(300);
    const shown = [one, last].map((glyph) => page.toShown && glyph && mapBox(glyph.box, page.toShown));
    const fall = (shown[1]?.top ?? 0) - (shown[0]?.top ?? 0);
    const way = (shown[1]?.left ?? 0) - (shown[0]?.left ?? 0);
    expect(fall / way).toBeCloseTo(Math.tan((2 * Math.PI) / 180), 2);
  });

  test('gives marks the size of print, whatever the height of their ink', async () => {
    const page = await readScannedPage(await renderSheet({ ...sheet(false), lines: [] }), PAGE);
    const [mark, digit] = ['-', '7'].map((text) => page.glyphs.find((glyph) => glyph.text === text));
    expect(mark?.size).toBeGreaterThan(0.7 * (digit?.size ?? Infinity));
  });

  test('finds nothing on an empty page', async () => {
    const page = await readScannedPage(await renderSheet({ texts: [] }), PAGE);
    expect(page).toMatchObject({ glyphs: [], tables: [], quarters: 0 });
  });
});
