import type { RulingLine } from '../../model/geometry.js';
import type { Glyph } from '../glyph.js';
import type { TextLine } from '../text-line.js';

/** A rule that is typed has at least so many strokes; fewer may stand for a missing value. */
const FEWEST_STROKES = 5;
/** Strokes of one rule are at most this far apart (em). */
const STROKE_GAP_EM = 0.7;
const STROKES = /^[-_=–—―─━\s]+$/;

/** Lines of words, and the rules that are typed between them as rows of dashes. */
export interface TypedRules {
  readonly lines: readonly TextLine[];
  readonly rules: readonly RulingLine[];
}

/** Tables made with a typewriter's signs have rules of dashes, equals signs or low lines: those are no text. */
export function partTypedRules(lines: readonly TextLine[]): TypedRules {
  const rules: RulingLine[] = [];
  const words = lines.filter((line) => {
    const runs = STROKES.test(line.text) ? strokeRuns(line) : [];
    if (runs.length === 0 || runs.some((run) => run.length < FEWEST_STROKES)) return true;
    for (const run of runs) rules.push(ruleOf(run));
    return false;
  });
  return { lines: words.length === lines.length ? lines : words, rules };
}

function strokeRuns({ glyphs, size }: TextLine): Glyph[][] {
  const runs: Glyph[][] = [];
  let right = -Infinity;
  for (const glyph of glyphs) {
    if (glyph.box.left - right > STROKE_GAP_EM * size) runs.push([glyph]);
    else runs.at(-1)?.push(glyph);
    right = glyph.box.right;
  }
  return runs;
}

function ruleOf(run: readonly Glyph[]): RulingLine {
  const [first, last] = [run[0]?.box, run.at(-1)?.box];
  return {
    direction: 'horizontal',
    at: ((first?.top ?? 0) + (first?.bottom ?? 0)) / 2,
    from: first?.left ?? 0,
    to: last?.right ?? 0,
    thickness: 0,
  };
}
