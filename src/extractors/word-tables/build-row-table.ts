import type { Cell, Table } from '../../model/document.js';

/** How a cell hangs together with the one above it. */
export type VerticalMerge = 'none' | 'start' | 'continue';

export interface RowCell {
  readonly text: string;
  /** Left and right edge in twips (1/20 point), from the same origin in every row of the table. */
  readonly left: number;
  readonly right: number;
  readonly vertical: VerticalMerge;
  /** How sure `text` is what the cell says, where that is not sure. */
  readonly confidence?: number;
}

/** One row of a table whose cells know their edges, as Word's binary format and RTF keep them. */
export interface EdgeRow {
  readonly cells: readonly RowCell[];
  /** True where text and row definition name the same number of cells. */
  readonly isComplete: boolean;
}

/** Edges of different rows this close (twips) are one column border: drawn borders drift by a few twips a row. */
const EDGE_TOLERANCES_TWIPS = [80, 40, 15, 4, 0] as const;

interface PlacedCell {
  rowIndex: number;
  columnIndex: number;
  rowSpan: number;
  columnSpan: number;
  text: string;
  confidence?: number;
}

/**
 * Puts rows of cells with edges on one grid: a column for every border that any row has, spans by the borders a
 * cell passes. Cells that continue the one above lengthen it and have no place of their own. The table is
 * `ordered` where a row's text and definition disagree about the number of cells.
 */
export function buildRowTable(rows: readonly EdgeRow[], tableIndex: number): Table {
  const edges = columnEdges(rows);
  const cells: PlacedCell[] = [];
  let above = new Map<number, PlacedCell>();
  rows.forEach((row, rowIndex) => {
    const current = new Map<number, PlacedCell>();
    for (const cell of row.cells) {
      const columnIndex = nearest(edges, cell.left);
      const columnSpan = Math.max(1, nearest(edges, cell.right) - columnIndex);
      const upper = above.get(columnIndex);
      if (cell.vertical === 'continue' && upper && upper.columnSpan === columnSpan) {
        upper.rowSpan++;
        current.set(columnIndex, upper);
        continue;
      }
      const placed: PlacedCell = { rowIndex, columnIndex, rowSpan: 1, columnSpan, text: cell.text };
      if (cell.confidence !== undefined) placed.confidence = cell.confidence;
      cells.push(placed);
      if (cell.vertical !== 'none') current.set(columnIndex, placed);
    }
    above = current;
  });
  const isExact = rows.every((row) => row.isComplete);
  return {
    tableIndex,
    geometry: isExact ? 'exact' : 'ordered',
    rowCount: rows.length,
    columnCount: Math.max(1, edges.length - 1),
    cells: cells.map((cell) => withEvidence(cell, tableIndex)),
    pages: [1],
    box: null,
    confidence: isExact ? 1 : 0.6,
  };
}

function withEvidence(cell: PlacedCell, table: number): Cell {
  return { evidence: { kind: 'cell', table, row: cell.rowIndex, column: cell.columnIndex }, ...cell };
}

/** The borders of all rows, close ones joined; as close as no cell of any row loses its width. */
function columnEdges(rows: readonly EdgeRow[]): number[] {
  const all = rows
    .flatMap((row) => row.cells.flatMap((cell) => [cell.left, cell.right]))
    .sort((a, b) => a - b);
  let edges: number[] = [];
  for (const tolerance of EDGE_TOLERANCES_TWIPS) {
    edges = joinClose(all, tolerance);
    const joined = edges;
    const keepsAll = rows.every((row) =>
      row.cells.every(
        (cell) => cell.right <= cell.left || nearest(joined, cell.left) < nearest(joined, cell.right),
      ),
    );
    if (keepsAll) break;
  }
  return edges;
}

/** Means of the groups whose members lie within `tolerance` of the group's first. */
function joinClose(sorted: readonly number[], tolerance: number): number[] {
  const groups: number[][] = [];
  for (const value of sorted) {
    const group = groups.at(-1);
    if (group && value - (group[0] ?? value) <= tolerance) group.push(value);
    else groups.push([value]);
  }
  return groups.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length);
}

function nearest(edges: readonly number[], value: number): number {
  let best = 0;
  edges.forEach((edge, i) => {
    if (Math.abs(edge - value) < Math.abs((edges[best] ?? 0) - value)) best = i;
  });
  return best;
}
