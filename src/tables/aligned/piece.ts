import type { TextLine } from '../text-line.js';
import { lineOf } from '../text-line.js';

/**
 * A run of text on one line that wide gaps set apart from the rest of the line. Heights are counted through all pages,
 * one below the other, so that a table over a page break is one piece of paper.
 */
export interface Piece {
  readonly line: TextLine;
  readonly pageNumber: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly size: number;
}

/** The pieces that stand on one line, left to right. */
export interface PieceLine {
  readonly pieces: readonly Piece[];
  readonly pageNumber: number;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly size: number;
}

/** Gaps wider than this (em) part the columns of a line. */
const COLUMN_GAP_EM = 0.95;
/** Numbers and marks as they stand in the cells of a table. */
const VALUE =
  /^(?:[-+±]?[$€£¥]?[\d０-９][\d０-９\s.,，]*[%‰]?(?:[件条元次人个项万起]|万元|人次)*|[-—–－/／\\*+]+|无|空|n\/?a|\.{2,}|…)$/i;

/** Cuts a line of text at its wide gaps; `offset` is added to its heights. */
export function toPieceLine(line: TextLine, pageNumber: number, offset: number): PieceLine {
  const groups: TextLine['glyphs'][number][][] = [];
  for (const glyph of line.glyphs) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    const isApart =
      !before || glyph.box.left - before.box.right > COLUMN_GAP_EM * Math.max(glyph.size, before.size);
    if (group && !isApart) group.push(glyph);
    else groups.push([glyph]);
  }
  const pieces = groups.map((glyphs): Piece => {
    const part = groups.length === 1 ? line : lineOf(glyphs, line.turn);
    const { left, right, top, bottom } = part.box;
    return {
      line: part,
      pageNumber,
      left,
      right,
      top: top + offset,
      bottom: bottom + offset,
      size: part.size,
    };
  });
  const { left, right, top, bottom } = line.box;
  return { pieces, pageNumber, left, right, top: top + offset, bottom: bottom + offset, size: line.size };
}

/** True for a number, a percentage, a number with its unit, or a mark that stands for none. */
export function isValue(piece: Piece): boolean {
  return VALUE.test(piece.line.text.trim());
}

export function middleX(piece: { readonly left: number; readonly right: number }): number {
  return (piece.left + piece.right) / 2;
}

export function middleY(piece: { readonly top: number; readonly bottom: number }): number {
  return (piece.top + piece.bottom) / 2;
}

/** The middle one of some numbers, 0 where there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
