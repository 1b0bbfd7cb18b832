import { AppError } from '../../errors/app-error.js';
import type { Cell, Table } from '../../model/document.js';
import type { Range, Sheet } from './sheet.js';
import type { SheetRow } from './visible-rows.js';

const EXACT_CONFIDENCE = 0.99;
/** A table with more places than this was written by nobody. */
const MOST_PLACES = 1_000_000;
/** In tables wider than this, columns in which nothing is written are left out: a stray cell stands far to the right. */
const USUAL_WIDTH = 200;

/** The rows and columns of the sheet that the table has, ascending. */
interface Frame {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** A stretch of rows as a table with the merges of its sheet; hidden rows and columns have no place in it. */
export function buildTable(
  rows: readonly SheetRow[],
  sheet: Sheet,
  texts: ReadonlyMap<string, string>,
  tableIndex: number,
): Table {
  const top = rows[0]?.row ?? 0;
  const bottom = rows.at(-1)?.row ?? top;
  const merges = sheet.merges.filter((range) => range.top <= bottom && range.bottom >= top);
  const frame = frameOf(rows, sheet, merges, texts);
  const spans = placeMerges(merges, frame);
  const cells: Cell[] = [];
  frame.rows.forEach((row, rowIndex) => {
    frame.columns.forEach((column, columnIndex) => {
      const span = spans.get(rowIndex * frame.columns.length + columnIndex);
      if (span === 'covered') return;
      const from = span?.range ?? { top: row, left: column };
      cells.push({
        rowIndex,
        columnIndex,
        rowSpan: span?.rowSpan ?? 1,
        columnSpan: span?.columnSpan ?? 1,
        text: texts.get(`${from.top}:${from.left}`) ?? '',
        evidence: { kind: 'cell', table: tableIndex, row: rowIndex, column: columnIndex },
      });
    });
  });
  return {
    tableIndex,
    geometry: 'exact',
    rowCount: frame.rows.length,
    columnCount: frame.columns.length,
    cells,
    pages: [1],
    box: null,
    confidence: EXACT_CONFIDENCE,
  };
}

/** The texts of a sheet, hidden ones too, by `row:column`. */
export function textsByPlace(sheet: Sheet): Map<string, string> {
  return new Map(sheet.cells.map((cell) => [`${cell.row}:${cell.column}`, cell.text.trim()]));
}

function frameOf(
  rows: readonly SheetRow[],
  sheet: Sheet,
  merges: readonly Range[],
  texts: ReadonlyMap<string, string>,
): Frame {
  const used = new Set(rows.flatMap((row) => row.written.map((cell) => cell.column)));
  // A merged cell may have its text in a hidden row.
  for (const { top, left } of merges) if (texts.get(`${top}:${left}`)) used.add(left);
  const there = rows.flatMap((row) => row.cells.map((cell) => cell.column));
  const left = least(used);
  // A title merged over the whole sheet is no wider than the cells that are there.
  const farthest = greatest([...there, ...used]);
  const right = greatest([...used, ...merges.map((range) => Math.min(range.right, farthest))]);
  const isWide = right - left >= USUAL_WIDTH;
  const columns: number[] = [];
  for (let column = left; column <= right; column++) {
    if (!sheet.hiddenColumns.has(column) && (!isWide || used.has(column))) columns.push(column);
  }
  if (rows.length * columns.length > MOST_PLACES)
    throw new AppError('SOURCE_TOO_LARGE', `a table of ${rows.length} rows and ${columns.length} columns`);
  return { rows: rows.map(({ row }) => row), columns };
}

function least(numbers: Iterable<number>): number {
  let found = Infinity;
  for (const number of numbers) found = Math.min(found, number);
  return found;
}

function greatest(numbers: Iterable<number>): number {
  let found = -Infinity;
  for (const number of numbers) found = Math.max(found, number);
  return found;
}

interface Span {
  readonly range: Range;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/**
 * Which places of the table (row × columns + column) merged cells begin in, and which they cover. Merges that overlap
 * others are damage: as soon as they cover more places than there are, the rest is left unmerged.
 */
function placeMerges(merges: readonly Range[], frame: Frame): Map<number, Span | 'covered'> {
  const placed = new Map<number, Span | 'covered'>();
  let budget = frame.rows.length * frame.columns.length;
  for (const range of merges) {
    const rows = within(frame.rows, range.top, range.bottom);
    const columns = within(frame.columns, range.left, range.right);
    if (rows.count === 0 || columns.count === 0) continue;
    budget -= rows.count * columns.count;
    if (budget < 0) break;
    for (let row = rows.first; row < rows.first + rows.count; row++) {
      for (let column = columns.first; column < columns.first + columns.count; column++)
        placed.set(row * frame.columns.length + column, 'covered');
    }
    const span: Span = { range, rowSpan: rows.count, columnSpan: columns.count };
    placed.set(rows.first * frame.columns.length + columns.first, span);
  }
  return placed;
}

/** The stretch of `numbers` (ascending) that lies between two bounds, both inclusive. */
function within(numbers: readonly number[], from: number, to: number): { first: number; count: number } {
  const first = lowerBound(numbers, from);
  return { first, count: Math.max(0, lowerBound(numbers, to + 1) - first) };
}

/** How many of `numbers` (ascending) are smaller than `bound`. */
function lowerBound(numbers: readonly number[], bound: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
