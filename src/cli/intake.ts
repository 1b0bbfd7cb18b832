import type { ArchiveItem } from '../archives/archive-item.js';
import type { Intake, IntakeOrder, IntakeResult } from '../api/app-parts.js';
import type { AppError } from '../errors/app-error.js';
import { DEFAULT_SETTINGS } from '../pipeline/settings.js';
import type { Admission } from '../ports/run-store.js';
import { enqueueDocuments } from '../workers/enqueue-documents.js';
import { requestRuns } from './request-runs.js';
import { runSpec, type Workspace } from './workspace.js';

/** Takes documents into the workspace's store and queues, for the API. */
export function openIntake(workspace: Pick<Workspace, 'store' | 'objects' | 'queues'>): Intake {
  const orderOf = async ({ batch, explain }: Pick<IntakeOrder, 'batch' | 'explain'>) => ({
    spec: runSpec({ ...DEFAULT_SETTINGS, explain }),
    batchId: batch === null ? null : (await workspace.store.batch(batch)).id,
  });
  return {
    documents: async (items, order) => {
      const wanted = { ...(await orderOf(order)), priority: order.priority };
      return enqueue(workspace, items, wanted);
    },
    again: async (documentIds, order) =>
      requestRuns(workspace, documentIds, { ...(await orderOf(order)), priority: 'batch' }),
  };
}

async function enqueue(
  workspace: Pick<Workspace, 'store' | 'objects' | 'queues'>,
  items: AsyncIterable<ArchiveItem>,
  order: Parameters<typeof enqueueDocuments>[2],
): Promise<IntakeResult> {
  const admissions: Admission[] = [];
  const problems: { place: string; error: AppError }[] = [];
  const { skipped } = await enqueueDocuments(items, workspace, order, {
    problem: (place, error) => problems.push({ place, error }),
    progress: (_, some) => admissions.push(...some),
  });
  return { admissions, skipped, problems };
}
