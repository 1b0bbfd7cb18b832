import type { Sheet, SheetCell } from './sheet.js';

/** A row in which something stands, or which a merged cell from above reaches into. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly SheetCell[];
  /** Those with text, in order. */
  readonly written: readonly SheetCell[];
  readonly isInsideMerge: boolean;
  /** Its only text reaches over all its cells, or has no other cells beside it. */
  readonly isAlone: boolean;
}

/** How many texts stand in hidden rows and columns. */
export function countHidden(sheet: Sheet): number {
  return sheet.cells.filter((cell) => cell.text.trim() !== '' && !isShown(sheet, cell)).length;
}

/** A merged cell shows its text as long as one of its rows and columns is shown; others need both of their own. */
function isShown(sheet: Sheet, cell: SheetCell): boolean {
  return !sheet.hiddenRows.has(cell.row) && !sheet.hiddenColumns.has(cell.column);
}

/** The rows that are shown and say something, from top to bottom, without what stands in hidden columns. */
export function visibleRows(sheet: Sheet): SheetRow[] {
  const cellsByRow = new Map<number, SheetCell[]>();
  for (const cell of sheet.cells) {
    if (!isShown(sheet, cell)) continue;
    const cells = cellsByRow.get(cell.row);
    if (cells) cells.push(cell);
    else cellsByRow.set(cell.row, [cell]);
  }
  const rightEnds = new Map(sheet.merges.map(({ top, left, right }) => [`${top}:${left}`, right]));
  const isInside = rowsInsideMerges(sheet);
  const rows: SheetRow[] = [];
  for (const [row, unordered] of [...cellsByRow].sort(([a], [b]) => a - b)) {
    const cells = unordered.sort((a, b) => a.column - b.column);
    const written = cells.filter((cell) => cell.text.trim() !== '');
    const [only] = written;
    const isInsideMerge = isInside(row);
    if (!only && !isInsideMerge) continue;
    const reach = only ? (rightEnds.get(`${row}:${only.column}`) ?? only.column) : -1;
    const isAlone =
      written.length === 1 && only !== undefined
        ? cells.every(({ column }) => column >= only.column && column <= reach)
        : false;
    rows.push({ row, cells, written, isInsideMerge, isAlone });
  }
  return rows;
}

/** Asked for rows from top to bottom: whether a merged cell that began further up reaches into the row. */
function rowsInsideMerges(sheet: Sheet): (row: number) => boolean {
  const tall = sheet.merges.filter(({ top, bottom }) => bottom > top).sort((a, b) => a.top - b.top);
  let next = 0;
  let lowest = -1;
  return (row) => {
    for (let merge = tall[next]; merge && merge.top < row; merge = tall[++next])
      lowest = Math.max(lowest, merge.bottom);
    return row <= lowest;
  };
}
