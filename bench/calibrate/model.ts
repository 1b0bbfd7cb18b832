import {
  CAUSES,
  type CauseName,
  type CauseVector,
  type Coefficients,
  type ConfidenceModel,
  isAbsence,
} from '../../src/confidence/causes.js';
import { sumOf } from '../../src/confidence/score-fields.js';
import { fitLevels } from './fit-levels.js';
import { fitLogistic, type Group, type Limit } from './fit-logistic.js';
import type { Sample } from './sample.js';

/** Settings of the fit. */
const MODEL_SETTINGS = {
  /** A wrong field counts as this many: layouts that nobody drew will go wrong more often than these. */
  wrongWeight: 1.5,
  /** A field of the corpus counts as this many generated ones. */
  corpusWeight: 3,
  /** Pull towards the priors, in observations. */
  priorStrength: 2,
  /** Pull of the bias, which everything decides. */
  biasStrength: 0.01,
  /** Causes are told apart to this many steps from 0 to 1. */
  steps: 50,
} as const;

/** Where a coefficient stays without observations: a doubt that was never seen is still a doubt. */
const PRIORS: Readonly<Partial<Record<CauseName, number>>> = {
  bias: 6,
  'value:text': -4,
  'column:guess': -4,
  'table:doubtful': -3,
  'absent:unfound': -4,
  'reading:recognised': -0.4,
  'reading:unsure': -8,
  'reading:blank': -0.5,
  'reading:contradicted': -4,
  'identity:holds': 0,
  'identity:holds-twice': 0,
};
const OTHER_PRIOR = -0.5;

/**
 * How much of a say the observations have. No doubt may weigh less than this: drawn reports show some too seldom, or
 * where they do no harm, for their weight in layouts that nobody drew. And nothing may speak for a field more than
 * this, so that a few sums that agree by chance never drown a doubt.
 */
const CAUTION: Readonly<Partial<Record<CauseName, number>>> = {
  bias: 7,
  'geometry:aligned': -0.4,
  'geometry:ordered': -0.3,
  'geometry:stream': -0.8,
  'label:unlike': -4,
  'label:lost': -4,
  'label:rival': -0.2,
  'label:better-elsewhere': -3,
  'column:identity': -2,
  'column:guess': -4,
  'column:guess-zero': -2,
  'column:beside-heads': -3,
  'row:unplaced': -3.5,
  'row:unplaced-zero': -4.5,
  'row:no-total': -3,
  'table:no-totals': -5,
  'table:incomplete': -7,
  'table:doubtful': -2,
  'table:unexplained': -8,
  'table:contradicted': -4.5,
  'table:all-blank': -1,
  'value:remark': -0.5,
  'value:text': -4,
  'value:blank': -0.3,
  'value:blank-unusual': -7,
  'identity:holds': 1.5,
  'identity:holds-twice': 1,
  'identity:slip-loose': -2,
  'identity:fails': -3,
  'identity:partless': -3,
};

const SUPPORTING: ReadonlySet<CauseName> = new Set<CauseName>(['identity:holds', 'identity:holds-twice']);

/** Fits the effects of all causes, and then what share of fields with such a sum of effects was right. */
export function fitModel(samples: readonly Sample[]): ConfidenceModel {
  const coefficients = fitCoefficients(samples);
  const observations = samples
    .filter(({ causes }) => !isAbsence(causes))
    .map(({ document, causes, isRight }) => ({ document, odds: sumOf(causes, { coefficients }), isRight }));
  return { coefficients, levels: fitLevels(observations) };
}

/** One coefficient a cause; no doubt may raise a confidence, no support may lower it. */
function fitCoefficients(samples: readonly Sample[]): Coefficients {
  const limits = CAUSES.map(limitOf);
  const fitted = fitLogistic(groupSamples(samples), limits);
  return Object.fromEntries(
    CAUSES.map((cause, j) => [cause, Math.round((fitted[j] ?? 0) * 100) / 100]),
  ) as Record<CauseName, number>;
}

function limitOf(cause: CauseName): Limit {
  const prior = PRIORS[cause] ?? OTHER_PRIOR;
  if (cause === 'bias') {
    return { least: -Infinity, most: CAUTION.bias ?? Infinity, prior, strength: MODEL_SETTINGS.biasStrength };
  }
  const [least, most] = [SUPPORTING.has(cause) ? 0 : -Infinity, CAUTION[cause] ?? 0];
  return {
    least,
    most,
    prior: Math.max(least, Math.min(most, prior)),
    strength: MODEL_SETTINGS.priorStrength,
  };
}

function groupSamples(samples: readonly Sample[]): Group[] {
  const groups = new Map<string, { features: Float64Array; size: number; wrong: number }>();
  for (const sample of samples) {
    const features = featuresOf(sample.causes);
    const name = features.join();
    const group = groups.get(name) ?? { features, size: 0, wrong: 0 };
    const weight =
      (sample.source === 'corpus' ? MODEL_SETTINGS.corpusWeight : 1) *
      (sample.isRight ? 1 : MODEL_SETTINGS.wrongWeight);
    group.size += weight;
    if (!sample.isRight) group.wrong += weight;
    groups.set(name, group);
  }
  return [...groups.values()];
}

function featuresOf(causes: CauseVector): Float64Array {
  return Float64Array.from(
    CAUSES,
    (cause) => Math.round((causes[cause] ?? 0) * MODEL_SETTINGS.steps) / MODEL_SETTINGS.steps,
  );
}
