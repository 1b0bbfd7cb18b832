import type { AppError } from '../errors/app-error.js';
import type { Priority } from '../model/run.js';

/** A request for one run. The id is the run key, so the same request twice is one job. No bytes, no records. */
export interface NewJob {
  readonly runKey: string;
  readonly priority: Priority;
}

export interface Job extends NewJob {
  /** 1 for the first delivery that ended, 2 after one failure, and so on. */
  readonly attempt: number;
}

/** How many jobs wait, are being worked on, or wait for another try. */
export interface QueueDepth {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
}

export interface ConsumeOptions {
  readonly concurrency: number;
  /** At most so many jobs a second over all consumers; null for as many as go. */
  readonly jobsPerSecond: number | null;
  /**
   * Works on one job. Resolving ends it. An AppError that may pass is tried again after a pause; any other, or one
   * too many, is given to `onDead`. `signal` is aborted when the consumer must stop: hand the work back.
   */
  handle(job: Job, signal: AbortSignal): Promise<void>;
  /** The job is over without an outcome; what should be remembered of it is remembered here. */
  onDead(job: Job, error: AppError): Promise<void>;
}

/** A running consumer. */
export interface Consumer {
  /** Takes no further job, waits for those under way up to `graceMs`, then aborts and hands back what is left. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Delivers every job at least once, interactive before batch, and again when a consumer dies. Leaves out results,
 * schedules and dependencies between jobs: outcomes live in the RunStore, which also knows every job that should
 * exist, so that a queue that forgot some can be filled again.
 */
export interface JobQueue {
  /** Errors: QUEUE_UNAVAILABLE. */
  add(jobs: readonly NewJob[]): Promise<void>;
  /** Forgets a job that waits; one under way is not touched. */
  remove(runKey: string): Promise<void>;
  depth(): Promise<QueueDepth>;
  consume(options: ConsumeOptions): Promise<Consumer>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
