import type { Diagnostic } from '../../model/diagnostic.js';
import type { Block, Cell, Document, Table, TextBlock } from '../../model/document.js';
import { buildGrid, type Grid } from './build-grid.js';
import {
  countLines,
  flowLines,
  flowText,
  type Flow,
  type FlowCell,
  type FlowRow,
  type FlowTable,
} from './flow.js';
import { joinBeside } from './join-beside.js';
import { isLayoutTable } from './layout-table.js';
import { splitTextRows } from './split-text-rows.js';

/** Blocks and tables of one source, ready to go into a Document. */
export type DocumentParts = Pick<Document, 'blocks' | 'tables' | 'diagnostics'>;

/** Confidence of a table whose source states its cells in full, and of one whose rows do not fill it or were mended. */
const EXACT_CONFIDENCE = 0.99;
const MENDED_CONFIDENCE = 0.7;
/** Confidence of a table whose rows are boxes that nothing calls a table. */
const ORDERED_CONFIDENCE = 0.9;

/** So many cells of so many lines in one row may hold several rows. */
const PARALLEL = { cells: 3, lines: 3 } as const;

/**
 * Turns flow into blocks and tables. Tables that only arrange other content are dissolved into it, and of tables that hold
 * a whole report only the data stay tables; a table inside a data
 * cell becomes a table of its own behind the outer one (or plain text, where it has one cell); tables outside the
 * report's body become lines of furniture. Evidence of text blocks: character offsets into the text of all
 * text blocks in order, joined by single line breaks. Evidence of cells: table, row and column of the grid.
 */
export function assembleDocument(flow: readonly Flow[]): DocumentParts {
  const assembler = new Assembler();
  assembler.addAll(flow);
  return assembler.finish();
}

class Assembler {
  private readonly blocks: Block[] = [];
  private readonly tables: Table[] = [];
  private offset = 0;
  private mendedTables = 0;

  addAll(flow: readonly Flow[]): void {
    for (const item of flow) {
      if (item.kind === 'text') this.addText(item.role, item.region, item.text);
      else this.addTable(item);
    }
  }

  finish(): DocumentParts {
    const diagnostics: Diagnostic[] = [];
    if (this.mendedTables > 0) {
      diagnostics.push({
        code: 'MARKUP_REPAIRED',
        message: `${this.mendedTables} tables had wrong spans, which were mended`,
      });
    }
    return { blocks: this.blocks, tables: this.tables, diagnostics };
  }

  private addText(role: TextBlock['kind'], region: TextBlock['region'], text: string): void {
    const end = this.offset + text.length;
    this.blocks.push({ kind: role, region, text, evidence: { kind: 'span', start: this.offset, end } });
    this.offset = end + 1;
  }

  private addTable(given: FlowTable): void {
    const table = joinBeside(given) ?? given;
    if (isLayoutTable(table)) {
      for (const row of table.rows) for (const cell of row.cells) this.addAll(cell.content);
      return;
    }
    if (table.region === 'furniture') {
      this.addRowsAsLines(table);
      return;
    }
    for (const part of splitTextRows(table)) {
      if (part.kind === 'text') this.addText(part.role, part.region, part.text);
      else this.addData(part);
    }
  }

  private addData(table: FlowTable): void {
    const nested: FlowTable[] = [];
    const rows = table.rows.map((row) => {
      const keepsBlanks = holdsSeveralRows(row);
      return row.cells.map((cell) => ({ text: textOfCell(cell, nested, keepsBlanks), ...cell }));
    });
    const grid = buildGrid(rows);
    if (grid.cells.length > 0) {
      if (grid.trimmedSpans + grid.shiftedSpans > 0) this.mendedTables++;
      const tableIndex = this.tables.length;
      const made = tableFromGrid(grid, tableIndex);
      this.tables.push(
        table.isOrdered === true ? { ...made, geometry: 'ordered', confidence: ORDERED_CONFIDENCE } : made,
      );
      this.blocks.push({ kind: 'table', tableIndex });
    }
    for (const inner of nested) this.addTable(inner);
  }

  private addRowsAsLines(table: FlowTable): void {
    for (const row of table.rows) {
      const texts = row.cells
        .map((cell) => flowText(cell.content).replaceAll('\n', ' '))
        .filter((text) => text !== '');
      if (texts.length > 0) this.addText('paragraph', 'furniture', texts.join('\t'));
    }
  }
}

/** Several cells side by side hold several lines each: where those are rows, their blank lines are blank cells. */
function holdsSeveralRows(row: FlowRow): boolean {
  return row.cells.filter((cell) => countLines(cell.content) >= PARALLEL.lines).length >= PARALLEL.cells;
}

/**
 * The cell's own lines, blank ones among them where these mean something; tables in it that hold more than one filled cell
 * go to `nested` instead.
 */
function textOfCell(cell: FlowCell, nested: FlowTable[], keepsBlanks: boolean): string {
  if (keepsBlanks && countLines(cell.content) > 0) return flowLines(cell.content);
  const own: Flow[] = [];
  for (const item of cell.content) {
    if (item.kind === 'table' && countFilledCells(item) > 1) nested.push(item);
    else own.push(item);
  }
  return flowText(own);
}

function countFilledCells(table: FlowTable): number {
  return table.rows.reduce(
    (sum, row) => sum + row.cells.filter((cell) => flowText(cell.content) !== '').length,
    0,
  );
}

function tableFromGrid(grid: Grid, tableIndex: number): Table {
  const isExact = grid.shiftedSpans === 0 && grid.raggedRows === 0;
  const cells = grid.cells.map((cell): Cell => ({
    evidence: { kind: 'cell', table: tableIndex, row: cell.rowIndex, column: cell.columnIndex },
    ...cell,
  }));
  return {
    tableIndex,
    geometry: isExact ? 'exact' : 'aligned',
    rowCount: grid.rowCount,
    columnCount: grid.columnCount,
    cells,
    pages: [1],
    box: null,
    confidence: isExact ? EXACT_CONFIDENCE : MENDED_CONFIDENCE,
  };
}
