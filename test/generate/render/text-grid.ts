import { heightOf, type LayoutCell, type LayoutTable, widthOf } from '../report.js';

/** Cells of a table by row and column; null where a span of another cell covers the place or nothing stands. */
export type TextGrid = readonly (readonly (LayoutCell | null)[])[];

/** The table as rows of places, every row as wide as the table. */
export function textGrid(table: LayoutTable): TextGrid {
  const width = widthOf(table);
  const rows = Array.from({ length: heightOf(table) }, () => new Array<LayoutCell | null>(width).fill(null));
  for (const cell of table.cells) {
    const row = rows[cell.row];
    if (row) row[cell.column] = cell;
  }
  return rows;
}

/** Cells of each row in order, rows without cells left out. */
export function cellRows(table: LayoutTable): LayoutCell[][] {
  return textGrid(table)
    .map((row) => row.filter((cell) => cell !== null))
    .filter((row) => row.length > 0);
}

/** A cell's text on one line. */
export function flat(text: string): string {
  return text.replaceAll('\n', '');
}
