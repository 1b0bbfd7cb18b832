import type { Glyph } from '../../tables/glyph.js';
import type { PageTables } from '../../tables/find-ruled-tables.js';
import { isValueText } from '../../tables/open/chunk.js';
import type { PageTable } from '../../tables/page-table.js';
import { refineRuledTable } from '../../tables/refine-ruled-table.js';
import type { TextLine } from '../../tables/text-line.js';
import type { PrintedPage } from './printed-page.js';

/** So many Chinese characters make a document Chinese, whatever stands beside them. */
const MOST_CHINESE = 20;
/** … and fewer letters than this make it one of numbers alone. */
const FEWEST_LETTERS = 12;
/** So many values below each other stand in as many rows, level with what stands beside them (em). */
const STACKED_LINES = 3;
const LEVEL_EM = 0.3;
/** A grid is hollow where less than this share of it holds text, and of so many of its columns less than that share. */
const HOLLOW = { filled: 0.25, columns: 0.6, columnFilled: 0.25 } as const;
const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff]/;
const LETTER = /[A-Za-z\u00c0-\u024f]/;

/** True where the text of a document has spaces between its words: gaps then tell words from columns. */
export function isSpacedText(pages: readonly PrintedPage[]): boolean {
  let [chinese, letters] = [0, 0];
  for (const { glyphs, scannedTables } of pages) {
    if (scannedTables) return false;
    for (const { text } of glyphs) {
      if (CHINESE.test(text) && ++chinese > MOST_CHINESE) return false;
      if (LETTER.test(text)) letters++;
    }
  }
  return letters >= FEWEST_LETTERS;
}

/** Ruled tables that alignment reads better are given back as text: the page around them tells where they end. */
export function withoutCrowded(found: PageTables, glyphs: readonly Glyph[]): PageTables {
  const tables = found.tables.filter(
    (table) => !isHollow(table) && !isStacked(table) && !isAlignedBetter(table),
  );
  if (tables.length === found.tables.length) return found;
  const taken = new Set(
    tables.flatMap((table) => table.cells.flatMap((cell) => cell.lines.flatMap((line) => line.glyphs))),
  );
  return { tables, rest: glyphs.filter((glyph) => !taken.has(glyph)) };
}

/** True for the grid of a chart or a drawing: hardly any place holds text, and hardly any column more than a mark. */
function isHollow({ cells, rows, columns }: PageTable): boolean {
  const [rowCount, columnCount] = [rows.length - 1, columns.length - 1];
  const filled = cells.filter((cell) => cell.lines.length > 0);
  const area = filled.reduce((sum, cell) => sum + cell.rowSpan * cell.columnSpan, 0);
  if (area >= HOLLOW.filled * rowCount * columnCount) return false;
  const held = new Map<number, number>();
  for (const { columnIndex } of filled) held.set(columnIndex, (held.get(columnIndex) ?? 0) + 1);
  const scarce = columns
    .slice(1)
    .filter((_, column) => (held.get(column) ?? 0) < HOLLOW.columnFilled * rowCount).length;
  return scarce >= HOLLOW.columns * columnCount;
}

function isAlignedBetter(table: PageTable): boolean {
  return refineRuledTable(table)?.pieces[0]?.geometry === 'aligned';
}

/** True where a cell holds values below each other, and the one beside it as many lines: rows that no line parts. */
function isStacked({ cells }: PageTable): boolean {
  return cells.some(({ rowIndex, lines }) => {
    const values = lines.filter((line) => isValueText(line.text)).length;
    if (values < STACKED_LINES || 2 * values < lines.length) return false;
    const beside = cells.filter((cell) => cell.rowIndex === rowIndex && cell.lines !== lines);
    return beside.some((cell) => sharedHeights(cell.lines, lines) >= STACKED_LINES);
  });
}

/** How many lines of one cell stand at the height of a line of the other. */
function sharedHeights(some: readonly TextLine[], others: readonly TextLine[]): number {
  return some.filter(({ box, size }) =>
    others.some((other) => Math.abs(other.box.bottom - box.bottom) < LEVEL_EM * size),
  ).length;
}
