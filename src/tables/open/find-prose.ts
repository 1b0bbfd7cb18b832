import type { Box } from '../../model/geometry.js';
import type { Piece, PieceLine } from '../aligned/piece.js';
import { isValueText } from './chunk.js';

/** A line of running text has at least so many characters and words, most of them letters. */
const LEAST_CHARACTERS = 24;
const FEWEST_WORDS = 4;
const LETTER_SHARE = 0.6;
/** So many lines below each other are running text whatever stands beside them. */
const MANY_LINES = 6;
/** … or so many where at least this share of them ends at one right margin. */
const JUSTIFIED_LINES = 3;
/** Labels of rows have values beside this share of their lines, and fewer of them end at one margin. */
const LABEL_SHARE = 0.3;
const JUSTIFIED_SHARE = 0.5;
/** A row has so many texts left of one that wraps as running text does. */
const FEWEST_BESIDE = 2;
/** Right margins agree within this (em). */
const MARGIN_EM = 0.3;
/** A lone line of so many words is a sentence or a title. */
const SENTENCE_WORDS = 10;
/** Lines of a paragraph are at most this far apart (em), by distances that agree within this share. */
const LARGEST_PITCH_EM = 1.9;
const PITCH_SHARE = 0.12;
/** A paragraph's first line may be set in or out by so much (em). */
const INDENT_EM = 3;
const SIZE_SHARE = 0.15;
/** Paragraphs of one column of text stand at most this far apart (em): headings stand between them. */
const COLUMN_GAP_EM = 4;
/** What stands in front of an item of a list, at most this far (em) from it. */
const BULLET_REACH_EM = 3;
const BULLET = /^(?:[•·▪■◦●○–\-*o‣]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])$/;

/** Running text of a page: the pieces it is made of, and the areas that its columns take. */
export interface Prose {
  readonly pieces: ReadonlySet<Piece>;
  readonly areas: readonly Box[];
}

interface Paragraph {
  readonly pieces: Piece[];
  pitch: number | null;
}

/** Finds running text, in one column or several, among the pieces of a page's lines (top to bottom). */
export function findProse(lines: readonly PieceLine[]): Prose {
  const paragraphs = chain(lines);
  const valued = lines.filter((line) => line.pieces.some((piece) => isValueText(piece.line.text)));
  const besides = new Set(valued.flatMap((line) => line.pieces));
  const lineOf = new Map(lines.flatMap((line) => line.pieces.map((piece) => [piece, line] as const)));
  const justified = paragraphs.filter((paragraph) => isProseItself(paragraph.pieces, besides));
  const pieces = new Set<Piece>();
  for (const paragraph of justified) {
    if (!isCell(paragraph, justified, lineOf)) for (const piece of paragraph.pieces) pieces.add(piece);
  }
  const wide = new Set(paragraphs.flatMap((paragraph) => paragraph.pieces));
  for (const paragraph of paragraphs) {
    const isAlone = paragraph.pieces.every((piece) =>
      (lineOf.get(piece)?.pieces ?? []).every(
        (other) =>
          other === piece ||
          pieces.has(other) ||
          BULLET.test(other.line.text.trim()) ||
          (isTexty(other) && wide.has(other)),
      ),
    );
    const isLong =
      paragraph.pieces.length > 1 ||
      paragraph.pieces.some(({ line }) => line.text.split(/\s+/).length >= SENTENCE_WORDS);
    if (isAlone && isLong && !headsRows(paragraph.pieces, valued))
      for (const piece of paragraph.pieces) pieces.add(piece);
  }
  for (const line of lines) {
    for (const [i, piece] of line.pieces.entries()) {
      const next = line.pieces[i + 1];
      const isNear = next !== undefined && next.left - piece.right < BULLET_REACH_EM * next.size;
      if (isNear && pieces.has(next) && BULLET.test(piece.line.text.trim())) pieces.add(piece);
    }
  }
  return { pieces, areas: columnAreas([...pieces]) };
}

/** Wide lines below each other that share a margin, with the short last line of each paragraph. */
function chain(lines: readonly PieceLine[]): Paragraph[] {
  const closed: Paragraph[] = [];
  let open: Paragraph[] = [];
  for (const piece of lines.flatMap((line) => line.pieces)) {
    const above = open.findLast((paragraph) => goesOn(paragraph, piece));
    if (above) {
      above.pitch ??= piece.top - (above.pieces.at(-1)?.top ?? 0);
      above.pieces.push(piece);
    } else if (isTexty(piece)) open.push({ pieces: [piece], pitch: null });
    const stillNear = open.filter(
      ({ pieces }) => piece.top - (pieces.at(-1)?.top ?? 0) < 2 * LARGEST_PITCH_EM * piece.size,
    );
    if (stillNear.length < open.length) closed.push(...open.filter((one) => !stillNear.includes(one)));
    open = stillNear;
  }
  return [...closed, ...open];
}

