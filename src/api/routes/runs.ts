import { AppError } from '../../errors/app-error.js';
import type { Batch, RunPair, RunStore } from '../../ports/run-store.js';
import { diffRuns } from '../../review/diff-runs.js';
import type { RouteParts, TypedApp } from '../app-parts.js';
import { readPage, writeCursor } from '../http/cursor.js';
import { answering, options } from '../http/route-options.js';
import { batchList, batchPairParams, batchPairQuery } from '../schemas/batches.js';
import { changeList, documentChangeList, runPairParams, runParams, runWithRecord } from '../schemas/runs.js';

const RUN = options('read', 'runs', 'A run with its record', {
  params: runParams,
  response: answering(runWithRecord),
});
const DIFF = options('read', 'runs', 'Everything that two runs see differently', {
  params: runPairParams,
  response: answering(changeList),
});
const BATCHES = options('read', 'batches', 'Batches, newest first', { response: answering(batchList) });
const BATCH_DIFF = options('read', 'batches', 'Everything that two batches see differently, by document', {
  params: batchPairParams,
  querystring: batchPairQuery,
  response: answering(documentChangeList),
});

/** Runs and batches, and what differs between two of them. */
export function runRoutes(app: TypedApp, { store }: RouteParts): void {
  app.get('/api/runs/:runKey', RUN, ({ params: { runKey } }) => findRun(store, runKey));
  app.get('/api/runs/:a/diff/:b', DIFF, async ({ params: { a, b } }) => {
    const [before, after] = await Promise.all([findRun(store, a), findRun(store, b)]);
    return { items: diffRuns(before.record, after.record), next: null };
  });
  app.get('/api/batches', BATCHES, async () => ({ items: await store.batches(), next: null }));
  app.get('/api/batches/:a/diff/:b', BATCH_DIFF, async ({ params, query: { cursor, limit } }) => {
    const all = await store.batches();
    const [before, after] = [findBatch(all, params.a), findBatch(all, params.b)];
    const { after: place } = readPage(cursor, limit);
    const pairs = await store.pairs(before.id, after.id, { after: place?.id ?? null, limit });
    const last = pairs.at(-1);
    const isLast = last === undefined || pairs.length < limit;
    return { items: pairs.flatMap(changesOf), next: isLast ? null : writeCursor(null, last.documentId) };
  });
}

async function findRun(store: RunStore, runKey: string) {
  const found = await store.run(runKey);
  if (found) return found;
  throw new AppError('NOT_FOUND', `There is no run ${runKey}.`);
}

function findBatch(all: readonly Batch[], nameOrId: string): Batch {
  const found = all.find((batch) => batch.name === nameOrId) ?? all.find((batch) => batch.id === nameOrId);
  if (found) return found;
  throw new AppError('NOT_FOUND', `There is no batch "${nameOrId}".`);
}

function changesOf({ documentId, document, before, after }: RunPair) {
  const documentName = document.path ?? document.uri ?? document.sha256;
  const changes = diffRuns(before?.record ?? null, after?.record ?? null);
  return changes.map((change) => ({ ...change, documentId, documentName }));
}
