/** A cell as the source states it, its text settled; spans may be wrong. A gap takes up columns without being a cell. */
export interface GridSource {
  readonly text: string;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly isGap?: boolean;
  readonly confidence?: number;
}

export interface GridCell {
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly text: string;
  readonly confidence?: number;
}

export interface Grid {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly cells: readonly GridCell[];
  /** How many spans were cut because they ran into other cells or past the table's end: harmless. */
  readonly trimmedSpans: number;
  /** How many row spans were taken for one too long, which moves the cells of the row they ended in. */
  readonly shiftedSpans: number;
  /** How many rows of several cells have places that no cell covers: their cells may stand in the wrong columns. */
  readonly raggedRows: number;
}

/** HTML 4.9.11: a column span above 1000 counts as 1000, a row span above 65534 as that. */
const MAX_COLUMN_SPAN = 1_000;
const MAX_ROW_SPAN = 65_534;

interface Placed {
  text: string;
  confidence: number | undefined;
  isGap: boolean;
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
}

/**
 * Lays rows of cells out on a grid as browsers do (HTML 4.9.12), and mends what browsers only paint: spans of zero or
 * past the end are cut, cells never overlap, rows and columns in which nothing begins are dropped, and a row span that
 * pushes the next row over the table's width by exactly its own columns is taken for a slip and cut.
 */
export function buildGrid(rows: readonly (readonly GridSource[])[]): Grid {
  const first = placeCells(rows, new Set());
  const slips = findOverlongSpans(rows, first.cells);
  const { cells, trimmed } = slips.size > 0 ? placeCells(rows, slips) : first;
  const rowStarts = compactIndex(cells.map((cell) => cell.row));
  const columnStarts = compactIndex(cells.map((cell) => cell.column));
  const compacted = cells.map((cell) => compactCell(cell, rowStarts, columnStarts));
  return {
    rowCount: rowStarts.length,
    columnCount: columnStarts.length,
    cells: compacted.filter((_, i) => cells[i]?.isGap === false),
    trimmedSpans: trimmed,
    shiftedSpans: slips.size,
    raggedRows: countRaggedRows(compacted, rowStarts.length, columnStarts.length),
  };
}

/** Which cells are placed where; `cutSpans` holds keys (row:order) of cells whose row span is taken for 1 less. */
function placeCells(
  rows: readonly (readonly GridSource[])[],
  cutSpans: ReadonlySet<string>,
): { cells: Placed[]; trimmed: number } {
  const cells: Placed[] = [];
  let trimmed = 0;
  /** For every column: the first row that is free again. */
  const freeFrom: number[] = [];
  const isFree = (column: number, row: number): boolean => (freeFrom[column] ?? 0) <= row;
  rows.forEach((sources, row) => {
    let column = 0;
    sources.forEach((source, order) => {
      while (!isFree(column, row)) column++;
      const wanted = clampSpan(source.columnSpan, MAX_COLUMN_SPAN);
      let columnSpan = 1;
      while (columnSpan < wanted && isFree(column + columnSpan, row)) columnSpan++;
      const cut = cutSpans.has(`${row}:${order}`) ? 1 : 0;
      const stated = source.rowSpan === 0 ? rows.length - row : clampSpan(source.rowSpan, MAX_ROW_SPAN) - cut;
      const rowSpan = Math.max(1, Math.min(stated, rows.length - row));
      if (columnSpan < wanted || rowSpan < stated) trimmed++;
      for (let i = 0; i < columnSpan; i++) freeFrom[column + i] = row + rowSpan;
      const { text, confidence, isGap = false } = source;
      cells.push({ text, confidence, isGap, row, column, rowSpan, columnSpan });
      column += columnSpan;
    });
  });
  return { cells, trimmed };
}

function clampSpan(span: number, limit: number): number {
  return Number.isFinite(span) ? Math.min(limit, Math.max(1, Math.trunc(span))) : 1;
}

/**
 * Row spans that are one too long: the row they end in is wider than most rows by just the columns they take, and no
 * narrower without them. Keys are row:order.
 */
function findOverlongSpans(rows: readonly (readonly GridSource[])[], cells: readonly Placed[]): Set<string> {
  const found = new Set<string>();
  const widths = new Array<number>(rows.length).fill(0);
  for (const cell of cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++)
      widths[row] = (widths[row] ?? 0) + cell.columnSpan;
  }
  const usual = mostFrequent(widths);
  let index = 0;
  rows.forEach((sources, row) => {
    sources.forEach((_, order) => {
      const cell = cells[index++];
      if (!cell || cell.rowSpan < 2) return;
      const last = row + cell.rowSpan - 1;
      if ((widths[last] ?? 0) - cell.columnSpan !== usual) return;
      found.add(`${row}:${order}`);
      widths[last] = usual;
    });
  });
  return found;
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  let best = 0;
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > (counts.get(best) ?? 0)) best = value;
  }
  return best;
}

/** The sorted distinct starts; a start's place in the list is its index in the compacted grid. */
function compactIndex(starts: readonly number[]): number[] {
  return [...new Set(starts)].sort((a, b) => a - b);
}

function compactCell(cell: Placed, rowStarts: readonly number[], columnStarts: readonly number[]): GridCell {
  const rowIndex = lowerBound(rowStarts, cell.row);
  const columnIndex = lowerBound(columnStarts, cell.column);
  return {
    rowIndex,
    columnIndex,
    rowSpan: Math.max(1, lowerBound(rowStarts, cell.row + cell.rowSpan) - rowIndex),
    columnSpan: Math.max(1, lowerBound(columnStarts, cell.column + cell.columnSpan) - columnIndex),
    text: cell.text,
    ...(cell.confidence === undefined ? {} : { confidence: cell.confidence }),
  };
}

/** How many of the sorted numbers are smaller than `value`. */
function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows of one cell are captions and do not count. */
function countRaggedRows(cells: readonly GridCell[], rowCount: number, columnCount: number): number {
  const covered = new Array<number>(rowCount).fill(0);
  const own = new Array<number>(rowCount).fill(0);
  for (const cell of cells) {
    own[cell.rowIndex] = (own[cell.rowIndex] ?? 0) + 1;
    for (let row = cell.rowIndex; row < cell.rowIndex + cell.rowSpan; row++) {
      covered[row] = (covered[row] ?? 0) + cell.columnSpan;
    }
  }
  return covered.filter((width, row) => width < columnCount && (own[row] ?? 0) > 1).length;
}