function goesOn({ pieces, pitch }: Paragraph, piece: Piece): boolean {
  const last = pieces.at(-1);
  if (!last || Math.abs(last.size - piece.size) > SIZE_SHARE * last.size) return false;
  const step = piece.top - last.top;
  if (step < 0.5 * piece.size || step > LARGEST_PITCH_EM * piece.size) return false;
  if (pitch !== null && Math.abs(step - pitch) > PITCH_SHARE * pitch) return false;
  const shared = Math.min(last.right, piece.right) - Math.max(last.left, piece.left);
  if (shared < 0.6 * Math.min(last.right - last.left, piece.right - piece.left)) return false;
  const reach = (isTexty(piece) ? INDENT_EM : MARGIN_EM) * piece.size;
  return Math.abs(piece.left - last.left) <= reach;
}

function isTexty({ line }: Piece): boolean {
  const text = line.text.trim();
  if (text.length < LEAST_CHARACTERS || text.split(/\s+/).length < FEWEST_WORDS) return false;
  return (text.match(/[A-Za-z]/g)?.length ?? 0) >= LETTER_SHARE * text.replace(/\s/g, '').length;
}

/**
 * True for a few justified lines that start level with the texts of a row left of them: a cell of a table. Columns of
 * running text have more such lines.
 */
function isCell(
  { pieces }: Paragraph,
  justified: readonly Paragraph[],
  lineOf: ReadonlyMap<Piece, PieceLine>,
): boolean {
  const [first] = pieces;
  if (!first || pieces.length >= MANY_LINES) return false;
  const beside = lineOf.get(first)?.pieces.filter((piece) => piece.right < first.left) ?? [];
  if (beside.length < FEWEST_BESIDE || !beside.some((piece) => isValueText(piece.line.text))) return false;
  const column = justified.filter(
    (other) => Math.abs((other.pieces[0]?.left ?? 0) - first.left) < MARGIN_EM * first.size,
  );
  return column.every((other) => other.pieces.length < MANY_LINES);
}

/** `besides` are the pieces with a value on their line: labels of rows may wrap as running text does, but not justified. */
function isProseItself(pieces: readonly Piece[], besides: ReadonlySet<Piece>): boolean {
  const full = pieces.filter(isTexty);
  if (full.length < JUSTIFIED_LINES) return false;
  const right = Math.max(...full.map((piece) => piece.right));
  const flush = full.filter((piece) => right - piece.right < MARGIN_EM * piece.size);
  const labels = full.filter((piece) => besides.has(piece)).length;
  const areLabels = labels >= LABEL_SHARE * full.length && flush.length < LABEL_SHARE * full.length;
  if (full.length >= MANY_LINES && !areLabels) return true;
  return flush.length > 1 && flush.length >= JUSTIFIED_SHARE * full.length;
}

/** True for lines between rows of a table: values stand above and below them, right of all that they say. */
function headsRows(pieces: readonly Piece[], valued: readonly PieceLine[]): boolean {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return false;
  const right = Math.max(...pieces.map((piece) => piece.right));
  const reach = LARGEST_PITCH_EM * first.size;
  const isRow = (line: PieceLine): boolean => {
    const [label, value] = line.pieces;
    return (
      label !== undefined &&
      value !== undefined &&
      Math.abs(label.left - first.left) <= INDENT_EM * first.size &&
      isValueText(value.line.text) &&
      value.left > right
    );
  };
  const above = valued.findLast((line) => line.top < first.top);
  const below = valued.find((line) => line.top > last.top);
  return (
    above !== undefined &&
    below !== undefined &&
    first.top - above.top <= 2 * reach &&
    below.top - last.top <= reach &&
    isRow(above) &&
    isRow(below)
  );
}

/** Areas of paragraphs that stand below each other in one column. */
function columnAreas(pieces: readonly Piece[]): Box[] {
  const areas: Box[] = [];
  for (const { left, right, top, bottom, size } of pieces.toSorted((a, b) => a.top - b.top)) {
    const index = areas.findIndex(
      (area) =>
        top - area.bottom < COLUMN_GAP_EM * size && left >= area.left - size && right <= area.right + size,
    );
    const area = areas[index];
    if (area)
      areas[index] = { ...area, right: Math.max(area.right, right), bottom: Math.max(area.bottom, bottom) };
    else areas.push({ left, right, top, bottom });
  }
  return areas;
}
