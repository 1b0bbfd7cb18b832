import { QUEUE_NAMES, type Priority, type RunSpec } from '../model/run.js';
import type { Workspace } from './workspace.js';

export interface RunRequest {
  readonly spec: RunSpec;
  readonly batchId: string | null;
  readonly priority: Priority;
}

/** Asks for new runs of documents in the store, in the queues where they belong; gives how many will be made. */
export async function requestRuns(
  { store, queues }: Pick<Workspace, 'store' | 'queues'>,
  ids: readonly string[],
  { spec, batchId, priority }: RunRequest,
): Promise<number> {
  const { queueFor } = await import('../queue/open-queues.js');
  const documents = await store.documents(ids);
  let asked = 0;
  for (const queue of QUEUE_NAMES) {
    const own = documents
      .filter(({ document }) => queueFor(document, null) === queue)
      .map(({ documentId }) => documentId);
    if (own.length === 0) continue;
    const admissions = await store.request(own, { spec, batchId, priority, queue });
    const pending = [...new Set(admissions.filter(({ isPending }) => isPending).map(({ runKey }) => runKey))];
    await queues.of(queue).add(pending.map((runKey) => ({ runKey, priority })));
    asked += pending.length;
  }
  return asked;
}
