import type { CliContext } from './context.js';
import { EXIT } from './context.js';
import type { FoundSource } from './find-sources.js';
import { mapInOrder } from '../concurrency/map-in-order.js';
import { startProgress } from './progress.js';
import type { DocumentPool, PoolRequest, PoolSettings } from '../pool/document-pool.js';
import type { PipelineSettings } from '../pipeline/settings.js';
import type { RecordError } from '../model/record.js';

/** Finished documents may wait for a slow one before them, up to this many for each thread. */
const LOOK_AHEAD_PER_THREAD = 64;

/** What a batch needs to know of a result, be it a record or tables. */
interface BatchResult {
  readonly error?: RecordError;
  readonly partial?: boolean;
  readonly extraction?: { readonly partial?: boolean };
}

interface Batch<T> {
  readonly sources: readonly FoundSource[];
  readonly pool: PoolSettings;
  readonly settings: PipelineSettings;
  readonly read: (pool: DocumentPool, request: PoolRequest) => Promise<T>;
  /** Called for each result in the order of the sources. */
  readonly take: (result: T, source: FoundSource) => Promise<void>;
}

/**
 * Reads all sources in a pool, with progress and logs on standard error, and sets the exit code: a document that
 * could not be read, or only in part, is told and counted, and the rest goes on.
 */
export async function readBatch<T extends BatchResult>(context: CliContext, batch: Batch<T>): Promise<void> {
  // Loaded where documents are read only: a command that prints its help does without.
  const [{ DocumentPool }, { createLogger }] = await Promise.all([
    import('../pool/document-pool.js'),
    import('./logger.js'),
  ]);
  const pool = new DocumentPool(batch.pool);
  const progress = startProgress(batch.sources.length, context.stderr, context.config);
  const logger = createLogger(context.config, progress.log);
  const work = async (source: FoundSource): Promise<{ source: FoundSource; result: T }> => {
    const result = await batch.read(pool, {
      load: source.load,
      input: source.input,
      settings: batch.settings,
    });
    const { error } = result;
    if (error) logger.warn({ document: source.label, code: error.code }, error.message);
    progress.step(isFailure(result));
    return { source, result };
  };
  try {
    for await (const { source, result } of mapInOrder(
      batch.sources,
      batch.pool.threads * LOOK_AHEAD_PER_THREAD,
      work,
    )) {
      if (isFailure(result)) context.exitCode = EXIT.someFailed;
      await batch.take(result, source);
    }
  } finally {
    progress.stop();
    await pool.close();
  }
}

/** Part of a document is not the document: a batch with partial records has not read all. */
function isFailure(result: BatchResult): boolean {
  return result.error !== undefined || result.partial === true || result.extraction?.partial === true;
}
