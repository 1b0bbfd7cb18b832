import type { Random } from '../random.js';
import { heightOf, type LayoutCell, type LayoutTable, type Report, valueRows, widthOf } from '../report.js';

/** One way in which crawlers, converters and authors damage a report. Composable: takes a report, gives a report. */
export interface Break {
  readonly name: string;
  readonly apply: (report: Report, random: Random) => Report;
}

/** The table with its cells changed one by one; a cell may become none or several. */
export function mapCells(
  table: LayoutTable,
  change: (cell: LayoutCell) => LayoutCell | readonly LayoutCell[],
): LayoutTable {
  return { ...table, cells: table.cells.flatMap((cell) => change(cell)) };
}

/** Rows of values chosen at random, each with the given probability, at least one. */
export function someValueRows(table: LayoutTable, share: number, random: Random): Set<number> {
  const rows = valueRows(table);
  const chosen = rows.filter(() => random.chance(share));
  if (chosen.length === 0 && rows.length > 0) chosen.push(random.pick(rows));
  return new Set(chosen);
}

/** Cells that start in a row, left to right. */
export function cellsOfRow(table: LayoutTable, row: number): LayoutCell[] {
  return table.cells.filter((cell) => cell.row === row).sort((a, b) => a.column - b.column);
}

/** Makes room for `count` new rows above `row`; spans that cross it grow. */
export function insertRows(table: LayoutTable, row: number, count: number): LayoutTable {
  return mapCells(table, (cell) => {
    if (cell.row >= row) return { ...cell, row: cell.row + count };
    return cell.row + cell.rowSpan > row ? { ...cell, rowSpan: cell.rowSpan + count } : cell;
  });
}

/** Takes a column out; what spans it gets narrower, what stands in it goes. */
export function removeColumn(table: LayoutTable, column: number): LayoutTable {
  return mapCells(table, (cell) => {
    if (cell.column > column) return { ...cell, column: cell.column - 1 };
    if (cell.column + cell.columnSpan <= column) return cell;
    return cell.columnSpan > 1 ? { ...cell, columnSpan: cell.columnSpan - 1 } : [];
  });
}

/** Rows `from` to `to` (exclusive) as a table of their own; a span that is cut keeps its text in its first part. */
export function sliceRows(table: LayoutTable, from: number, to: number): LayoutTable {
  return {
    ...table,
    cells: table.cells.flatMap((cell) => {
      const start = Math.max(cell.row, from);
      const end = Math.min(cell.row + cell.rowSpan, to);
      if (start >= end) return [];
      return [{ ...cell, row: start - from, rowSpan: end - start, text: cell.row >= from ? cell.text : '' }];
    }),
  };
}

/** The second table below the first, as one. */
export function stack(upper: LayoutTable, lower: LayoutTable): LayoutTable {
  const height = heightOf(upper);
  return {
    ...upper,
    cells: [...upper.cells, ...lower.cells.map((cell) => ({ ...cell, row: cell.row + height }))],
  };
}

/** Number of rows above the first value. */
export function headRows(table: LayoutTable): number {
  return valueRows(table)[0] ?? heightOf(table);
}

/** First column that holds values. */
export function firstValueColumn(table: LayoutTable): number {
  return Math.min(
    ...table.cells.filter((cell) => cell.role === 'value').map((cell) => cell.column),
    widthOf(table),
  );
}

/** A cell in which nothing is printed. */
export function blank(row: number, column: number): LayoutCell {
  return { row, column, rowSpan: 1, columnSpan: 1, text: '', role: 'value' };
}

/** Whether a cell prints a number of a field. */
export function isNumber(cell: LayoutCell): boolean {
  return cell.key !== undefined && /[0-9０-９]/.test(cell.text);
}
