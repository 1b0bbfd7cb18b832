import { type Column, type ColumnRange } from './infer-columns.js';
import { middleX, type Piece } from './piece.js';

/** A centred text may be off the middle of its columns by this much (em). */
const CENTRE_EM = 1.1;

/** A text starts at its column's left edge within this distance (em). */
const FLUSH_EM = 0.15;

/**
 * Columns that the text of a head covers: of all ranges around the columns it touches that stay within `free`, the
 * widest whose middle is that of the text; the touched ones where none is.
 */
export function spanHead(
  lines: readonly Piece[],
  range: ColumnRange,
  columns: readonly Column[],
  free: ColumnRange,
): ColumnRange {
  const text = {
    left: Math.min(...lines.map((line) => line.left)),
    right: Math.max(...lines.map((line) => line.right)),
  };
  const size = Math.max(...lines.map((line) => line.size));
  const tolerance = CENTRE_EM * size;
  // Set flush left it says nothing about how far it reaches.
  const first = columns[range.from];
  if (first?.isSetLeft === true && Math.abs(text.left - first.left) < FLUSH_EM * size) return range;
  let best = range;
  for (let from = range.from; from >= free.from; from--) {
    for (let to = range.to; to <= free.to; to++) {
      if (to - from <= best.to - best.from) continue;
      if (Math.abs(middleOf(columns, from, to) - middleX(text)) <= tolerance) best = { from, to };
    }
  }
  return best;
}

/** Columns that a row's label covers: it may start further left than the labels of groups. */
export function spanLabel(
  lines: readonly Piece[],
  range: ColumnRange,
  columns: readonly Column[],
  isLeft: boolean,
): ColumnRange {
  const left = Math.min(...lines.map((line) => line.left));
  const middle = middleX({ left, right: Math.max(...lines.map((line) => line.right)) });
  const misfit = (from: number): number =>
    isLeft
      ? Math.abs(left - (columns[from]?.left ?? 0))
      : Math.abs(middle - middleOf(columns, from, range.to));
  let best = range.from;
  for (let from = range.from - 1; from >= 0; from--) if (misfit(from) < misfit(best)) best = from;
  return { from: best, to: range.to };
}

function middleOf(columns: readonly Column[], from: number, to: number): number {
  return ((columns[from]?.left ?? 0) + (columns[to]?.right ?? 0)) / 2;
}
