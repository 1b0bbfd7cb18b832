import { fold, numberingOf } from '../../text/fold.js';
import type { LabelledRows } from './assign-labels.js';
import type { Head } from './build-head.js';
import { type Column, type ColumnRange, isLeftAligned } from './infer-columns.js';
import type { Anchor, PlacedPiece } from './infer-rows.js';
import { isValue, middleY, type Piece } from './piece.js';
import { spanHead, spanLabel } from './span-columns.js';
import { spanGroups } from './span-groups.js';

/** A cell with its place in the grid; rows count from the top of the head. */
export interface DraftCell {
  readonly lines: readonly Piece[];
  readonly rowFrom: number;
  readonly rowTo: number;
  readonly columns: ColumnRange;
}

/** Cells of the head; each spans the columns its text is centred over, up to its neighbours. */
export function placeHead(head: Head, columns: readonly Column[]): DraftCell[] {
  const touched = head.cells.map((cell) => unionRange(cell.lines.map(({ range }) => range)));
  return head.cells.map((cell, i): DraftCell => {
    const range = touched[i] ?? { from: 0, to: 0 };
    const beside = head.cells.flatMap((other, k) =>
      k !== i && other.fromLevel <= cell.toLevel && other.toLevel >= cell.fromLevel
        ? [touched[k] ?? range]
        : [],
    );
    const lines = cell.lines.map(({ piece }) => piece);
    const spanned = spanHead(lines, range, columns, freeAround(range, beside, columns.length));
    return { lines, rowFrom: cell.fromLevel, rowTo: cell.toLevel, columns: spanned };
  });
}

/** Cells of the rows below the head, with the labels of groups over their rows. */
export function placeBody(
  { anchors, groups, alignment }: LabelledRows,
  columns: readonly Column[],
  firstValueColumn: number,
  firstRow: number,
): DraftCell[] {
  const leaf = firstValueColumn - 1;
  const leafLabels = anchors.flatMap((row) =>
    row.members.filter(({ range }) => range.from === leaf && range.to === leaf),
  );
  const isLeft = isLeftAligned(leafLabels.map(({ piece }) => piece));
  const cells = anchors.flatMap((row, i) => placeRow(row, columns, leaf, isLeft, firstRow + i));
  for (let column = 0; column < leaf; column++) {
    cells.push(...placeGroups({ anchors, groups, alignment }, cells, column, leaf, firstRow));
  }
  return cells;
}

/** Labels of groups in one column, each over the rows it stands beside. */
function placeGroups(
  { anchors, groups, alignment }: LabelledRows,
  cells: readonly DraftCell[],
  column: number,
  leaf: number,
  firstRow: number,
): DraftCell[] {
  const blocks = groups.filter((block) => unionRange(block.lines.map(({ range }) => range)).from === column);
  if (blocks.length === 0) return [];
  const styles = new Set(blocks.map((block) => numberingStyle(block.lines.map(({ piece }) => piece))));
  const isFree = anchors.map((_, i) => {
    const own = cells.filter((cell) => cell.rowFrom === firstRow + i);
    // What is numbered like the group's label stands beside the group, not in it.
    return own.every(
      (cell) =>
        cell.columns.from > column &&
        !(cell.columns.to <= leaf && styles.has(numberingStyle(cell.lines) ?? '')),
    );
  });
  const ranges = spanGroups(blocks, anchors, (row) => isFree[row] === true, alignment);
  return blocks.map((block, i) => {
    const rows = ranges[i] ?? { from: 0, to: 0 };
    return {
      lines: block.lines.map(({ piece }) => piece),
      rowFrom: firstRow + rows.from,
      rowTo: firstRow + rows.to,
      columns: unionRange(block.lines.map(({ range }) => range)),
    };
  });
}

/** Numbering without its numbers: 「三、」 and 「四、」 are of one style, 「（三）」 is of another; null without numbering. */
function numberingStyle(lines: readonly Piece[]): string | null {
  const numbering = numberingOf(fold(lines.map((piece) => piece.line.text).join('')));
  return numbering === '' ? null : numbering.replace(/[一二三四五六七八九十]+/g, '一').replace(/\d+/g, '1');
}

function placeRow(
  row: Anchor,
  columns: readonly Column[],
  leaf: number,
  isLeft: boolean,
  rowIndex: number,
): DraftCell[] {
  const groups = groupCells(row.members);
  return groups.map((members, i): DraftCell => {
    const lines = members.map(({ piece }) => piece);
    const range = clipRange(unionRange(members.map((one) => one.range)), groups[i - 1], groups[i + 1]);
    const beside = groups
      .filter((_, k) => k !== i)
      .map((others) => unionRange(others.map((one) => one.range)));
    const isLabel = range.to <= leaf;
    const isText = lines.every((line) => !isValue(line));
    const free = freeAround(range, beside, columns.length);
    const spanned = isLabel
      ? beside.some((other) => other.to < range.from)
        ? range
        : spanLabel(lines, range, columns, isLeft)
      : isText
        ? spanHead(lines, range, columns, free)
        : range;
    return { lines, rowFrom: rowIndex, rowTo: rowIndex, columns: spanned };
  });
}

/** Members of a row that share columns and stand below each other are one cell; from left to right. */
function groupCells(members: readonly PlacedPiece[]): PlacedPiece[][] {
  const groups: PlacedPiece[][] = [];
  for (const one of members.toSorted((a, b) => a.range.from - b.range.from || a.piece.top - b.piece.top)) {
    const group = groups.findLast(
      (other) =>
        other.every((placed) => !isOnOneLine(placed.piece, one.piece)) &&
        other.some((placed) => placed.range.from <= one.range.to && placed.range.to >= one.range.from),
    );
    if (group) group.push(one);
    else groups.push([one]);
  }
  for (const group of groups) group.sort((a, b) => a.piece.top - b.piece.top);
  return groups.sort((a, b) => (a[0]?.piece.left ?? 0) - (b[0]?.piece.left ?? 0));
}

function isOnOneLine(a: Piece, b: Piece): boolean {
  return Math.abs(middleY(a) - middleY(b)) < 0.4 * Math.max(a.size, b.size);
}

/** Two cells of one line cannot share a column: each keeps its own side. */
function clipRange(
  range: ColumnRange,
  before: readonly PlacedPiece[] | undefined,
  after: readonly PlacedPiece[] | undefined,
): ColumnRange {
  const previous = before ? unionRange(before.map((one) => one.range)) : null;
  const next = after ? unionRange(after.map((one) => one.range)) : null;
  const from = previous && previous.to >= range.from && previous.to < range.to ? previous.to + 1 : range.from;
  const to = next && next.from <= range.to && next.from > from ? next.from - 1 : range.to;
  return { from, to: Math.max(from, to) };
}

function freeAround(range: ColumnRange, beside: readonly ColumnRange[], count: number): ColumnRange {
  const left = beside.filter((other) => other.to < range.from).map((other) => other.to + 1);
  const right = beside.filter((other) => other.from > range.to).map((other) => other.from - 1);
  return { from: Math.max(0, ...left), to: Math.min(count - 1, ...right) };
}

function unionRange(ranges: readonly ColumnRange[]): ColumnRange {
  return { from: Math.min(...ranges.map((one) => one.from)), to: Math.max(...ranges.map((one) => one.to)) };
}
