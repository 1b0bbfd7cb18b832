import type { Table } from '../model/document.js';
import type { Box } from '../model/geometry.js';
import { fold, numberingOf } from '../text/fold.js';
import { compareCells, type PageCell, type PageTable, printedBox } from './page-table.js';
import { DEFAULT_TABLE_SETTINGS, type TableSettings } from './settings.js';
import { joinLines, type TextLine } from './text-line.js';

/** A cell of a table that may run over several pages; its place is that of its first printed text. */
export interface StitchedCell {
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly lines: readonly TextLine[];
  readonly pageNumber: number;
  readonly printed: Box;
  /** The part of the cell on the page read last. */
  readonly box: Box;
  readonly readingConfidence?: number;
}

/** A table grown from pieces page by page, with the column borders of its first page. */
export interface StitchedTable {
  readonly pieces: readonly PageTable[];
  readonly columns: readonly number[];
  readonly rowCount: number;
  readonly cells: readonly StitchedCell[];
}

/** At least this share of the inner column borders of the simpler piece stands in the other one too. */
const SHARED_BORDERS = 0.5;
/** A value: digits with what may stand around them. Label texts hold more. */
const VALUE = /^[\d\s.,%+\-/()件条元万人次]*$/;
/** A line that leaves less than this of the cell's width free (em) may have been wrapped by the cell's border. */
const WRAP_SLACK_EM = 2.2;
/** A line within this distance (em) of the cell's longest one is full. */
const FULL_LINE_EM = 1.2;
/** A row lower than this (em of the text above it) cannot hold a line: it is the rest of the row before the break. */
const STUB_ROW_EM = 0.9;

/** A table that so far stands on one page only. */
export function startTable(piece: PageTable): StitchedTable {
  const cells = piece.cells.map((cell) => toStitched(cell, piece.pageNumber));
  return { pieces: [piece], columns: piece.columns, rowCount: piece.rows.length - 1, cells };
}

function toStitched(cell: PageCell, pageNumber: number): StitchedCell {
  const { rowIndex, columnIndex, rowSpan, columnSpan, lines, box, readingConfidence } = cell;
  const printed = printedBox(cell);
  // Written out: most cells of a document pass here, and a spread of cells of many makes costs ten times as much.
  const stitched = { rowIndex, columnIndex, rowSpan, columnSpan, lines, pageNumber, printed, box };
  return readingConfidence === undefined ? stitched : { ...stitched, readingConfidence };
}

/** True where `next`, the first table of a page, has the width and columns of the table at the end of the page before. */
export function isContinuation(
  table: StitchedTable,
  next: PageTable,
  settings: TableSettings = DEFAULT_TABLE_SETTINGS,
): boolean {
  const last = table.pieces.at(-1);
  if (!last || last.geometry !== next.geometry || next.pageNumber !== last.pageNumber + 1) return false;
  const shift = next.box.left - last.box.left;
  const widthDiffers = next.box.right - next.box.left - (last.box.right - last.box.left);
  if (Math.abs(widthDiffers) > settings.stitchDistance) return false;
  const before = table.columns.slice(1, -1).map((border) => border + shift);
  const after = next.columns.slice(1, -1);
  const [few, many] = before.length <= after.length ? [before, after] : [after, before];
  const shared = few.filter((border) =>
    many.some((other) => Math.abs(other - border) <= settings.stitchDistance),
  );
  return shared.length >= SHARED_BORDERS * few.length;
}

