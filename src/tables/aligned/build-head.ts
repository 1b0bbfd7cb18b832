import type { PlacedPiece } from './infer-rows.js';
import { buildBlocks, type LabelBlock } from './label-blocks.js';
import { middleY } from './piece.js';

/** A cell of the head: its lines and the levels (rows of the head) it covers, both inclusive. */
export interface HeadCell {
  readonly lines: readonly PlacedPiece[];
  readonly fromLevel: number;
  readonly toLevel: number;
}

/** The head of a table: how many rows it has, their heights, and its cells. */
export interface Head {
  readonly levels: readonly { readonly top: number; readonly bottom: number }[];
  readonly cells: readonly HeadCell[];
}

/** A cell covers a level whose height it overlaps by at least this share. */
const LEVEL_OVERLAP = 0.4;

/**
 * Levels of a head whose cells have different heights: going down, the cell that ends first makes a level, and the
 * next level starts below it (interval scheduling); taller cells span the levels they overlap.
 */
export function buildHead(pieces: readonly PlacedPiece[]): Head {
  const blocks = buildBlocks(pieces);
  const levels: { top: number; bottom: number }[] = [];
  for (const block of blocks.toSorted((a, b) => a.bottom - b.bottom)) {
    const last = levels.at(-1);
    const height = block.bottom - block.top;
    if (!last || block.top >= last.bottom - LEVEL_OVERLAP * Math.min(height, last.bottom - last.top)) {
      levels.push({ top: block.top, bottom: block.bottom });
    }
  }
  return { levels, cells: blocks.map((block) => toHeadCell(block, levels)) };
}

function toHeadCell(block: LabelBlock, levels: Head['levels']): HeadCell {
  const covered = levels.flatMap((level, i) => {
    const shared = Math.min(level.bottom, block.bottom) - Math.max(level.top, block.top);
    return shared >= LEVEL_OVERLAP * (level.bottom - level.top) ? [i] : [];
  });
  const middle = (block.top + block.bottom) / 2;
  const distances = levels.map((level) => Math.abs(middleY(level) - middle));
  const nearest = distances.indexOf(Math.min(...distances));
  return { lines: block.lines, fromLevel: covered[0] ?? nearest, toLevel: covered.at(-1) ?? nearest };
}
