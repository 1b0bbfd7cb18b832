import type { QueueName } from '../model/run.js';
import type { JobQueue } from '../ports/job-queue.js';
import type { RunStore } from '../ports/run-store.js';

const RUNS_A_PAGE = 1_000;

/**
 * Puts every run that should exist and does not into the queue, where the queue holds fewer: it forgot some (a crash
 * between store and queue, Redis set up anew) or never had them (memory, another process's enqueuing). Harmless for
 * jobs that the queue has. Gives how many were offered.
 */
export async function refill(store: RunStore, queue: JobQueue, name: QueueName): Promise<number> {
  const { waiting, active, delayed } = await queue.depth();
  if ((await store.countPending(name)) <= waiting + active + delayed) return 0;
  let offered = 0;
  let after: string | null = null;
  for (;;) {
    const page = await store.pending(name, { after, limit: RUNS_A_PAGE });
    if (page.length === 0) return offered;
    await queue.add(page);
    offered += page.length;
    after = page.at(-1)?.runKey ?? null;
  }
}
