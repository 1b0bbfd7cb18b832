import type { Glyph } from '../glyph.js';
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
/** Two values with this much space (em) between them are two even without units. */
const VALUE_GAP_EM = 0.6;
/** Characters further apart than this (em) belong to different tokens. */
const TOKEN_GAP_EM = 0.2;
/** Neighbouring cells are at least this far (em) apart; less is one word in two pieces. */
const TOUCH_EM = 0.1;
/** Numbers and marks as they stand in the cells of a table. */
const VALUE =
  /^(?:[-+±]?[$€£¥]?[\d０-９][\d０-９\s.,，]*[%‰]?(?:[件条元次人个项万起]|万元|人次)*|[-—–－/／\\*+]+|无|空|n\/?a|\.{2,}|…)$/i;

/** What a narrow column leaves on the first line of a numbered label. */
const LONE_NUMBERING = /^\d{1,2}[.．]$/;

/** Cuts a line of text at its wide gaps; `offset` is added to its heights. */
export function toPieceLine(line: TextLine, pageNumber: number, offset: number): PieceLine {
  return cutLine(line, pageNumber, offset, isWideGap);
}

/**
 * Cuts a line of a table also where its columns nearly touch: where the source prints something else between two
 * characters, and between two values. Running text may be cut anywhere by this, so it is no way to find tables.
 */
export function toFinePieceLine(line: TextLine, pageNumber: number, offset: number): PieceLine {
  const values = valueStarts(line.glyphs);
  return cutLine(
    line,
    pageNumber,
    offset,
    (before, glyph) => isWideGap(before, glyph) || isPrintedApart(before, glyph) || values.has(glyph),
  );
}

function cutLine(
  line: TextLine,
  pageNumber: number,
  offset: number,
  isCut: (before: Glyph, glyph: Glyph) => boolean,
): PieceLine {
  const starts: number[] = [];
  let before: Glyph | null = null;
  for (const [i, glyph] of line.glyphs.entries()) {
    if (!before || isCut(before, glyph)) starts.push(i);
    before = glyph;
  }
  const parts =
    starts.length === 1
      ? [line]
      : starts.map((start, i) => lineOf(line.glyphs.slice(start, starts[i + 1]), line.turn));
  const pieces = parts.map((part) => toPiece(part, pageNumber, offset));
  const { left, right, top, bottom } = line.box;
  return { pieces, pageNumber, left, right, top: top + offset, bottom: bottom + offset, size: line.size };
}

/** A line of text as one piece. */
export function toPiece(line: TextLine, pageNumber: number, offset: number): Piece {
  const { left, right, top, bottom } = line.box;
  return { line, pageNumber, left, right, top: top + offset, bottom: bottom + offset, size: line.size };
}

function isWideGap(before: Glyph, glyph: Glyph): boolean {
  return glyph.box.left - before.box.right > COLUMN_GAP_EM * Math.max(glyph.size, before.size);
}

/** True where the source prints other text between two neighbours that do not touch: each cell is printed by itself. */
function isPrintedApart(before: Glyph, glyph: Glyph): boolean {
  if (before.order === undefined || glyph.order === undefined) return false;
  const gap = glyph.box.left - before.box.right;
  return Math.abs(glyph.order - before.order) > 1 && gap > TOUCH_EM * glyph.size;
}

/** First characters of values that follow another value with its unit, or at some distance. */
function valueStarts(glyphs: readonly Glyph[]): ReadonlySet<Glyph> {
  const starts = new Set<Glyph>();
  let before: Glyph[] = [];
  for (const token of splitTokens(glyphs)) {
    const [first, last] = [token[0], before.at(-1)];
    if (first && last && isValueText(textOf(token)) && isValueText(textOf(before))) {
      const isFar = first.box.left - last.box.right > VALUE_GAP_EM * first.size;
      if (isFar || !/\d/.test(last.text)) starts.add(first);
    }
    before = token;
  }
  return starts;
}

function splitTokens(glyphs: readonly Glyph[]): Glyph[][] {
  const tokens: Glyph[][] = [];
  for (const glyph of glyphs) {
    const token = tokens.at(-1);
    const before = token?.at(-1);
    if (token && before && glyph.box.left - before.box.right <= TOKEN_GAP_EM * glyph.size) token.push(glyph);
    else tokens.push([glyph]);
  }
  return tokens;
}

function textOf(glyphs: readonly Glyph[]): string {
  return glyphs.map((glyph) => glyph.text).join('');
}

/** True for a number, a percentage, a number with its unit, or a mark that stands for none. */
export function isValue(piece: Piece): boolean {
  return isValueText(piece.line.text);
}

function isValueText(text: string): boolean {
  return VALUE.test(text.trim()) && !LONE_NUMBERING.test(text.trim());
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
