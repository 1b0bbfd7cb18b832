import { type Box, unionBox } from '../model/geometry.js';
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
const TURNS: readonly Turn[] = [0, 90, 270, 180];
const CJK = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]/;

/** The lines of a set of characters in reading order, upright ones first. Characters printed twice count once. */
export function buildLines(glyphs: readonly Glyph[]): TextLine[] {
  const turns = TURNS.filter((turn) => glyphs.some((glyph) => glyph.turn === turn));
  return turns.flatMap((turn) =>
    groupIntoLines(glyphs.filter((glyph) => glyph.turn === turn).map(place)).map((line) =>
      toLine(line, turn),
    ),
  );
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
  for (const one of line) {
    const isRepeated = kept
      .slice(-3)
      .some(
        (other) =>
          other.glyph.text === one.glyph.text &&
          Math.abs(other.start - one.start) < OVERPRINT_EM * Math.min(one.glyph.size, one.end - one.start) &&
          Math.abs(other.above - one.above) < OVERPRINT_EM * one.glyph.size,
      );
    if (!isRepeated) kept.push(one);
  }
  return kept;
}

function toLine(placed: readonly Placed[], turn: Turn): TextLine {
  let text = '';
  for (const [i, one] of placed.entries()) {
    const before = placed[i - 1];
    if (before && isSpaced(before, one)) text += ' ';
    text += one.glyph.text;
  }
  const glyphs = placed.map((one) => one.glyph);
  return {
    text,
    glyphs,
    turn,
    size: Math.max(...glyphs.map((glyph) => glyph.size)),
    box: unionBox(glyphs.map((glyph) => glyph.box)),
  };
}

function isSpaced(before: Placed, after: Placed): boolean {
  const em = Math.max(before.glyph.size, after.glyph.size, 1);
  const gap = (after.start - before.end) / em;
  if (after.glyph.isAfterSpace && gap > MARKED_SPACE_EM) return true;
  const isCjk = CJK.test(before.glyph.text) && CJK.test(after.glyph.text);
  return gap > (isCjk ? CJK_SPACE_EM : SPACE_EM);
}
