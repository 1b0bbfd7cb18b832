import { logistic } from '../../src/confidence/levels.js';

/** Observations with the same causes: `size` of them, `wrong` of which were wrong (both weighted). */
export interface Group {
  readonly features: Float64Array;
  readonly size: number;
  readonly wrong: number;
}

/** What the fit may do with one coefficient. */
export interface Limit {
  readonly least: number;
  readonly most: number;
  /** Where the coefficient stays when the observations say nothing about it. */
  readonly prior: number;
  /** How hard it is pulled there: 1 ÷ variance of the prior. */
  readonly strength: number;
}

const FIT_SETTINGS = { mostRounds: 400, tolerance: 1e-5, longestStep: 1 } as const;

/**
 * Fits P(right) = logistic(coefficients · features) by penalised maximum likelihood: Newton steps one coordinate at a
 * time, each cut off at its limits. Convex, so the order does not matter.
 */
export function fitLogistic(groups: readonly Group[], limits: readonly Limit[]): number[] {
  const coefficients = limits.map((limit) => limit.prior);
  const odds = groups.map((group) => dot(group.features, coefficients));
  const active = limits.map((_, j) => groups.flatMap((group, i) => (group.features[j] ? [i] : [])));
  for (let round = 0; round < FIT_SETTINGS.mostRounds; round++) {
    let largest = 0;
    limits.forEach((limit, j) => {
      const step = newtonStep(groups, odds, active[j] ?? [], j, coefficients[j] ?? 0, limit);
      if (step === 0) return;
      coefficients[j] = (coefficients[j] ?? 0) + step;
      for (const i of active[j] ?? []) odds[i] = (odds[i] ?? 0) + step * (groups[i]?.features[j] ?? 0);
      largest = Math.max(largest, Math.abs(step));
    });
    if (largest < FIT_SETTINGS.tolerance) break;
  }
  return coefficients;
}

function newtonStep(
  groups: readonly Group[],
  odds: readonly number[],
  active: readonly number[],
  feature: number,
  coefficient: number,
  limit: Limit,
): number {
  let slope = -limit.strength * (coefficient - limit.prior);
  let curvature = limit.strength;
  for (const i of active) {
    const group = groups[i];
    if (!group) continue;
    const x = group.features[feature] ?? 0;
    const right = logistic(odds[i] ?? 0);
    slope += x * (group.size - group.wrong - group.size * right);
    curvature += x * x * group.size * right * (1 - right);
  }
  const step = Math.max(-FIT_SETTINGS.longestStep, Math.min(FIT_SETTINGS.longestStep, slope / curvature));
  return Math.max(limit.least, Math.min(limit.most, coefficient + step)) - coefficient;
}

function dot(features: Float64Array, coefficients: readonly number[]): number {
  let sum = 0;
  for (let j = 0; j < features.length; j++) sum += (features[j] ?? 0) * (coefficients[j] ?? 0);
  return sum;
}
