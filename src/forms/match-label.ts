import { fold, foldLabel, numberingOf, similarity } from '../text/fold.js';
import { simplify } from '../text/simplify.js';
import { RecentMemory } from '../text/recent-memory.js';
import type { LabelledKey } from './form.js';
import { onceEach } from '../text/once-each.js';

/** A printed text prepared for comparison with labels. */
export interface PreparedText {
  /** Without numbering, brackets, punctuation and white space. */
  readonly bare: string;
  /** The numeral in front (`一`, `3`), or empty. */
  readonly numeral: string;
  /** Its scores so far, by the list of labels: the same texts and labels meet in every report. */
  readonly scores: Map<readonly Labelled[], LabelScores>;
}

/** How well a text names each of some rows or columns, 0 to 1, and the best of these scores. */
export interface LabelScores {
  readonly each: Float64Array;
  readonly best: number;
}

/** Something that several wordings name. */
export type Labelled = Pick<LabelledKey, 'labels'>;

/** Settings of the comparison, all in units of similarity (0 to 1). */
const LABEL_SETTINGS = {
  /** Same numeral in front of both. */
  sameNumeral: 0.08,
  /** Different numerals in front of both. */
  otherNumeral: -0.2,
  /** A text that holds a whole label among other words is at most this good. */
  containsLabel: 0.9,
  /** A text that is a piece of a label is at most this good. */
  pieceOfLabel: 0.8,
  /** Shortest piece that says anything. */
  shortestPiece: 4,
  /** Below this two texts have nothing to do with each other. */
  floor: 0.45,
} as const;

/**
 * So many texts are remembered: a report has a few hundred, most of them the form's own words, which have to last over
 * the words that only some reports print.
 */
const prepared = new RecentMemory<PreparedText>(4_000);

/** Longer texts are no labels that come back, and cost memory. */
const LONGEST_REMEMBERED = 200;

/** Prepares a text; remembers what it prepared, since the same labels come back in every report. */
export function prepareText(text: string): PreparedText {
  return text.length <= LONGEST_REMEMBERED ? prepared.recall(text, prepare) : prepare(text);
}

function prepare(text: string): PreparedText {
  const folded = simplify(fold(text));
  return {
    bare: foldLabel(folded),
    numeral: numberingOf(folded).replace(/[^一二三四五六七八九十\d]/g, ''),
    scores: new Map(),
  };
}

/** The wordings of a label of a form. */
const wordingsOf = onceEach((target: Labelled): readonly PreparedText[] => target.labels.map(prepare));

/**
 * How well a printed text names each of some rows or columns, 0 to 1: the best over all wordings of the label. The list
 * of targets has to be one that lasts: scores are remembered under it.
 */
export function scoreLabels(text: PreparedText, targets: readonly Labelled[]): LabelScores {
  const known = text.scores.get(targets);
  if (known) return known;
  const scores = scoreAll(text, targets);
  text.scores.set(targets, scores);
  return scores;
}

/** The scores alone, in the order of the targets. */
export function labelScores(text: PreparedText, targets: readonly Labelled[]): Float64Array {
  return scoreLabels(text, targets).each;
}

function scoreAll(text: PreparedText, targets: readonly Labelled[]): LabelScores {
  const each = new Float64Array(targets.length);
  let best = 0;
  for (const [i, target] of targets.entries()) {
    const score = labelScore(text, target);
    each[i] = score;
    best = Math.max(best, score);
  }
  return best > 0 ? { each, best } : nothingNamed(targets);
}

/** The scores of a text that names none of the targets, kept once for all such texts. */
const nothingNamed = onceEach((targets: readonly Labelled[]): LabelScores => ({
  each: new Float64Array(targets.length),
  best: 0,
}));

function labelScore(text: PreparedText, target: Labelled): number {
  let best = 0;
  for (const wording of wordingsOf(target)) best = Math.max(best, wordingScore(text, wording));
  return best;
}

function wordingScore(text: PreparedText, label: PreparedText): number {
  const base = bareScore(text.bare, label.bare);
  if (base < LABEL_SETTINGS.floor) return 0;
  return Math.min(1, Math.max(0, base + numeralEffect(text.numeral, label.numeral, base)));
}

function numeralEffect(a: string, b: string, base: number): number {
  if (a === '' || b === '') return 0;
  if (a === b) return LABEL_SETTINGS.sameNumeral;
  return base === 1 ? LABEL_SETTINGS.otherNumeral / 2 : LABEL_SETTINGS.otherNumeral;
}

function bareScore(text: string, label: string): number {
  if (text === label) return text === '' ? 0 : 1;
  if (text === '' || label === '') return 0;
  if (commonCharactersBound(text, label) < LABEL_SETTINGS.floor) return containment(text, label);
  return Math.max(similarity(text, label), containment(text, label));
}

function containment(text: string, label: string): number {
  const share = Math.min(text.length, label.length) / Math.max(text.length, label.length);
  const weight = 0.75 + share / 4;
  if (label.length >= LABEL_SETTINGS.shortestPiece && text.includes(label)) {
    return LABEL_SETTINGS.containsLabel * weight;
  }
  if (text.length >= LABEL_SETTINGS.shortestPiece && label.includes(text))
    return LABEL_SETTINGS.pieceOfLabel * weight;
  return 0;
}

/** Upper bound of the similarity, from lengths and first sight of shared characters. */
function commonCharactersBound(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const most = (2 * short.length) / (a.length + b.length);
  if (most < LABEL_SETTINGS.floor) return most;
  let common = 0;
  for (const character of short) if (long.includes(character)) common++;
  return (2 * common) / (a.length + b.length);
}