/** The table with `next` below it: repeated head rows dropped, cells and rows cut by the page break made whole. */
export function appendPiece(
  table: StitchedTable,
  next: PageTable,
  settings: TableSettings = DEFAULT_TABLE_SETTINGS,
): StitchedTable {
  const shift = next.box.left - (table.columns[0] ?? 0);
  const columns = mergeBorders(
    table.columns,
    next.columns.map((border) => border - shift),
    settings.stitchDistance,
  );
  const isUnchanged = columns.length === table.columns.length;
  const above = isUnchanged ? table.cells : remap(table.cells, table.columns, columns, 0);
  const stitched = next.cells.map((cell) => toStitched(cell, next.pageNumber));
  const mapped = remap(stitched, next.columns, columns, shift);
  const heads = countRepeatedHeads(above, mapped, next.rows.length - 1);
  const below = heads === 0 ? mapped : withoutRows(mapped, heads);
  const addedRows = next.rows.length - 1 - heads;
  const joined = continuesRow(above, below, table.rowCount)
    ? joinCells(above, below, table.rowCount, 1, () => true)
    : joinCells(above, below, table.rowCount, 0, (a, b) => continuesLabel(a, b, [above, below]));
  return {
    pieces: [...table.pieces, next],
    columns,
    rowCount: table.rowCount + addedRows - joined.rowsJoined,
    cells: joined.cells,
  };
}

/** The document's table made of all pieces. */
export function toTable(stitched: StitchedTable, tableIndex: number): Table {
  const pages = [...new Set(stitched.pieces.map((piece) => piece.pageNumber))];
  const isRecognised = stitched.cells.some((cell) => certaintyOf(cell) !== null);
  return {
    tableIndex,
    geometry: stitched.pieces[0]?.geometry ?? 'exact',
    rowCount: stitched.rowCount,
    columnCount: stitched.columns.length - 1,
    cells: [...stitched.cells].sort(compareCells).map((cell) => ({
      rowIndex: cell.rowIndex,
      columnIndex: cell.columnIndex,
      rowSpan: cell.rowSpan,
      columnSpan: cell.columnSpan,
      text: textOf(cell),
      evidence: { kind: 'box', page: cell.pageNumber, box: cell.printed },
      ...(isRecognised || cell.readingConfidence !== undefined
        ? { confidence: cell.readingConfidence ?? certaintyOf(cell) ?? UNRULED_BLANK_CERTAINTY }
        : {}),
      ...(isPale(cell) ? { confidence: PALE_CERTAINTY } : {}),
    })),
    pages,
    box: stitched.pieces[0]?.box ?? null,
    confidence: Math.min(...stitched.pieces.map((piece) => piece.confidence)),
  };
}

/** A cell whose text is white: it is in the file, and nobody sees it. */
const PALE_CERTAINTY = 0.5;

function isPale({ lines }: StitchedCell): boolean {
  return lines.some(({ glyphs }) => glyphs.some((glyph) => glyph.isPale));
}

/** A blank in a table without lines, read from a picture: what was too faint to be found leaves no trace. */
const UNRULED_BLANK_CERTAINTY = 0.9;

/** The probability that a cell's text was recognised right; null where none of it was read from a picture. */
function certaintyOf(cell: StitchedCell): number | null {
  let least: number | null = null;
  for (const line of cell.lines) {
    for (const { certainty } of line.glyphs) {
      if (certainty !== undefined) least = Math.min(least ?? certainty, certainty);
    }
  }
  return least;
}

function textOf(cell: StitchedCell): string {
  return joinLines(cell.lines);
}

/** Both lists of borders in one; borders closer than `distance` are the same, and the first list's place counts. */
function mergeBorders(first: readonly number[], second: readonly number[], distance: number): number[] {
  const added = second.filter((border) => first.every((other) => Math.abs(other - border) > distance));
  return [...first, ...added].sort((a, b) => a - b);
}

/** The cells of a table with borders `from` in one with borders `to`, `shift` points further left. */
function remap(
  cells: readonly StitchedCell[],
  from: readonly number[],
  to: readonly number[],
  shift: number,
): StitchedCell[] {
  const nearest = from.map((border) => nearestBorder(to, border - shift));
  return cells.map((cell) => {
    const start = nearest[cell.columnIndex] ?? 0;
    const end = nearest[cell.columnIndex + cell.columnSpan] ?? 0;
    return { ...cell, columnIndex: start, columnSpan: Math.max(1, end - start) };
  });
}

function withoutRows(cells: readonly StitchedCell[], count: number): StitchedCell[] {
  return cells
    .filter((cell) => cell.rowIndex >= count)
    .map((cell) => ({ ...cell, rowIndex: cell.rowIndex - count }));
}

