import type { PageTable } from '../../tables/page-table.js';
import { DEFAULT_TABLE_SETTINGS } from '../../tables/settings.js';
import type { TextLine } from '../../tables/text-line.js';

/** The ruled tables and the other lines of one page. */
export interface RuledPage {
  readonly tables: readonly PageTable[];
  readonly lines: readonly TextLine[];
}

/** Between two pieces of a table stand at most so many lines: page number, running head and foot. */
const MOST_LINES_BETWEEN = 3;

/**
 * Tables that have lines between their rows but none between their columns, and go on overleaf: their text is given
 * back to the pages, where alignment reads it over all pages at once. Piece by piece the columns of each would differ.
 */
export function releaseOpen<T extends RuledPage>(pages: readonly T[]): T[] {
  const released = new Set<PageTable>();
  for (const [i, page] of pages.entries()) {
    const next = pages[i + 1];
    const last = page.tables.toSorted((a, b) => a.box.bottom - b.box.bottom).at(-1);
    const first = next?.tables.toSorted((a, b) => a.box.top - b.box.top)[0];
    if (!next || !last || !first || !isOpen(last) || !isOpen(first) || !isSameWidth(last, first)) continue;
    const between =
      page.lines.filter((line) => line.box.top > last.box.bottom).length +
      next.lines.filter((line) => line.box.bottom < first.box.top).length;
    if (between <= MOST_LINES_BETWEEN) released.add(last).add(first);
  }
  if (released.size === 0) return [...pages];
  return pages.map((page) => {
    const own = page.tables.filter((table) => released.has(table));
    if (own.length === 0) return page;
    const freed = own.flatMap((table) => table.cells.flatMap((cell) => cell.lines));
    return {
      ...page,
      tables: page.tables.filter((table) => !released.has(table)),
      lines: [...page.lines, ...freed].sort((a, b) => a.box.top - b.box.top),
    };
  });
}

function isOpen(table: PageTable): boolean {
  return table.columns.length === 2;
}

function isSameWidth(a: PageTable, b: PageTable): boolean {
  return (
    Math.abs(a.box.left - b.box.left) <= DEFAULT_TABLE_SETTINGS.stitchDistance &&
    Math.abs(a.box.right - b.box.right) <= DEFAULT_TABLE_SETTINGS.stitchDistance
  );
}
