import type { Job } from '../ports/job-queue.js';

/** Jobs in order of arrival; adding, taking and removing one take constant time. */
export class JobLine {
  #jobs = new Map<string, Job>();
  /** Kept between calls: a new iterator would walk over the gaps that taken jobs leave at the front. */
  #order = this.#jobs.values();

  get size(): number {
    return this.#jobs.size;
  }

  push(job: Job): void {
    this.#jobs.set(job.runKey, job);
  }

  /** Puts a job back in front of all others; rare, so that building the line anew does not matter. */
  unshift(job: Job): void {
    this.#jobs = new Map([[job.runKey, job], ...this.#jobs]);
    this.#order = this.#jobs.values();
  }

  shift(): Job | undefined {
    if (this.#jobs.size === 0) return undefined;
    let next = this.#order.next();
    if (next.done) {
      // An iterator that has come to the end stays there, also when jobs were added later.
      this.#order = this.#jobs.values();
      next = this.#order.next();
    }
    if (next.value) this.#jobs.delete(next.value.runKey);
    return next.value;
  }

  remove(runKey: string): boolean {
    return this.#jobs.delete(runKey);
  }
}
