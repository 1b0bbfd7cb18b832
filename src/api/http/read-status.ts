import type { AppParts } from '../app-parts.js';

/** How work stands, as the status route and the events tell it. A queue that does not answer is left out. */
export async function readStatus({ store, queues }: Pick<AppParts, 'store' | 'queues'>) {
  const [facts, queue] = await Promise.all([store.status(), queues.depth().catch(() => null)]);
  return { ...facts, queue, isShared: queues.isShared };
}
