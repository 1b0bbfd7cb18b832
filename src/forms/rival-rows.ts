import type { EvidenceRow } from './evidence-rows.js';
import { trailingValues } from './slot.js';
import type { FormLine } from './form-lines.js';
import { LABEL, NO_SCORE, type RowScore } from './score-rows.js';

/** Labels that differ by less than this fit equally well. */
const AS_GOOD = 0.05;

/** From this similarity on a label is printed whole, if perhaps under another number; pieces of labels reach less. */
const WHOLE_LABEL = 0.9;

/** Fewer rows than this share left over are words of other tables that happen to name a line. */
const FEWEST_LEFT_OVER = 0.2;

/** Rows with values that plainly name a line and were not taken for one, a share of those taken (0 to 1). */
export function leftOverShare(
  rows: readonly EvidenceRow[],
  scores: readonly RowScore[],
  taken: ReadonlySet<number>,
): number {
  const left = scores.filter(
    ({ data }, i) => data >= LABEL.sure && !taken.has(i) && trailingValues(rows[i]?.slots ?? []).length > 0,
  ).length;
  const share = left / Math.max(1, taken.size);
  return share < FEWEST_LEFT_OVER ? 0 : Math.min(1, share);
}

/** Whether another row beside the one taken names the same line at least as well as any other, and has other values. */
export function hasOtherCopy(
  rows: readonly EvidenceRow[],
  scores: readonly RowScore[],
  taken: { readonly i: number; readonly j: number; readonly before: number; readonly after: number },
): boolean {
  const valuesOf = (i: number): string =>
    trailingValues(rows[i]?.slots ?? [])
      .map((slot) => slot.text)
      .join(' ');
  const own = valuesOf(taken.i);
  for (let i = taken.before + 1; i < taken.after; i++) {
    const { labels, best } = scores[i] ?? NO_SCORE;
    if (i === taken.i || best < LABEL.least || (labels[taken.j] ?? 0) < best) continue;
    const other = valuesOf(i);
    if (other.trim() !== '' && other !== own) return true;
  }
  return false;
}

/** Whether a row of the form that nothing else was taken for, and that could stand at this place, fits as well. */
export function hasFreeRival(
  labels: Float64Array,
  lines: readonly FormLine[],
  chosen: number,
  from: number,
  to: number,
): boolean {
  const label = labels[chosen] ?? 0;
  if (label < LABEL.least) return false;
  for (let j = from; j < to; j++) {
    const isRival = j !== chosen && lines[j]?.row.kind === 'data';
    if (isRival && (labels[j] ?? 0) > label - AS_GOOD) return true;
  }
  return false;
}

/** Whether a label is no more than a piece that several rows of the form have in common. */
export function isPieceOfSeveral(label: number, margin: number): boolean {
  return isPiece(label) && margin < AS_GOOD;
}

/** Whether a label is no more than a piece of that of another row. */
export function isPieceOfOther(label: number, margin: number): boolean {
  return isPiece(label) && margin < 0;
}

function isPiece(label: number): boolean {
  return label >= LABEL.least && label < WHOLE_LABEL;
}
