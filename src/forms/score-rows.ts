import type { EvidenceRow } from './evidence-rows.js';
import { isValueLike, type Slot } from './slot.js';
import type { FormRow } from './form.js';
import type { FormLine } from './form-lines.js';
import { scoreLabels, prepareText, type PreparedText } from './match-label.js';
import { onceEach } from '../text/once-each.js';

/**
 * How similar a row's label is, 0 to 1: at least so much to be one, so much for a text by itself to name a row (less is a
 * piece of its label), and so much to leave no doubt.
 */
export const LABEL = { least: 0.55, plain: 0.85, sure: 0.95 } as const;

/** Settings of the texts that may be a label, in units of label similarity. */
const CANDIDATE_SETTINGS = {
  /** Candidates that do not end beside the values are worth this much less. */
  awayFromValues: 0.25,
  /** How many texts in front of the values may make up a label. */
  maxLabelTexts: 12,
  /** A row of cells has at most this many texts (group, sub-group, label); each further one makes it less a row. */
  usualTexts: 3,
  surplusText: 0.12,
} as const;

/** The rows of a list of lines, always the same list for the same lines: scores are remembered under it. */
const formRows = onceEach((lines: readonly FormLine[]): readonly FormRow[] => lines.map(({ row }) => row));

/** How well a printed row's texts fit each line of the form. */
export interface RowScore {
  /** Label score against every line of the form. */
  readonly labels: Float64Array;
  /** The best of them, at least 0, and the best of the others. */
  readonly best: number;
  readonly second: number;
  /** The best against lines with numbers, and against those that only head others. */
  readonly data: number;
  readonly other: number;
}

export const NO_SCORE: RowScore = { labels: new Float64Array(), best: 0, second: 0, data: 0, other: 0 };

/** What a row's texts say, worked out once for all forms and readings: rows read with less trust share their slots. */
interface RowTexts {
  readonly isStream: boolean;
  readonly candidates: readonly Candidate[];
  readonly scores: Map<readonly FormLine[], RowScore>;
}

interface Candidate {
  readonly text: PreparedText;
  readonly discount: number;
}

let textsOfRows = new WeakMap<readonly Slot[], RowTexts>();

/**
 * Forgets what the rows of a document said. They would be forgotten with the document, but small collections take what is
 * remembered under a dead thing for alive, and make it old.
 */
export function forgetRows(): void {
  textsOfRows = new WeakMap();
}

/** The label texts of a row. */
function rowTexts(row: EvidenceRow): RowTexts {
  const known = textsOfRows.get(row.slots);
  const isStream = row.geometry === 'stream';
  if (known?.isStream === isStream) return known;
  const made = { isStream, candidates: findCandidates(row), scores: new Map() };
  textsOfRows.set(row.slots, made);
  return made;
}

/** The score of a printed row against all lines of a form. */
export function scoreRow(row: EvidenceRow, lines: readonly FormLine[]): RowScore {
  const texts = rowTexts(row);
  const known = texts.scores.get(lines);
  if (known) return known;
  const score = scoreCandidates(texts.candidates, lines);
  texts.scores.set(lines, score);
  return score;
}

function scoreCandidates(candidates: readonly Candidate[], lines: readonly FormLine[]): RowScore {
  const targets = formRows(lines);
  let labels: Float64Array | null = null;
  for (const { text, discount } of candidates) {
    const scores = scoreLabels(text, targets);
    if (scores.best <= discount) continue;
    labels ??= new Float64Array(lines.length);
    for (let j = 0; j < labels.length; j++) {
      const score = (scores.each[j] ?? 0) - discount;
      if (score > (labels[j] ?? 0)) labels[j] = score;
    }
  }
  return labels === null ? nothingNamed(lines) : sumUp(labels, lines);
}

/** The score of a row that names no line, kept once for all such rows. */
const nothingNamed = onceEach((lines: readonly FormLine[]) => sumUp(new Float64Array(lines.length), lines));

function sumUp(labels: Float64Array, lines: readonly FormLine[]): RowScore {
  let [best, second, data, other] = [0, 0, 0, 0];
  for (let j = 0; j < labels.length; j++) {
    const score = labels[j] ?? 0;
    second = Math.max(second, Math.min(best, score));
    best = Math.max(best, score);
    if (lines[j]?.row.kind === 'data') data = Math.max(data, score);
    else other = Math.max(other, score);
  }
  return { labels, best, second, data, other };
}

/** The line of the form that a text by itself plainly names, and better than `beyond`, if it names one. */
export function lineNamed(text: string, lines: readonly FormLine[], beyond = 0): FormLine | null {
  const { each, best } = scoreLabels(prepareText(text), formRows(lines));
  return best >= LABEL.plain && best > beyond ? (lines[each.indexOf(best)] ?? null) : null;
}

/** How well a text by itself names any line of the form, 0 to 1. */
export function bestScore(text: string, lines: readonly FormLine[]): number {
  return scoreLabels(prepareText(text), formRows(lines)).best;
}

/** Whether a row has any text that could be a label. */
export function hasLabelText(row: EvidenceRow): boolean {
  return rowTexts(row).candidates.length > 0;
}

/** The texts of a row that may be its label: each alone, and neighbours joined, nearest to the values first. */
function findCandidates(row: EvidenceRow): Candidate[] {
  const all = row.slots.filter((slot) => !isValueLike(slot) && !slot.isUnit).map((slot) => slot.text);
  const surplus = row.geometry === 'stream' ? 0 : Math.max(0, all.length - CANDIDATE_SETTINGS.usualTexts);
  const texts = all.slice(-CANDIDATE_SETTINGS.maxLabelTexts);
  const candidates: Candidate[] = [];
  for (let end = texts.length; end > 0; end--) {
    const longest = end === texts.length ? texts.length : Math.min(end, 3);
    for (let length = 1; length <= longest; length++) {
      const text = prepareText(texts.slice(end - length, end).join(''));
      const away = end === texts.length ? 0 : CANDIDATE_SETTINGS.awayFromValues;
      candidates.push({ text, discount: away + surplus * CANDIDATE_SETTINGS.surplusText });
    }
  }
  return candidates;
}
