import { type Box, unionBox } from '../model/geometry.js';
import type { Geometry } from '../model/document.js';
import type { TextLine } from './text-line.js';

/** A table, or a piece of one, on one page. */
export interface PageTable {
  readonly pageNumber: number;
  readonly geometry: Geometry;
  readonly confidence: number;
  readonly box: Box;
  /** Borders of the rows from top to bottom and of the columns from left to right, in points. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** Cells ordered by row, then column. */
  readonly cells: readonly PageCell[];
}

/** A cell with its lines of text; `box` is the cell's own, between its borders. */
export interface PageCell {
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly lines: readonly TextLine[];
  readonly box: Box;
  /** Probability that its text (or its being blank) is read right, where that was done from a picture or print is struck out. */
  readonly readingConfidence?: number;
}

/** Where the text of a cell is printed; the cell's own box where it is blank. */
export function printedBox(cell: PageCell): Box {
  return cell.lines.length === 0 ? cell.box : unionBox(cell.lines.map((line) => line.box));
}

/** Order of cells in a table: by row, then by column. */
export function compareCells(
  a: { readonly rowIndex: number; readonly columnIndex: number },
  b: { readonly rowIndex: number; readonly columnIndex: number },
): number {
  return a.rowIndex - b.rowIndex || a.columnIndex - b.columnIndex;
}
