/** Times the stages of one document in milliseconds. */
export class Stopwatch {
  readonly #start = performance.now();
  readonly #laps: Record<string, number> = {};
  #last = this.#start;

  /** Ends a stage. */
  lap(stage: string): void {
    const now = performance.now();
    this.#laps[stage] = rounded((this.#laps[stage] ?? 0) + now - this.#last);
    this.#last = now;
  }

  laps(): Readonly<Record<string, number>> {
    return { ...this.#laps };
  }

  /** Since the beginning. */
  total(): number {
    return rounded(performance.now() - this.#start);
  }
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
