import { cellKind, isProse } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { judgeGeometry, usualWidth } from './judge-geometry.js';
import { isBlankLine, joinPieces, pieceOf, type Line } from './lines.js';
import { tabRegionEnd, tabStyle } from './tab-region.js';
import type { Geometry } from '../../model/document.js';

type Row = readonly DraftCell[];
const FEWEST_CELLS = 4;
/** A row with so many printed cells shows what stands between its cells. */
const FEWEST_TO_TELL = 3;

const CELL_BREAK = /[\t\u0007]/;
const DOUBLE_BREAK = /[\t\u0007]{2}/;

/**
 * Rows of cells between tabs. Undone where the source shows it plainly: a label whose values stand in the next line
 * under it, a row moved right by one leading tab too many, a vertical label spread over lines of one character. What
 * is still uneven afterwards makes the table `ordered`.
 */
export function readTabRows(lines: readonly Line[], from: number): DraftTable | null {
  const to = tabRegionEnd(lines, from);
  if (to === from || tabStyle(lines.slice(from, to)) !== 'rows') return null;
  const region = lines.slice(from, to).filter((line) => !isBlankLine(line) || CELL_BREAK.test(line.text));
  const cellBreak = hasDoubleBreaks(region) ? DOUBLE_BREAK : CELL_BREAK;
  const printed = joinVerticalLabels(withoutLastBreak(region.map((line) => cellsOfLine(line, cellBreak))));
  if (printed.flat().length < FEWEST_CELLS || isTabbedProse(printed)) return null;
  const repaired = repairRows(printed);
  return { ...repaired, confidence: CONFIDENCE[repaired.geometry], from, to, syntax: 'tab-row' };
}

function cellsOfLine(line: Line, cellBreak: RegExp): Row {
  const cells: DraftCell[] = [];
  let start = 0;
  for (const match of line.text.matchAll(new RegExp(cellBreak, 'g'))) {
    cells.push(pieceOf(line, start, match.index));
    start = match.index + match[0].length;
  }
  return [...cells, pieceOf(line, start)];
}

/** Whether every break is two tabs with nothing between them, some of them between three printed cells. */
function hasDoubleBreaks(region: readonly Line[]): boolean {
  const rows = region.map((line) => line.text.split(CELL_BREAK));
  const isDouble = rows.every(
    (parts) => parts.length % 2 === 1 && parts.every((part, i) => i % 2 === 0 || part === ''),
  );
  return (
    isDouble && rows.some((parts) => parts.filter((part) => part.trim() !== '').length >= FEWEST_TO_TELL)
  );
}

/** Where every row ends in a tab, the tab ends its last cell and opens no other. */
function withoutLastBreak(rows: readonly Row[]): readonly Row[] {
  const isEnded = rows.every((row) => row.length > 1 && row.at(-1)?.text === '');
  return isEnded ? rows.map((row) => row.slice(0, -1)) : rows;
}

/** Paragraphs with a tab behind their number or indent are no table. */
function isTabbedProse(rows: readonly Row[]): boolean {
  return (
    rows.filter((row) => row.some((cell) => isProse(cell.text) && cell.text.length > 80)).length * 2 >
    rows.length
  );
}

/** 三 / 、 / 本 / 年 … one under the other, then the rest of the row: the characters belong to its first cell. */
function joinVerticalLabels(rows: readonly Row[]): Row[] {
  const joined: Row[] = [];
  let pending: DraftCell[] = [];
  for (const row of rows) {
    const only = row.length === 1 ? row[0] : undefined;
    if (only !== undefined && only.text.length <= 2 && cellKind(only.text) === 'label') {
      pending.push(only);
      continue;
    }
    const first = row[0];
    if (pending.length > 0 && first !== undefined) {
      const isTail = first.text.length <= 2 && first.text !== '';
      joined.push(
        isTail ? [joinPieces([...pending, first]), ...row.slice(1)] : [joinPieces(pending)],
        ...(isTail ? [] : [row]),
      );
    } else joined.push(row);
    pending = [];
  }
  if (pending.length > 0) joined.push([joinPieces(pending)]);
  return joined;
}

function repairRows(printed: readonly Row[]): { rows: Row[]; geometry: Geometry } {
  const joined = joinSplitRows(printed);
  if (judgeGeometry(joined) === 'exact') {
    return { rows: joined, geometry: joined.length === printed.length ? 'exact' : 'aligned' };
  }
  const width = usualWidth(printed);
  const rows = joinSplitRows(printed.map((row) => withoutSpareTab(row, width)));
  return judgeGeometry(rows) === 'exact'
    ? { rows, geometry: 'aligned' }
    : { rows: joined, geometry: 'ordered' };
}

/** A row one cell wider than the others that starts with an empty cell lost nothing but its place. */
function withoutSpareTab(row: Row, width: number): Row {
  return row.length === width + 1 && row[0]?.text === '' ? row.slice(1) : row;
}

/** A row of labels and, under it, a row as long whose only filled cells are values right of them: one row, printed in two lines. */
function joinSplitRows(rows: readonly Row[]): Row[] {
  if (hasBlankRows(rows)) return [...rows];
  const joined: Row[] = [];
  for (const row of rows) {
    const above = joined.at(-1);
    if (above !== undefined && isSplit(above, row)) {
      joined[joined.length - 1] = row.map((cell, index) =>
        cell.text === '' ? (above[index] ?? cell) : cell,
      );
    } else joined.push(row);
  }
  return joined;
}

function isSplit(above: Row, row: Row): boolean {
  return (
    isLabelRow(above) &&
    isValueRow(row) &&
    above.length === row.length &&
    lastFilled(above) < firstFilled(row)
  );
}

/**
 * Whether numbered rows stand without values, though none in the next line could be theirs: then those before such a line
 * may be blank as well, and it may have lost its label.
 */
function hasBlankRows(rows: readonly Row[]): boolean {
  const width = usualWidth(rows);
  return rows.some((row, at) => {
    const [label, next] = [row[lastFilled(row)], rows[at + 1]];
    const isRow = row.length === width && isLabelRow(row) && /^\d/.test(label?.text ?? '');
    return isRow && (next === undefined || !isValueRow(next));
  });
}

function isLabelRow(row: Row): boolean {
  const filled = row.filter((cell) => cell.text !== '');
  return filled.length > 0 && filled.every((cell) => cellKind(cell.text) === 'label');
}

function isValueRow(row: Row): boolean {
  const filled = row.filter((cell) => cell.text !== '');
  return filled.length > 0 && filled.every((cell) => cellKind(cell.text) !== 'label');
}

function firstFilled(row: Row): number {
  return row.findIndex((cell) => cell.text !== '');
}

function lastFilled(row: Row): number {
  return row.findLastIndex((cell) => cell.text !== '');
}
