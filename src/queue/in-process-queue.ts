import { asAppError } from '../errors/app-error.js';
import type { Clock } from '../ports/clock.js';
import type { ConsumeOptions, Consumer, Job, JobQueue, NewJob, QueueDepth } from '../ports/job-queue.js';
import type { Priority } from '../model/run.js';
import { endWithin } from './end-within.js';
import { JobLine } from './job-line.js';
import { decideRetry } from './retry-policy.js';

const SECOND_MS = 1_000;

/**
 * Jobs in this process's memory. It forgets everything when the process ends, which is why whoever consumes it fills
 * it from the store first; several processes do not share it.
 */
export class InProcessQueue implements JobQueue {
  readonly #known = new Set<string>();
  readonly #lines: Readonly<Record<Priority, JobLine>> = { interactive: new JobLine(), batch: new JobLine() };
  readonly #delayed = new Map<string, NodeJS.Timeout>();
  readonly #starts: number[] = [];
  #active = 0;
  #wake: (() => void)[] = [];

  constructor(private readonly clock: Clock) {}

  add(jobs: readonly NewJob[]): Promise<void> {
    for (const job of jobs) {
      if (this.#known.has(job.runKey)) continue;
      this.#known.add(job.runKey);
      this.#lines[job.priority].push({ ...job, attempt: 1 });
    }
    this.#wakeAll();
    return Promise.resolve();
  }

  remove(runKey: string): Promise<void> {
    const waited = Object.values(this.#lines).some((line) => line.remove(runKey));
    const timer = this.#delayed.get(runKey);
    clearTimeout(timer);
    this.#delayed.delete(runKey);
    if (waited || timer) this.#known.delete(runKey);
    return Promise.resolve();
  }

  depth(): Promise<QueueDepth> {
    const waiting = this.#lines.interactive.size + this.#lines.batch.size;
    return Promise.resolve({ waiting, active: this.#active, delayed: this.#delayed.size });
  }

  consume(options: ConsumeOptions): Promise<Consumer> {
    const stopping = new AbortController();
    const abort = new AbortController();
    const lanes = Array.from({ length: options.concurrency }, () =>
      this.#runLane(options, stopping.signal, abort.signal),
    );
    const close = async () => {
      stopping.abort();
      this.#wakeAll();
      await Promise.all(lanes);
    };
    return Promise.resolve({ stop: (graceMs: number) => endWithin(graceMs, close, abort) });
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    for (const timer of this.#delayed.values()) clearTimeout(timer);
    this.#delayed.clear();
    return Promise.resolve();
  }

  async #runLane(options: ConsumeOptions, stopping: AbortSignal, abort: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const pauseMs = this.#pauseForRate(options.jobsPerSecond);
      const job = pauseMs > 0 ? undefined : (this.#lines.interactive.shift() ?? this.#lines.batch.shift());
      if (!job) {
        await this.#nextJob(pauseMs, stopping);
        continue;
      }
      if (options.jobsPerSecond !== null) this.#starts.push(this.clock.now());
      this.#active += 1;
      await this.#handle(job, options, abort);
      this.#active -= 1;
    }
  }

  async #handle(job: Job, options: ConsumeOptions, abort: AbortSignal): Promise<void> {
    try {
      await options.handle(job, abort);
      this.#known.delete(job.runKey);
    } catch (thrown) {
      if (abort.aborted) return this.#lines[job.priority].unshift(job);
      const decision = decideRetry(asAppError(thrown, 'INVARIANT_BROKEN'), job.attempt, this.clock.random());
      if (decision.kind === 'retry') this.#delay(job, decision.delayMs);
      else await this.#bury(job, thrown, options);
    }
  }

  async #bury(job: Job, thrown: unknown, options: ConsumeOptions): Promise<void> {
    try {
      await options.onDead(job, asAppError(thrown, 'INVARIANT_BROKEN'));
      this.#known.delete(job.runKey);
    } catch (failure) {
      const decision = decideRetry(
        asAppError(failure, 'STORE_UNAVAILABLE'),
        job.attempt,
        this.clock.random(),
      );
      this.#delay(job, decision.kind === 'retry' ? decision.delayMs : SECOND_MS);
    }
  }

  #delay(job: Job, delayMs: number): void {
    const timer = setTimeout(() => {
      this.#delayed.delete(job.runKey);
      this.#lines[job.priority].push({ ...job, attempt: job.attempt + 1 });
      this.#wakeAll();
    }, delayMs);
    this.#delayed.set(job.runKey, timer);
  }

  /** Milliseconds until one more start fits into the last second; 0 where it fits now. */
  #pauseForRate(jobsPerSecond: number | null): number {
    const now = this.clock.now();
    while ((this.#starts[0] ?? now) <= now - SECOND_MS) this.#starts.shift();
    if (jobsPerSecond === null || this.#starts.length < jobsPerSecond) return 0;
    return (this.#starts[0] ?? now) + SECOND_MS - now;
  }

  /** Resolves when there may be something to do: a job came, the pause is over, or the consumer stops. */
  #nextJob(pauseMs: number, stopping: AbortSignal): Promise<void> {
    if (stopping.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = pauseMs > 0 ? setTimeout(resolve, pauseMs) : undefined;
      this.#wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #wakeAll(): void {
    const sleepers = this.#wake;
    this.#wake = [];
    for (const wake of sleepers) wake();
  }
}
