import { type Level, logistic, logOdds } from '../../src/confidence/levels.js';
import { REVIEW_BELOW } from '../../src/confidence/score-record.js';

/** One field: the sum of its effects, and whether it was right. */
export interface Observation {
  readonly document: number;
  readonly odds: number;
  readonly isRight: boolean;
}

/** Observations between two bounds; every document counts once, since its fields go wrong together. */
interface Bin {
  readonly odds: number;
  readonly right: number;
  readonly documents: number;
}

const LEVEL_SETTINGS = {
  /** Bounds of the bins, in log-odds. */
  bounds: [-Infinity, -6, -4.5, -3, -2, -1, 0, 1, logOdds(REVIEW_BELOW)],
  /** A wrong field counts as this many: layouts that nobody drew will go wrong more often than these. */
  wrongWeight: 1.5,
  /** Pull towards the plain sum, in documents. */
  priorDocuments: 5,
  /** What is shown to a person stays so: no level reaches the bound of the review. */
  highest: REVIEW_BELOW - 0.01,
} as const;

/** Fits the rising curve from summed effects to observed log-odds below the bound of the review. */
export function fitLevels(observations: readonly Observation[]): Level[] {
  const end = logOdds(REVIEW_BELOW);
  const bins = poolAdjacent(binObservations(observations.filter(({ odds }) => odds < end)));
  const levels = bins.map(({ odds, right }) => ({
    odds: round(odds),
    settled: round(logOdds(Math.min(LEVEL_SETTINGS.highest, right))),
  }));
  return [...levels, { odds: end, settled: end }];
}

function binObservations(observations: readonly Observation[]): Bin[] {
  const { bounds, priorDocuments } = LEVEL_SETTINGS;
  return bounds.slice(0, -1).flatMap((from, i): Bin[] => {
    const own = observations.filter(({ odds }) => odds >= from && odds < (bounds[i + 1] ?? Infinity));
    const documents = byDocument(own).map(summarise);
    if (documents.length === 0) return [];
    const odds = mean(documents.map((one) => one.odds));
    const right = documents.reduce((sum, one) => sum + one.right, priorDocuments * logistic(odds));
    return [{ odds, right: right / (documents.length + priorDocuments), documents: documents.length }];
  });
}

function byDocument(observations: readonly Observation[]): Observation[][] {
  const groups = new Map<number, Observation[]>();
  for (const one of observations) {
    const group = groups.get(one.document);
    if (group) group.push(one);
    else groups.set(one.document, [one]);
  }
  return [...groups.values()];
}

function summarise(fields: readonly Observation[]): { odds: number; right: number } {
  const right = fields.filter(({ isRight }) => isRight).length;
  const wrong = (fields.length - right) * LEVEL_SETTINGS.wrongWeight;
  return { odds: mean(fields.map(({ odds }) => odds)), right: right / (right + wrong) };
}

/** Neighbours that fall instead of rising become one, until all rise (the method of pooled adjacent violators). */
function poolAdjacent(bins: readonly Bin[]): Bin[] {
  const pooled: Bin[] = [];
  for (const bin of bins) {
    let last = bin;
    for (let before = pooled.at(-1); before && before.right >= last.right; before = pooled.at(-1)) {
      pooled.pop();
      last = merge(before, last);
    }
    pooled.push(last);
  }
  return pooled;
}

function merge(a: Bin, b: Bin): Bin {
  const documents = a.documents + b.documents;
  const weighed = (x: number, y: number): number => (x * a.documents + y * b.documents) / documents;
  return { odds: weighed(a.odds, b.odds), right: weighed(a.right, b.right), documents };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
