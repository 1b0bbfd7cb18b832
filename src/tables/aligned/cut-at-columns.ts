import { lineOf, type TextLine } from '../text-line.js';
import { type Column, columnsOf } from './infer-columns.js';
import { isValue, type Piece, type PieceLine, toPiece } from './piece.js';

/** A column's text starts at its left edge within this distance (em). */
const EDGE_EM = 0.2;
const VALUE_AT_END = /^(.*[^\d\s.,%/\-—–＋+])\s*(\d[\d,.]*(?:件|条|元|万元|人次)?|[-—–/])$/s;

/**
 * Cells without space between them come as one piece over several columns. It is cut where a character starts exactly
 * at a column's left edge, and where a value ends it that stands in a column of its own.
 */
export function cutAtColumns(lines: readonly PieceLine[], columns: readonly Column[]): PieceLine[] {
  return lines.map((line) => {
    const pieces = line.pieces.flatMap((piece) => cutPiece(piece, columns));
    return pieces.length === line.pieces.length ? line : { ...line, pieces };
  });
}

/** A value stands this far (em) behind its label at least, … */
const LABEL_GAP_EM = 0.25;

/**
 * Lines whose last value stands close behind its label, cut there where the value shares an edge with values of other
 * lines: that is what makes a column of them.
 */
export function cutEndValues(lines: readonly PieceLine[]): PieceLine[] {
  const values = lines.flatMap((line) => line.pieces.slice(1).filter(isValue));
  return lines.map((line) => {
    const pieces = line.pieces.flatMap((piece): readonly Piece[] => {
      const cut = cutEndValue(piece);
      if (!cut || cut[1].left - cut[0].right < LABEL_GAP_EM * piece.size) return [piece];
      return values.some((value) => sharesEdge(value, cut[1])) ? cut : [piece];
    });
    return pieces.length === line.pieces.length ? line : { ...line, pieces };
  });
}

function sharesEdge(a: Piece, b: Piece): boolean {
  const reach = EDGE_EM * b.size;
  return Math.abs(a.left - b.left) < reach || Math.abs(a.right - b.right) < reach;
}

function cutPiece(piece: Piece, columns: readonly Column[]): Piece[] {
  const range = columnsOf(piece, columns);
  if (range.from === range.to) return [piece];
  const inner = columns.slice(range.from + 1, range.to + 1);
  const starts = inner.map((column) =>
    piece.line.glyphs.findIndex((glyph) => Math.abs(glyph.box.left - column.left) < EDGE_EM * piece.size),
  );
  // One column may start where a character does by chance, several hardly.
  if (starts.length > 1 && starts.every((start) => start > 0)) return splitAt(piece, starts);
  const cut = cutEndValue(piece);
  const seat = cut ? columnsOf(cut[1], columns) : range;
  return cut && seat.from === seat.to && seat.from > range.from ? cut : [piece];
}

/** A label and the value that stands close behind it; null where the text does not end so. */
export function cutEndValue(piece: Piece): [label: Piece, value: Piece] | null {
  const value = VALUE_AT_END.exec(piece.line.text)?.[2];
  if (value === undefined) return null;
  const [label, end] = splitAt(piece, [piece.line.glyphs.length - value.length]);
  return label && end ? [label, end] : null;
}

function splitAt(piece: Piece, starts: readonly number[]): Piece[] {
  const { glyphs, turn, box } = piece.line;
  const cuts = [0, ...starts, glyphs.length];
  return cuts.slice(1).flatMap((end, i): Piece[] => {
    const part = glyphs.slice(cuts[i], end);
    if (part.length === 0) return [];
    const line: TextLine = lineOf(part, turn);
    return [toPiece(line, piece.pageNumber, piece.top - box.top)];
  });
}
