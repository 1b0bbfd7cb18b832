import { fold, numberingOf } from '../../text/fold.js';
import type { PlacedPiece } from './infer-rows.js';
import { middleX, type Piece } from './piece.js';

/** Lines of one label or head, from top to bottom. */
export interface LabelBlock {
  readonly lines: readonly PlacedPiece[];
  readonly top: number;
  readonly bottom: number;
}

/** Lines of a wrapped label follow each other within this distance (em). */
const WRAP_PITCH_EM = 2.4;
/** Lines of one label share their left edge or their middle within this distance (em). */
const WRAP_EDGE_EM = 0.35;
/** A line that is not the last of its label has less than this (em) free, or the next word would stand on it. */
const WRAP_FREE_EM = 1.6;
/** A line is longer than another one by more than this (em). */
const LONGER_EM = 0.5;
/** Text beside a label keeps this distance (em) to it. */
const SIDE_GAP_EM = 0.3;

/**
 * Lines of labels that belong together: close below each other, with one left edge or one middle, and none so wide that it would run into the text beside the others. Built from the bottom up, because
 * the head of a group is wider than what stands below it.
 */
export function buildBlocks(labels: readonly PlacedPiece[]): LabelBlock[] {
  const blocks: PlacedPiece[][] = [];
  const upwards = labels.toSorted((a, b) => b.piece.bottom - a.piece.bottom || a.piece.left - b.piece.left);
  for (const label of upwards) {
    const block = blocks.findLast((one) => isLineAbove(label, one, labels));
    if (block) block.unshift(label);
    else blocks.push([label]);
  }
  return blocks
    .map((lines) => ({ lines, top: lines[0]?.piece.top ?? 0, bottom: lines.at(-1)?.piece.bottom ?? 0 }))
    .sort((a, b) => a.top - b.top || (a.lines[0]?.piece.left ?? 0) - (b.lines[0]?.piece.left ?? 0));
}

function isLineAbove(
  label: PlacedPiece,
  block: readonly PlacedPiece[],
  all: readonly PlacedPiece[],
): boolean {
  const below = block[0];
  if (!below) return false;
  const size = Math.max(below.piece.size, label.piece.size);
  const pitch = below.piece.bottom - label.piece.bottom;
  if (pitch <= 0.3 * size || pitch > WRAP_PITCH_EM * size) return false;
  if (numberingOf(fold(below.piece.line.text)) !== '') return false;
  const isAligned =
    Math.abs(below.piece.left - label.piece.left) < WRAP_EDGE_EM * size ||
    Math.abs(middleX(below.piece) - middleX(label.piece)) < WRAP_EDGE_EM * size;
  return (
    isAligned &&
    isFilled([label, ...block], size) &&
    block.every((line) => fitsBeside(label.piece, line.piece, all))
  );
}

/** A first line longer than the others was full, and then every line but the last one must be. */
function isFilled(lines: readonly PlacedPiece[], size: number): boolean {
  const [first = 0, ...others] = lines.map(({ piece }) => piece.right - piece.left);
  if (first <= Math.max(...others) + LONGER_EM * size) return true;
  return others.slice(0, -1).every((width) => width > first - WRAP_FREE_EM * size);
}

/** False where a line as wide as `upper` would touch the text left or right of `lower`. */
function fitsBeside(upper: Piece, lower: Piece, all: readonly PlacedPiece[]): boolean {
  const margin = SIDE_GAP_EM * lower.size;
  return all.every(({ piece }) => {
    const isOnLine = piece !== lower && Math.abs(piece.bottom - lower.bottom) < 0.4 * lower.size;
    return !isOnLine || piece.right < upper.left - margin || piece.left > upper.right + margin;
  });
}
