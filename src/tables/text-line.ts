import { type Box, unionBox } from '../model/geometry.js';
import { raise } from '../text/raised.js';
import type { Glyph, Turn } from './glyph.js';

/** Characters that stand on one line in reading order, and their text with spaces where they are printed apart. */
export interface TextLine {
  readonly text: string;
  readonly box: Box;
  /** Largest font size on the line, in points. */
  readonly size: number;
  readonly turn: Turn;
  readonly glyphs: readonly Glyph[];
}

/** A character's place along its line and across it, growing in reading order whatever way it is turned. */
interface Placed {
  readonly glyph: Glyph;
  readonly start: number;
  readonly end: number;
  readonly above: number;
  readonly below: number;
}

/** Characters overlap a line by at least this share of the smaller height to stand on it. */
const SAME_LINE_OVERLAP = 0.5;
/** Gaps wider than this (em) are spaces between words … */
const SPACE_EM = 0.22;
/** … but Chinese characters are set loosely, and their gaps are spaces from here on. */
const CJK_SPACE_EM = 0.6;
/** Where the source has a space, it shows as a gap of at least this (em). */
const MARKED_SPACE_EM = 0.06;
/** A character printed again within this distance (em) is bold print, not a second character. */
const OVERPRINT_EM = 0.25;
/** So many characters before a character may be the same one printed first. */
const OVERPRINT_REACH = 3;
/** Letters that fonts join with themselves to one sign, which is at least so wide (em); the letters are narrower. */
const DOUBLED_LETTER = /^[ft]$/;
const LIGATURE_EM = 0.5;
/** Superscript digits are at most so large as a share of what they stand behind … */
const RAISED_SHARE = 0.86;
/** … and their base line is at least so much higher (em of what they stand behind). */
const RAISED_EM = 0.2;
/** Share of a character's size that its box reaches below the base line: see `Glyph.box`. */
const DESCENT_SHARE = 0.12;
const TURNS: readonly Turn[] = [0, 90, 270, 180];
const CJK = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]/;

/** The lines of a set of characters in reading order, upright ones first. Characters printed twice count once. */
export function buildLines(glyphs: readonly Glyph[]): TextLine[] {
  const [first] = glyphs;
  if (!first) return [];
  if (glyphs.every(({ turn }) => turn === first.turn)) return linesOf(glyphs, first.turn);
  return TURNS.flatMap((turn) =>
    linesOf(
      glyphs.filter((glyph) => glyph.turn === turn),
      turn,
    ),
  );
}

function linesOf(glyphs: readonly Glyph[], turn: Turn): TextLine[] {
  return groupIntoLines(glyphs.map(place)).map((line) => toLine(line, turn));
}

/** One line of characters that are known to stand on it, in reading order. */
export function lineOf(glyphs: readonly Glyph[], turn: Turn): TextLine {
  return toLine(glyphs.map(place), turn);
}

/** Text of lines, one below the other. */
export function joinLines(lines: readonly TextLine[]): string {
  return lines.map((line) => line.text).join('\n');
}

function place(glyph: Glyph): Placed {
  const { left, top, right, bottom } = glyph.box;
  switch (glyph.turn) {
    case 0:
      return { glyph, start: left, end: right, above: top, below: bottom };
    case 90:
      return { glyph, start: top, end: bottom, above: -right, below: -left };
    case 180:
      return { glyph, start: -right, end: -left, above: -bottom, below: -top };
    case 270:
      return { glyph, start: -bottom, end: -top, above: left, below: right };
  }
}

function groupIntoLines(placed: Placed[]): Placed[][] {
  const byHeight = placed.sort((a, b) => a.above + a.below - (b.above + b.below));
  const lines: Placed[][] = [];
  let above = 0;
  let below = 0;
  for (const one of byHeight) {
    const line = lines.at(-1);
    const shared = Math.min(below, one.below) - Math.max(above, one.above);
    if (line && shared >= SAME_LINE_OVERLAP * Math.min(below - above, one.below - one.above)) {
      line.push(one);
    } else {
      lines.push([one]);
      above = one.above;
      below = one.below;
    }
  }
  return lines.map((line) => withoutOverprint(line.sort((a, b) => a.start - b.start)));
}

/** Bold print made by printing a character again a hair further on would double every digit. */
function withoutOverprint(line: Placed[]): Placed[] {
  const kept: Placed[] = [];
  let [repeated, joined] = [0, 0];
  for (const one of line) {
    let isRepeated = false;
    for (let i = kept.length - 1; i >= Math.max(0, kept.length - OVERPRINT_REACH); i--) {
      const other = kept[i];
      if (!other || !isOverprint(other, one)) continue;
      if (isLigature(other.glyph, one.glyph)) joined++;
      else isRepeated = true;
    }
    if (isRepeated) repeated++;
    else kept.push(one);
  }
  // A line printed twice repeats those letters as it does the others.
  return repeated === 0 || joined === 0 ? kept : kept.filter((one, i) => !isDoubled(kept[i - 1], one));
}

function isDoubled(before: Placed | undefined, one: Placed): boolean {
  return before !== undefined && isOverprint(before, one) && isLigature(before.glyph, one.glyph);
}

function isOverprint(other: Placed, one: Placed): boolean {
  return (
    other.glyph.text === one.glyph.text &&
    Math.abs(other.start - one.start) < OVERPRINT_EM * Math.min(one.glyph.size, one.end - one.start) &&
    Math.abs(other.above - one.above) < OVERPRINT_EM * one.glyph.size
  );
}

/** One printed sign for two letters (ff, tt) comes as both of them at its place: it is wider than either letter. */
function isLigature(first: Glyph, second: Glyph): boolean {
  if (!DOUBLED_LETTER.test(second.text)) return false;
  const { left, right } = second.box;
  return first.box.left === left && first.box.right === right && right - left >= LIGATURE_EM * second.size;
}

function toLine(placed: readonly Placed[], turn: Turn): TextLine {
  const glyphs = placed.map(({ glyph }) => glyph);
  let text = '';
  let size = 0;
  let before: Placed | null = null;
  let onBase: Placed | null = null;
  for (const one of placed) {
    if (before && isSpaced(before, one)) text += ' ';
    const isMark =
      onBase !== null && one.glyph.size <= RAISED_SHARE * onBase.glyph.size && isRaised(one, onBase);
    text += isMark ? raise(one.glyph.text) : one.glyph.text;
    size = Math.max(size, one.glyph.size);
    before = one;
    if (!isMark) onBase = one;
  }
  return { text, glyphs, turn, size, box: unionBox(glyphs.map(({ box }) => box)) };
}

/** Marks of notes are set smaller than what they stand behind, and higher. */
function isRaised(one: Placed, onBase: Placed): boolean {
  if (one.glyph.certainty !== undefined) return false;
  // The boxes reach equally far below the base line for their size.
  const baseLine = one.below - DESCENT_SHARE * one.glyph.size;
  return onBase.below - DESCENT_SHARE * onBase.glyph.size - baseLine >= RAISED_EM * onBase.glyph.size;
}

function isSpaced(before: Placed, after: Placed): boolean {
  const em = Math.max(before.glyph.size, after.glyph.size, 1);
  const gap = (after.start - before.end) / em;
  if (after.glyph.isAfterSpace && gap > MARKED_SPACE_EM) return true;
  const isCjk = CJK.test(before.glyph.text) && CJK.test(after.glyph.text);
  return gap > (isCjk ? CJK_SPACE_EM : SPACE_EM);
}
