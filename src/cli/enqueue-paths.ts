import type { ArchiveItem } from '../archives/archive-item.js';
import type { Priority } from '../model/run.js';
import type { PipelineSettings } from '../pipeline/settings.js';
import type { EnqueueListener, EnqueueSummary } from '../workers/enqueue-documents.js';
import { plural } from './plural.js';
import { runSpec, sourceReading, type Workspace } from './workspace.js';

export interface EnqueueRequest {
  readonly paths: readonly string[];
  readonly settings: PipelineSettings;
  readonly batch: string | undefined;
  readonly priority: Priority;
}

/** Reads everything that the paths name into store and queue; problems are told and counted, the rest goes on. */
export async function enqueuePaths(
  workspace: Workspace,
  { paths, settings, batch, priority }: EnqueueRequest,
  listener: Partial<EnqueueListener>,
): Promise<EnqueueSummary> {
  const [{ readSource }, { enqueueDocuments }] = await Promise.all([
    import('../archives/read-sources.js'),
    import('../workers/enqueue-documents.js'),
  ]);
  const batchId = batch === undefined ? null : (await workspace.store.batch(batch)).id;
  const reading = sourceReading(settings, workspace.dataFolder);
  async function* items(): AsyncGenerator<ArchiveItem> {
    for (const path of paths) yield* readSource(path, reading);
  }
  return enqueueDocuments(
    items(),
    workspace,
    { spec: runSpec(settings), batchId, priority },
    {
      problem: (place, error) => {
        workspace.logger.error({ place, code: error.code, reason: error.message }, 'not enqueued');
        listener.problem?.(place, error);
      },
      progress: (sums, admissions) => listener.progress?.(sums, admissions),
    },
  );
}

/** The sums for a person. */
export function describeSummary(sums: EnqueueSummary): string {
  const parts = [
    `${plural(sums.found, 'document')} (${sums.added} new)`,
    `${plural(sums.queued, 'run')} asked for`,
    ...(sums.skipped > 0 ? [`${sums.skipped} skipped that cannot be reports`] : []),
    ...(sums.problems > 0 ? [`${sums.problems} could not be read`] : []),
  ];
  return `${parts.join(', ')}\n`;
}
