import type { Block, Cell, Document, Geometry, Table } from '../../../src/model/document.js';
import { heightOf, type LayoutCell, type LayoutTable, type Report, widthOf } from '../report.js';

/**
 * What an extractor made of the report's tables.
 * - `exact`, `aligned`: the grid; `aligned` knows no row spans and sets a label beside the middle of its rows.
 * - `ordered`, `ordered-lossy`: cells of a row in order; lossy leaves blank cells out.
 * - `stream`, `stream-lossy`: one cell a row, likewise.
 * - `by-column`: all cells of a column before the next. `labels-first`: labels of a table before its values.
 */
export const VIEWS = [
  'exact',
  'aligned',
  'ordered',
  'ordered-lossy',
  'stream',
  'stream-lossy',
  'by-column',
  'labels-first',
] as const;
export type View = (typeof VIEWS)[number];

const GEOMETRY: Readonly<Record<View, Geometry>> = {
  exact: 'exact',
  aligned: 'aligned',
  ordered: 'ordered',
  'ordered-lossy': 'ordered',
  stream: 'stream',
  'stream-lossy': 'stream',
  'by-column': 'stream',
  'labels-first': 'stream',
};

/** The report as an extractor of a source without pages would return it. */
export function toDocument(report: Report, view: View): Document {
  const blocks: Block[] = [];
  const tables: Table[] = [];
  const text = (kind: 'heading' | 'paragraph', words: string): void => {
    blocks.push({ kind, region: 'body', text: words, evidence: { kind: 'span', start: 0, end: 0 } });
  };
  text('heading', report.title);
  report.preamble.forEach((words) => text('paragraph', words));
  for (const section of report.sections) {
    text('heading', section.heading);
    section.paragraphs.forEach((words) => text('paragraph', words));
    for (const layout of section.tables) {
      blocks.push({ kind: 'table', tableIndex: tables.length });
      tables.push(toTable(layout, view, tables.length));
    }
  }
  report.signature.forEach((words) => text('paragraph', words));
  return {
    format: 'text',
    pages: [{ pageNumber: 1, width: null, height: null }],
    blocks,
    tables,
    properties: {},
    diagnostics: [],
  };
}

function toTable(layout: LayoutTable, view: View, tableIndex: number): Table {
  const placed = arrange(layout, view);
  return {
    tableIndex,
    geometry: GEOMETRY[view],
    rowCount: heightOf({ ...layout, cells: placed }),
    columnCount: widthOf({ ...layout, cells: placed }),
    cells: placed.map((cell) => toCell(cell, tableIndex)),
    pages: [1],
    box: null,
    confidence: 1,
  };
}

function toCell(cell: LayoutCell, tableIndex: number): Cell {
  return {
    rowIndex: cell.row,
    columnIndex: cell.column,
    rowSpan: cell.rowSpan,
    columnSpan: cell.columnSpan,
    text: cell.text,
    evidence: { kind: 'cell', table: tableIndex, row: cell.row, column: cell.column },
  };
}

/** The cells of a table in the places where the view puts them. */
export function arrange(layout: LayoutTable, view: View): LayoutCell[] {
  const byRow = [...layout.cells].sort((a, b) => a.row - b.row || a.column - b.column);
  switch (view) {
    case 'exact':
      return byRow;
    case 'aligned':
      return byRow.map((cell) => ({
        ...cell,
        row: cell.row + Math.floor((cell.rowSpan - 1) / 2),
        rowSpan: 1,
      }));
    case 'ordered':
      return inOrder(byRow);
    case 'ordered-lossy':
      return inOrder(byRow.filter(isInked));
    case 'stream':
      return oneARow(byRow);
    case 'stream-lossy':
      return oneARow(byRow.filter(isInked));
    case 'by-column':
      return oneARow([...layout.cells].sort((a, b) => a.column - b.column || a.row - b.row));
    case 'labels-first':
      return oneARow([
        ...byRow.filter((cell) => cell.role !== 'value'),
        ...byRow.filter((cell) => cell.role === 'value'),
      ]);
  }
}

function isInked(cell: LayoutCell): boolean {
  return cell.text.trim() !== '';
}

function inOrder(cells: readonly LayoutCell[]): LayoutCell[] {
  const used = new Map<number, number>();
  return cells.map((cell) => {
    const column = used.get(cell.row) ?? 0;
    used.set(cell.row, column + 1);
    return { ...cell, column, columnSpan: 1, rowSpan: 1 };
  });
}

function oneARow(cells: readonly LayoutCell[]): LayoutCell[] {
  return cells.map((cell, row) => ({ ...cell, row, column: 0, columnSpan: 1, rowSpan: 1 }));
}
