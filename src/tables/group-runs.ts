import type { Glyph } from './glyph.js';

/** Characters of one run lie at most this far apart (em) … */
const LARGEST_GAP_EM = 0.15;
/** … overlap by at most this much … */
const LARGEST_OVERLAP_EM = 0.4;
/** … and differ in height by at most this much. */
const LARGEST_DROP_EM = 0.25;

/**
 * Characters that the source prints one after the other without a gap: they belong together even where they spill
 * over a border. Order is that of the source.
 */
export function groupRuns(glyphs: readonly Glyph[]): Glyph[][] {
  const runs: Glyph[][] = [];
  let last: Glyph | null = null;
  for (const glyph of glyphs) {
    if (last && continues(last, glyph)) runs.at(-1)?.push(glyph);
    else runs.push([glyph]);
    last = glyph;
  }
  return runs;
}

function continues(before: Glyph, after: Glyph): boolean {
  if (after.isAfterSpace || before.turn !== 0 || after.turn !== 0) return false;
  const em = Math.max(before.size, after.size);
  const gap = after.box.left - before.box.right;
  return (
    gap <= LARGEST_GAP_EM * em &&
    gap >= -LARGEST_OVERLAP_EM * em &&
    Math.abs(after.box.bottom - before.box.bottom) <= LARGEST_DROP_EM * em
  );
}

/** The middle of a run of characters. */
export function middleOf(run: readonly Glyph[]): { x: number; y: number } {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return { x: 0, y: 0 };
  return {
    x: (first.box.left + last.box.right) / 2,
    y: (first.box.top + first.box.bottom) / 2,
  };
}

/** A character reaches over a border where it does so by more than this (em). */
const LARGEST_REACH_EM = 0.05;
/** Two cells stand this much further apart (em) than characters of one. */
const CELL_GAP_EM = 0.05;

/**
 * A run cut where two cells follow each other so closely that it seems one: at a border (`borders` ascending, in points)
 * that no character reaches over, between a word and a number or where the gap is wider than inside the run. A text that
 * spills over its border stays whole.
 */
export function cutAtBorders(run: Glyph[], borders: readonly number[]): Glyph[][] {
  if (borders.length === 0) return [run];
  const usual = usualGap(run);
  const parts: Glyph[][] = [];
  for (const [i, glyph] of run.entries()) {
    const before = run[i - 1];
    const isCut = !before || borders.some((border) => isCellEnd(border, before, glyph, usual));
    if (isCut) parts.push([glyph]);
    else parts.at(-1)?.push(glyph);
  }
  return parts;
}

function isCellEnd(border: number, before: Glyph, after: Glyph, usualGap: number): boolean {
  const em = Math.max(before.size, after.size);
  const reach = LARGEST_REACH_EM * em;
  if (before.box.right > border + reach || after.box.left < border - reach) return false;
  const isWide = after.box.left - before.box.right >= usualGap + CELL_GAP_EM * em;
  return isWide || isFigure(before) !== isFigure(after);
}

function isFigure(glyph: Glyph): boolean {
  return /[\d０-９.,，%]/.test(glyph.text);
}

function usualGap(run: readonly Glyph[]): number {
  const gaps = run.slice(1).map((glyph, i) => glyph.box.left - (run[i]?.box.right ?? 0));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
}
