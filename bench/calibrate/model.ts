import { CAUSES, type CauseName, type CauseVector, type Coefficients } from '../../src/confidence/causes.js';
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

const SUPPORTING: ReadonlySet<CauseName> = new Set<CauseName>(['identity:holds', 'identity:holds-twice']);

/** Fits the coefficients of all causes; no doubt may raise a confidence, no support may lower it. */
export function fitModel(samples: readonly Sample[]): Coefficients {
  const limits = CAUSES.map(limitOf);
  const fitted = fitLogistic(groupSamples(samples), limits);
  return Object.fromEntries(
    CAUSES.map((cause, j) => [cause, Math.round((fitted[j] ?? 0) * 100) / 100]),
  ) as Record<CauseName, number>;
}

function limitOf(cause: CauseName): Limit {
  if (cause === 'bias')
    return { sign: 'any', prior: PRIORS.bias ?? 0, strength: MODEL_SETTINGS.biasStrength };
  return {
    sign: SUPPORTING.has(cause) ? 'positive' : 'negative',
    prior: PRIORS[cause] ?? OTHER_PRIOR,
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