function nearestBorder(borders: readonly number[], place: number): number {
  let best = 0;
  for (const [i, border] of borders.entries()) {
    if (Math.abs(border - place) < Math.abs((borders[best] ?? Infinity) - place)) best = i;
  }
  return best;
}

/** How many leading rows of the new piece repeat the table's own first rows, cell for cell. */
function countRepeatedHeads(
  above: readonly StitchedCell[],
  below: readonly StitchedCell[],
  belowRows: number,
): number {
  let heads = 0;
  for (let row = 0; row < belowRows - 1; row++) {
    const cells = below.filter((cell) => cell.rowIndex === row);
    if (!cells.every((cell) => above.some((other) => isSameCell(cell, other)))) break;
    if (cells.every((cell) => VALUE.test(textOf(cell)))) break;
    const isCutClean = below.every((cell) => cell.rowIndex > row || cell.rowIndex + cell.rowSpan <= row + 1);
    if (isCutClean) heads = row + 1;
  }
  return heads;
}

function isSameCell(a: StitchedCell, b: StitchedCell): boolean {
  return (
    a.rowIndex === b.rowIndex &&
    a.columnIndex === b.columnIndex &&
    a.rowSpan === b.rowSpan &&
    a.columnSpan === b.columnSpan &&
    fold(textOf(a)) === fold(textOf(b))
  );
}

/** Cells of the table's last row and of the new piece's first row that have the same columns. */
function pairsAtBreak(
  above: readonly StitchedCell[],
  below: readonly StitchedCell[],
  rowCount: number,
): { pairs: [StitchedCell, StitchedCell][]; isSamePartition: boolean } {
  const last = above.filter((cell) => cell.rowIndex + cell.rowSpan === rowCount);
  const first = below.filter((cell) => cell.rowIndex === 0);
  const pairs = first.flatMap((b): [StitchedCell, StitchedCell][] => {
    const a = last.find((cell) => cell.columnIndex === b.columnIndex && cell.columnSpan === b.columnSpan);
    return a ? [[a, b]] : [];
  });
  return { pairs, isSamePartition: pairs.length === first.length && pairs.length === last.length };
}

/** True where the first row of the new piece is the rest of the row that the page break cut. */
function continuesRow(
  above: readonly StitchedCell[],
  below: readonly StitchedCell[],
  rowCount: number,
): boolean {
  const { pairs, isSamePartition } = pairsAtBreak(above, below, rowCount);
  const inRow = pairs.filter(([, b]) => b.rowSpan === 1);
  const isWholeRow = below.every(
    (cell) => cell.rowIndex > 0 || cell.rowSpan > 1 || pairs.some(([, b]) => b === cell),
  );
  if (isWholeRow && isCutBetween(inRow)) return true;
  if (!isSamePartition || inRow.length === 0) return false;
  if (inRow.every(([, b]) => b.lines.length === 0)) return inRow.every(([a, b]) => isStub(a, b));
  const labels = inRow.filter(([, b]) => !VALUE.test(textOf(b)));
  const values = inRow.filter(([, b]) => b.lines.length > 0 && VALUE.test(textOf(b)));
  if (labels.length === 0 || values.some(([a]) => a.lines.length > 0)) return false;
  return labels.every(([a, b]) => continuesText(a, b));
}

/** True where the one side of the break has a row's values and nothing else, and the other side its label only. */
function isCutBetween(pairs: readonly (readonly [StitchedCell, StitchedCell])[]): boolean {
  if (pairs.some(([a, b]) => a.lines.length > 0 && b.lines.length > 0)) return false;
  return [0, 1].some((side) => {
    const [label, values] = [side, 1 - side].map((one) =>
      pairs.flatMap((pair) => (pair[one]?.lines.length ? [pair[one]] : [])),
    );
    return (
      label?.length === 1 &&
      (values?.length ?? 0) > 1 &&
      label.every((cell) => !VALUE.test(textOf(cell))) &&
      values?.every((cell) => VALUE.test(textOf(cell)) && cell.columnIndex > (label[0]?.columnIndex ?? 0))
    );
  });
}

