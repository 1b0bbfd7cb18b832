import type { RulingLine } from '../model/geometry.js';
import type { Glyph } from './glyph.js';
import { lineOf, type TextLine } from './text-line.js';

/** A page's characters, those struck out marked as such, and the ruling lines that strike nothing out. */
export interface StruckPrint {
  readonly glyphs: readonly Glyph[];
  readonly rulings: readonly RulingLine[];
}

/** Strikes run between these heights of a character's box (shares from its top); underlines lie below. */
const HIGHEST_STRIKE = 0.3;
const LOWEST_STRIKE = 0.7;
/** Strikes are at most so thick (points). */
const THICKEST_STRIKE = 2;
/** Lines at one height with gaps up to this (points) are one: borders come in pieces, cell by cell or in dashes. */
const JOIN_GAP = 2;
/** Heights this close (points) are one. */
const SAME_HEIGHT = 0.3;
/** A strike starts and ends where its characters do, within this (em) … */
const END_EM = 0.2;
/** … but blanks behind them are struck too. */
const BLANK_EM = 0.6;

interface Bar {
  readonly at: number;
  readonly from: number;
  to: number;
  struck: Glyph[] | null;
}

/**
 * Marks the characters that a line strikes out, as programs print tracked deletions. Such a line runs through the
 * middle of characters and, unlike a border that text runs over, begins with the first and ends with the last of them.
 */
export function findStruck(print: StruckPrint): StruckPrint {
  const bars = joinBars(print.rulings);
  if (bars.length === 0) return print;
  for (const glyph of print.glyphs) strikeWith(bars, glyph);
  const strikes = bars.filter(isStrike);
  if (strikes.length === 0) return print;
  const struck = new Set(strikes.flatMap((bar) => bar.struck ?? []));
  return {
    glyphs: print.glyphs.map((glyph) => (struck.has(glyph) ? { ...glyph, isStruck: true } : glyph)),
    rulings: print.rulings.filter((line) => !strikes.some((bar) => isPartOf(line, bar))),
  };
}

/**
 * The lines without what is struck out of them, `null` where nothing else is there. Then the lines are better kept
 * and doubted: whoever strikes a number out mostly prints another for it, and one without may as well be a mistake of
 * the page's program, or a border that text runs over.
 */
export function withoutStruck(lines: readonly TextLine[]): TextLine[] | null {
  const kept = lines.flatMap((line) => {
    const left = line.glyphs.filter(({ isStruck }) => isStruck !== true);
    if (left.length === line.glyphs.length) return [line];
    return left.length === 0 ? [] : [lineOf(left, line.turn)];
  });
  return kept.length === 0 ? null : kept;
}

/** Whether any character of the lines is struck out. */
export function hasStruck(lines: readonly TextLine[]): boolean {
  return lines.some(({ glyphs }) => glyphs.some(({ isStruck }) => isStruck === true));
}

/** Thin level lines by height, pieces of one line joined. */
function joinBars(rulings: readonly RulingLine[]): Bar[] {
  const level = rulings.filter(
    (line) => line.direction === 'horizontal' && line.thickness <= THICKEST_STRIKE,
  );
  const byHeight = level.sort((a, b) => a.at - b.at || a.from - b.from);
  const bars: Bar[] = [];
  for (let i = 0; i < byHeight.length;) {
    const top = byHeight[i]?.at ?? 0;
    let end = i + 1;
    while ((byHeight[end]?.at ?? Infinity) - top <= SAME_HEIGHT) end++;
    const row =
      end - i === 1 ? byHeight.slice(i, end) : byHeight.slice(i, end).sort((a, b) => a.from - b.from);
    let last: Bar | null = null;
    for (const { from, to } of row) {
      if (last && from - last.to <= JOIN_GAP) last.to = Math.max(last.to, to);
      else bars.push((last = { at: top, from, to, struck: null }));
    }
    i = end;
  }
  return bars;
}

/** Notes the character at the bars that run through its middle over its whole width. */
function strikeWith(bars: readonly Bar[], glyph: Glyph): void {
  const { box, size } = glyph;
  if (glyph.turn !== 0 || glyph.certainty !== undefined) return;
  const height = box.bottom - box.top;
  const lowest = box.top + LOWEST_STRIKE * height;
  for (let i = firstBelow(bars, box.top + HIGHEST_STRIKE * height); i < bars.length; i++) {
    const bar = bars[i];
    if (!bar || bar.at > lowest) return;
    const slack = END_EM * size;
    if (bar.from <= box.left + slack && bar.to >= box.right - slack) (bar.struck ??= []).push(glyph);
  }
}

/** Index of the first bar at or below `height`. */
function firstBelow(bars: readonly Bar[], height: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bars[middle]?.at ?? Infinity) < height) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isStrike({ from, to, struck }: Bar): boolean {
  if (!struck) return false;
  let [left, right, size] = [Infinity, -Infinity, 0];
  for (const glyph of struck) {
    left = Math.min(left, glyph.box.left);
    right = Math.max(right, glyph.box.right);
    size = Math.max(size, glyph.size);
  }
  return (
    Math.abs(from - left) <= END_EM * size && to - right <= BLANK_EM * size && right - to <= END_EM * size
  );
}

function isPartOf(line: RulingLine, bar: Bar): boolean {
  return (
    line.direction === 'horizontal' &&
    Math.abs(line.at - bar.at) <= SAME_HEIGHT &&
    line.from >= bar.from &&
    line.to <= bar.to
  );
}
