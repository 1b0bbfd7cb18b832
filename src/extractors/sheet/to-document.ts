import type { Block, Cell, Document, Table } from '../../model/document.js';
import type { Range, Sheet, SheetCell } from './read-workbook.js';

/** Cells of a table lie at most this many empty rows apart; a larger gap starts another one. */
const LARGEST_GAP = 1;
const EXACT_CONFIDENCE = 0.99;

/**
 * Sheets as tables: rows with one text only, above, between and below, are paragraphs; stretches of other rows are
 * tables, as wide as what is written in them.
 */
export function toDocument(sheets: readonly Sheet[]): Pick<Document, 'blocks' | 'tables'> {
  const blocks: Block[] = [];
  const tables: Table[] = [];
  let offset = 0;
  for (const sheet of sheets) {
    for (const stretch of findStretches(sheet)) {
      const [first] = stretch.cells;
      if (stretch.isLine && first) {
        const text = first.text.trim();
        blocks.push({
          kind: 'paragraph',
          region: 'body',
          text,
          evidence: { kind: 'span', start: offset, end: offset + text.length },
        });
        offset += text.length + 1;
      } else {
        blocks.push({ kind: 'table', tableIndex: tables.length });
        tables.push(buildTable(stretch.cells, sheet.merges, tables.length));
      }
    }
  }
  return { blocks, tables };
}

interface Stretch {
  readonly isLine: boolean;
  readonly cells: SheetCell[];
}

function findStretches(sheet: Sheet): Stretch[] {
  const rows = new Map<number, SheetCell[]>();
  for (const cell of sheet.cells) rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
  const stretches: Stretch[] = [];
  let lastRow = -2;
  for (const [row, cells] of [...rows].sort(([a], [b]) => a - b)) {
    const written = cells.filter((cell) => cell.text.trim() !== '');
    const isInside = sheet.merges.some((range) => range.top < row && range.bottom >= row);
    if (written.length === 0 && !isInside) continue;
    const isLine =
      written.length === 1 &&
      cells.length === written.length + blanksUnderMerge(written, cells, sheet) &&
      !isInside;
    const open = stretches.at(-1);
    if (!isLine && open && !open.isLine && row - lastRow <= LARGEST_GAP + 1) open.cells.push(...cells);
    else stretches.push({ isLine, cells: isLine ? written : [...cells] });
    lastRow = row;
  }
  return stretches;
}

/** Cells without text that a merge starting at the row's only text covers. */
function blanksUnderMerge(written: readonly SheetCell[], cells: readonly SheetCell[], sheet: Sheet): number {
  const first = written[0];
  const range = sheet.merges.find((merge) => merge.top === first?.row && merge.left === first.column);
  if (!range) return cells.length === 1 ? 0 : cells.filter((cell) => cell.text.trim() === '').length;
  return cells.filter((cell) => cell !== first && cell.column <= range.right && cell.column >= range.left)
    .length;
}

function buildTable(cells: readonly SheetCell[], merges: readonly Range[], tableIndex: number): Table {
  const rows = [...new Set(cells.map((cell) => cell.row))].sort((a, b) => a - b);
  const written = cells.filter((cell) => cell.text.trim() !== '');
  const inTable = merges.filter((range) => rows.includes(range.top));
  const left = Math.min(...written.map((cell) => cell.column));
  const right = Math.max(...written.map((cell) => cell.column), ...inTable.map((range) => range.right));
  const texts = new Map(cells.map((cell) => [`${cell.row}:${cell.column}`, cell.text.trim()]));
  const placed: Cell[] = [];
  rows.forEach((row, rowIndex) => {
    for (let column = left; column <= right; column++) {
      const range = inTable.find(
        (r) => r.top <= row && row <= r.bottom && r.left <= column && column <= r.right,
      );
      if (range && (range.top !== row || Math.max(range.left, left) !== column)) continue;
      const rowSpan = range ? rows.filter((r) => r >= range.top && r <= range.bottom).length : 1;
      const columnIndex = column - left;
      placed.push({
        rowIndex,
        columnIndex,
        rowSpan,
        columnSpan: range ? Math.min(range.right, right) - column + 1 : 1,
        text: texts.get(`${row}:${range?.left ?? column}`) ?? '',
        evidence: { kind: 'cell', table: tableIndex, row: rowIndex, column: columnIndex },
      });
    }
  });
  return {
    tableIndex,
    geometry: 'exact',
    rowCount: rows.length,
    columnCount: right - left + 1,
    cells: placed,
    pages: [1],
    box: null,
    confidence: EXACT_CONFIDENCE,
  };
}
