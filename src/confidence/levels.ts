/**
 * A point of the curve from the sum of a field's effects to the log-odds that such fields turned out to have. Doubts that
 * come together are often one doubt with several signs, so that their plain sum claims far too little.
 */
export interface Level {
  /** The sum of the effects, in log-odds. */
  readonly odds: number;
  /** Log-odds of being right, as observed. */
  readonly settled: number;
}

/**
 * Reads the curve: straight between its points, flat below the first, and the sum itself from the last point on.
 * `levels` rise in both numbers, and in the last one both are the same.
 */
export function settleOdds(odds: number, levels: readonly Level[]): number {
  const next = levels.findIndex((level) => level.odds > odds);
  if (next < 0) return odds;
  const [from, to] = [levels[next - 1], levels[next]];
  if (!from || !to) return to?.settled ?? odds;
  const share = (odds - from.odds) / (to.odds - from.odds);
  return from.settled + share * (to.settled - from.settled);
}

/** The probability that belongs to log-odds. */
export function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** The log-odds that belong to a probability. */
export function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability));
}