function isStub(above: StitchedCell, below: StitchedCell): boolean {
  const size = above.lines.at(-1)?.size ?? 0;
  return size > 0 && below.box.bottom - below.box.top < STUB_ROW_EM * size;
}

function continuesText(above: StitchedCell, below: StitchedCell): boolean {
  const [before, after] = [textOf(above), textOf(below)];
  if (above.lines.length === 0 || VALUE.test(before)) return false;
  if (numberingOf(fold(after)) !== '') return false;
  return numberingOf(fold(before)) !== '' || isWrapped(above, below);
}

/** True where the last line before the break is as long as the cell allows, so that its text may go on. */
function isWrapped(above: StitchedCell, below: StitchedCell): boolean {
  const last = above.lines.at(-1);
  if (!last) return false;
  const width = last.box.right - last.box.left;
  const others = [...above.lines, ...below.lines]
    .filter((line) => line !== last)
    .map((line) => line.box.right - line.box.left);
  if (width >= Math.max(...others) - FULL_LINE_EM * last.size && above.lines.length > 1) return true;
  return above.box.right - above.box.left - width < WRAP_SLACK_EM * last.size;
}

/** True where a label that spans rows goes on below the break: it is blank there, repeated, or cut in the middle. */
function continuesLabel(
  above: StitchedCell,
  below: StitchedCell,
  parts: readonly (readonly StitchedCell[])[],
): boolean {
  const [before, after] = [fold(textOf(above)), fold(textOf(below))];
  if (before === '' && after === '') return above.rowSpan > 1 || below.rowSpan > 1;
  if (VALUE.test(before) && VALUE.test(after)) return false;
  const isGroup = parts.some((cells) =>
    cells.some(
      (cell) =>
        cell.rowSpan > 1 && cell.columnIndex === above.columnIndex && cell.columnSpan === above.columnSpan,
    ),
  );
  if (!isGroup) return false;
  // A blank cell of a single row may as well be a cell of its own, and taking it for the head's would lose it.
  if (after === '') return below.rowSpan > 1;
  if (before === '') return true;
  if (above.rowSpan === 1 && below.rowSpan === 1) return false;
  return before === after || (numberingOf(before) !== '' && numberingOf(after) === '');
}

/** Both parts of a cell must be read right. */
function jointConfidence(a: StitchedCell, b: StitchedCell): { readingConfidence?: number } {
  if (a.readingConfidence === undefined && b.readingConfidence === undefined) return {};
  return { readingConfidence: (a.readingConfidence ?? 1) * (b.readingConfidence ?? 1) };
}

/**
 * Puts the new rows below the table. Pairs at the break that `isOne` accepts become one cell; `rowsJoined` rows of
 * the new piece lie in the table's last row.
 */
function joinCells(
  above: readonly StitchedCell[],
  below: readonly StitchedCell[],
  rowCount: number,
  rowsJoined: 0 | 1,
  isOne: (a: StitchedCell, b: StitchedCell) => boolean,
): { cells: StitchedCell[]; rowsJoined: number } {
  const merged = new Map<StitchedCell, StitchedCell>();
  const gone = new Set<StitchedCell>();
  for (const [a, b] of pairsAtBreak(above, below, rowCount).pairs) {
    if (!isOne(a, b)) continue;
    const isRepeated = fold(textOf(a)) === fold(textOf(b));
    merged.set(a, {
      ...(a.lines.length === 0 && b.lines.length > 0
        ? { ...a, pageNumber: b.pageNumber, printed: b.printed }
        : a),
      rowSpan: a.rowSpan + b.rowSpan - rowsJoined,
      lines: isRepeated ? a.lines : [...a.lines, ...b.lines],
      box: b.box,
      ...jointConfidence(a, b),
    });
    gone.add(b);
  }
  const cells = [
    ...above.map((cell) => merged.get(cell) ?? cell),
    ...below
      .filter((cell) => !gone.has(cell))
      .map((cell) => ({ ...cell, rowIndex: cell.rowIndex + rowCount - rowsJoined })),
  ];
  return { cells, rowsJoined };
}
