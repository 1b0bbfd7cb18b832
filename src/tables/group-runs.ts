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
