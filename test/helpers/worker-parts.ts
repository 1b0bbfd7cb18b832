import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GongkaiRecord } from '../../src/model/record.js';
import { createMetrics } from '../../src/observability/metrics.js';
import { systemClock } from '../../src/ports/clock.js';
import { silentLogger } from '../../src/ports/logger.js';
import type { Admission } from '../../src/ports/run-store.js';
import { openQueues } from '../../src/queue/open-queues.js';
import { openObjectStore, openRunStore } from '../../src/store/open-stores.js';
import { runSettings } from '../../src/store/keys.js';
import type { DocumentReader } from '../../src/workers/document-reader.js';
import type { WorkerParts } from '../../src/workers/handle-run.js';
import { DEFAULT_SETTINGS } from '../../src/pipeline/settings.js';
import { aDocument, aRecord } from './record-builder.js';

/** A worker's parts over an embedded store in a temporary folder, with a reader that finds what the bytes say. */
export interface Bench {
  readonly parts: WorkerParts;
  readonly queues: ReturnType<typeof openQueues>;
  readonly folder: string;
  /** Stores the text as a source and asks for its run. */
  admit(text: string, version?: string): Promise<Admission>;
  close(): Promise<void>;
}

export async function openBench(changes: Partial<WorkerParts> = {}): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-bench-'));
  const settings = { dataFolder: folder, databaseUrl: null, s3: null };
  const store = await openRunStore(settings, systemClock);
  const objects = openObjectStore(settings);
  const queues = openQueues({ redisUrl: null, lockMs: 1_000 }, systemClock, silentLogger);
  const parts: WorkerParts = {
    store,
    objects,
    queue: queues.of('extract'),
    reader: readerOf(() => aRecord()),
    metrics: createMetrics(null),
    logger: silentLogger,
    clock: systemClock,
    worker: 'test/1',
    extractorVersion: '1.0.0',
    isGone: () => true,
    ...changes,
  };
  return {
    parts,
    queues,
    folder,
    admit: async (text, version = '1.0.0') => {
      await objects.put(new TextEncoder().encode(text));
      const spec = { extractorVersion: version, settings: runSettings(DEFAULT_SETTINGS) };
      const order = { spec, batchId: null, priority: 'batch', queue: 'extract' } as const;
      const [admission] = await store.admit([aDocument(text)], order);
      if (!admission) throw new Error('nothing admitted');
      return admission;
    },
    close: async () => {
      await queues.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A reader that answers with what `read` makes of the text; `readAlone` does the same unless given. */
export function readerOf(
  read: (text: string) => GongkaiRecord,
  readAlone: DocumentReader['readAlone'] = ({ bytes }) =>
    Promise.resolve({ kind: 'record', record: read(new TextDecoder().decode(bytes)), text: '' }),
): DocumentReader {
  return {
    read: ({ bytes }) => Promise.resolve({ record: read(new TextDecoder().decode(bytes)), text: '' }),
    readAlone,
    close: () => Promise.resolve(),
  };
}

/** A record that ended in an error. */
export function failedWith(code: NonNullable<GongkaiRecord['error']>['code']): GongkaiRecord {
  return aRecord({
    error: { code, message: code },
    form: null,
    meta: {},
    fields: {},
    checks: [],
    confidence: 0,
  });
}
