import { asAppError } from '../errors/app-error.js';
import type { QueueName } from '../model/run.js';
import type { Consumer } from '../ports/job-queue.js';
import type { Queues } from '../queue/open-queues.js';
import { buryJob, handleRun, type WorkerParts } from './handle-run.js';
import { refill } from './refill.js';

export interface WorkerSettings {
  readonly queues: readonly QueueName[];
  /** Jobs under way at the same time, for each queue. */
  readonly concurrency: number;
  readonly jobsPerSecond: number | null;
  /** How often the store is asked whether the queue lacks something. */
  readonly refillMs: number;
}

/** Memory queues hear of other processes' documents only this way; Redis needs it after accidents alone. */
export const REFILL_MS = { memory: 2_000, shared: 30_000 } as const;

export interface RunningWorker {
  /** Looks at once for runs that the queue lacks. */
  refill(): Promise<void>;
  /** Takes no further job and gives those under way `graceMs`; what is not done then is handed back. */
  stop(graceMs: number): Promise<void>;
}

/** Works on the queues until it is stopped. The parts stay the caller's to close. */
export async function runWorker(
  parts: Omit<WorkerParts, 'queue'>,
  queues: Queues,
  settings: WorkerSettings,
): Promise<RunningWorker> {
  const stopping = new AbortController();
  const refillAll = async () => {
    for (const name of settings.queues) await refill(parts.store, queues.of(name), name);
  };
  await refillAll();
  const consumers = await Promise.all(
    settings.queues.map((name): Promise<Consumer> => {
      const own: WorkerParts = { ...parts, queue: queues.of(name) };
      return own.queue.consume({
        concurrency: settings.concurrency,
        jobsPerSecond: settings.jobsPerSecond,
        handle: (job, signal) => handleRun(own, job, signal),
        onDead: (job, error) => buryJob(own, job, error),
      });
    }),
  );
  const refilling = refillRegularly(parts, settings.refillMs, refillAll, stopping.signal);
  return {
    refill: refillAll,
    stop: async (graceMs) => {
      stopping.abort();
      await Promise.all([refilling, ...consumers.map((consumer) => consumer.stop(graceMs))]);
    },
  };
}

async function refillRegularly(
  { clock, logger }: Pick<WorkerParts, 'clock' | 'logger'>,
  intervalMs: number,
  refillAll: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await clock.sleep(intervalMs, signal);
    if (signal.aborted) return;
    await refillAll().catch((error: unknown) => {
      logger.warn({ error: asAppError(error, 'QUEUE_UNAVAILABLE') }, 'could not look for forgotten runs');
    });
  }
}
