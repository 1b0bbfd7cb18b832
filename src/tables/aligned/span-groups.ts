import type { LabelAlignment } from './assign-labels.js';
import type { Anchor } from './infer-rows.js';
import type { LabelBlock } from './label-blocks.js';
import { middleY } from './piece.js';

/** Rows that the label of a group covers, both inclusive. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Rows that labels of groups cover: each stands in the middle of its rows (or at their top). Only rows that have a
 * label of their own beside the group's column count; `isFree(row)` tells them. Blocks come from top to bottom.
 */
export function spanGroups(
  blocks: readonly LabelBlock[],
  rows: readonly Anchor[],
  isFree: (row: number) => boolean,
  alignment: LabelAlignment,
): RowRange[] {
  const ranges: RowRange[] = [];
  for (const [i, block] of blocks.entries()) {
    const seat = nearestRow(rows, (block.top + block.bottom) / 2, isFree);
    const run = runAround(seat, rows.length, isFree);
    const before = ranges.at(-1);
    const first = before && before.to >= run.from ? before.to + 1 : run.from;
    const next = blocks[i + 1];
    const nextSeat = next ? nearestRow(rows, (next.top + next.bottom) / 2, isFree) : Infinity;
    const last = Math.min(run.to, nextSeat - 1);
    ranges.push(
      alignment === 'top'
        ? topRange(block, rows, { from: first, to: last })
        : centredRange(block, rows, first, last, seat),
    );
  }
  return ranges;
}

function nearestRow(rows: readonly Anchor[], y: number, isFree: (row: number) => boolean): number {
  let best = -1;
  for (const [i, row] of rows.entries()) {
    if (isFree(i) && (best < 0 || Math.abs(middleY(row) - y) < Math.abs(middleY(rows[best] ?? row) - y)))
      best = i;
  }
  return Math.max(0, best);
}

function runAround(seat: number, count: number, isFree: (row: number) => boolean): RowRange {
  let from = seat;
  let to = seat;
  while (from > 0 && isFree(from - 1)) from--;
  while (to + 1 < count && isFree(to + 1)) to++;
  return { from, to };
}

function topRange(block: LabelBlock, rows: readonly Anchor[], run: RowRange): RowRange {
  const y = middleY(block.lines[0]?.piece ?? block);
  let from = run.from;
  for (let row = run.from; row <= run.to; row++)
    if (middleY(rows[row] ?? block) <= y + (block.bottom - block.top) / 2) from = row;
  return { from, to: Math.max(from, run.to) };
}

/** The rows from `first` on whose common middle is nearest to the label's; never without the row beside it. */
function centredRange(
  block: LabelBlock,
  rows: readonly Anchor[],
  first: number,
  last: number,
  seat: number,
): RowRange {
  const middle = (block.top + block.bottom) / 2;
  const from = Math.min(first, seat);
  let best = { from, to: Math.max(seat, from) };
  let misfit = Infinity;
  for (let to = Math.max(seat, from); to <= Math.max(last, seat); to++) {
    const off = Math.abs(((rows[from]?.top ?? 0) + (rows[to]?.bottom ?? 0)) / 2 - middle);
    if (off < misfit) {
      misfit = off;
      best = { from, to };
    }
  }
  return best;
}
