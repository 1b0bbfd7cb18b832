import type { QueueName } from '../model/run.js';
import type { Metrics } from '../observability/metrics.js';
import { DEFAULT_SETTINGS, EXTRACTOR_VERSION } from '../pipeline/settings.js';
import type { PoolSettings } from '../pool/document-pool.js';
import type { RunningWorker } from '../workers/run-worker.js';
import { isGoneHere, workerName } from '../workers/worker-name.js';
import type { Workspace } from './workspace.js';

export interface StartedWorker extends RunningWorker {
  readonly metrics: Metrics;
  /** What this worker has made so far. */
  readonly made: RunsMade;
}

/** Runs by how they ended; `failed` counts errors of documents and dead letters. */
export interface RunsMade {
  readonly done: number;
  readonly failed: number;
}

/** Starts a worker over the workspace with a pool of threads of its own; `stop` ends both. */
export async function startWorker(
  { store, objects, queues, clock, logger }: Workspace,
  pool: PoolSettings,
  settings: { readonly queues: readonly QueueName[]; readonly jobsPerSecond: number | null },
): Promise<StartedWorker> {
  const [{ createMetrics }, { IsolatingReader }, { REFILL_MS, runWorker }] = await Promise.all([
    import('../observability/metrics.js'),
    import('../workers/isolated-reader.js'),
    import('../workers/run-worker.js'),
  ]);
  const reader = new IsolatingReader(pool);
  await reader.warmUp(DEFAULT_SETTINGS);
  const made = { done: 0, failed: 0 };
  const metrics = counting(
    createMetrics(() => queues.depth()),
    made,
  );
  const parts = {
    ...{ store, objects, reader, metrics, logger, clock },
    worker: workerName(),
    extractorVersion: EXTRACTOR_VERSION,
    // Redis gives a job to one worker at a time; queues in memory must look after each other.
    isGone: queues.isShared ? () => true : isGoneHere,
  };
  const worker = await runWorker(parts, queues, {
    ...settings,
    // No job more than threads: whatever is started when a worker dies is under suspicion, so nothing only waits.
    concurrency: pool.threads,
    refillMs: queues.isShared ? REFILL_MS.shared : REFILL_MS.memory,
  });
  return {
    ...worker,
    metrics,
    made,
    stop: async (graceMs) => {
      await worker.stop(graceMs);
      await reader.close();
    },
  };
}

/** The same metrics, which also keep count in `made`. */
function counting(metrics: Metrics, made: { done: number; failed: number }): Metrics {
  return {
    ...metrics,
    jobEnded: (outcome) => {
      if (outcome === 'done') made.done += 1;
      if (outcome === 'failed' || outcome === 'dead') made.failed += 1;
      metrics.jobEnded(outcome);
    },
  };
}

/** Resolves with the first signal that asks the process to end; a second one ends it at once, as without us. */
export function stopSignal(): { readonly received: Promise<NodeJS.Signals>; forget(): void } {
  let listener: (signal: NodeJS.Signals) => void = () => undefined;
  const received = new Promise<NodeJS.Signals>((resolve) => {
    listener = resolve;
  });
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, listener);
  return {
    received,
    forget: () => {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}
