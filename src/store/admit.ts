import type { Kysely, Transaction } from 'kysely';
import type { DocumentInfo, RunSpec } from '../model/run.js';
import { isoNow, type Clock } from '../ports/clock.js';
import type { Admission, Batch, RunOrder } from '../ports/run-store.js';
import { AppError } from '../errors/app-error.js';
import { documentIdOf, idOf, runKeyOf } from './keys.js';
import type { Schema } from './schema.js';

/** A row each, and both databases limit the parameters of a statement. */
const ROWS_A_STATEMENT = 500;

/** A document by its id, as far as asking for a run needs it. */
interface Known {
  readonly documentId: string;
  readonly sha256: string;
}

/** See IntakeStore.admit. Rows go in by ascending key, so that two processes cannot wait for each other. */
export async function admit(
  db: Kysely<Schema>,
  clock: Clock,
  documents: readonly DocumentInfo[],
  order: RunOrder,
): Promise<Admission[]> {
  const entries = documents.map((document) => ({ document, documentId: documentIdOf(document) }));
  return db.transaction().execute(async (tx) => {
    const isNew = await insertDocuments(tx, isoNow(clock), entries);
    const known = entries.map(({ documentId, document }) => ({ documentId, sha256: document.sha256 }));
    const pending = await insertRequests(tx, isoNow(clock), known, order);
    return known.map(({ documentId, sha256 }) => {
      const runKey = runKeyOf(sha256, order.spec);
      return { documentId, runKey, isNewDocument: isNew.has(documentId), isPending: pending.has(runKey) };
    });
  });
}

/** See IntakeStore.request. Errors: NOT_FOUND for an id that nobody admitted. */
export async function requestRuns(
  db: Kysely<Schema>,
  clock: Clock,
  documentIds: readonly string[],
  order: RunOrder,
): Promise<Admission[]> {
  return db.transaction().execute(async (tx) => {
    const known: Known[] = [];
    for (const ids of chunks(documentIds)) {
      const rows = await tx.selectFrom('documents').select(['id', 'sha256']).where('id', 'in', ids).execute();
      known.push(...rows.map((row) => ({ documentId: row.id, sha256: row.sha256 })));
    }
    if (known.length < new Set(documentIds).size)
      throw new AppError('NOT_FOUND', 'A document id is not known here.');
    const pending = await insertRequests(tx, isoNow(clock), known, order);
    return known.map(({ documentId, sha256 }) => {
      const runKey = runKeyOf(sha256, order.spec);
      return { documentId, runKey, isNewDocument: false, isPending: pending.has(runKey) };
    });
  });
}

/** See IntakeStore.batch. */
export async function openBatch(db: Kysely<Schema>, clock: Clock, name: string): Promise<Batch['id']> {
  const row = { id: idOf('batch', name), name, created_at: isoNow(clock) };
  await db
    .insertInto('batches')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return row.id;
}

/** Ids of the documents that were not there before. */
async function insertDocuments(
  tx: Transaction<Schema>,
  now: string,
  entries: readonly { document: DocumentInfo; documentId: string }[],
): Promise<Set<string>> {
  const isNew = new Set<string>();
  const sources = distinct(entries, (entry) => entry.document.sha256);
  for (const part of chunks(sources)) {
    const rows = part.map(({ document }) => ({
      sha256: document.sha256,
      bytes: document.bytes,
      media_type: document.contentType,
      current_run: null,
      first_seen_at: now,
    }));
    await tx
      .insertInto('sources')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const part of chunks(distinct(entries, (entry) => entry.documentId))) {
    const rows = part.map(({ document, documentId }) => documentRow(document, documentId, now));
    const inserted = await tx
      .insertInto('documents')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute();
    for (const row of inserted) isNew.add(row.id);
  }
  return isNew;
}

function documentRow(document: DocumentInfo, documentId: string, now: string) {
  return {
    id: documentId,
    sha256: document.sha256,
    uri: document.uri,
    path: document.path,
    content_type: document.contentType,
    crawled_at: document.crawledAt,
    meta: JSON.stringify(document.meta),
    admitted_at: now,
  };
}

/** Asks for the runs that neither exist nor were given up on, and gives the keys of all that are now pending. */
async function insertRequests(
  tx: Transaction<Schema>,
  now: string,
  known: readonly Known[],
  order: RunOrder,
): Promise<Set<string>> {
  const { hash, json } = order.spec.settings;
  await tx
    .insertInto('settings')
    .values({ hash, json })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const pending = new Set<string>();
  for (const part of chunks(distinct(known, (entry) => entry.sha256))) {
    const over = await finishedOrDead(
      tx,
      part.map((entry) => runKeyOf(entry.sha256, order.spec)),
    );
    const rows = part.map((entry) => requestRow(entry, order, now)).filter((row) => !over.has(row.run_key));
    if (rows.length === 0) continue;
    await tx
      .insertInto('requests')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    for (const row of rows) pending.add(row.run_key);
  }
  if (order.batchId !== null) await insertBatchItems(tx, order.batchId, order.spec, known);
  return pending;
}

async function finishedOrDead(tx: Transaction<Schema>, runKeys: readonly string[]): Promise<Set<string>> {
  const finished = await tx.selectFrom('runs').select('run_key').where('run_key', 'in', runKeys).execute();
  const dead = await tx
    .selectFrom('dead_letters')
    .select('run_key')
    .where('run_key', 'in', runKeys)
    .execute();
  return new Set([...finished, ...dead].map((row) => row.run_key));
}

async function insertBatchItems(
  tx: Transaction<Schema>,
  batchId: string,
  spec: RunSpec,
  known: readonly Known[],
) {
  for (const part of chunks(distinct(known, (entry) => entry.documentId))) {
    const rows = part.map((entry) => ({
      batch_id: batchId,
      document_id: entry.documentId,
      run_key: runKeyOf(entry.sha256, spec),
    }));
    await tx
      .insertInto('batch_items')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['batch_id', 'document_id'])
          .doUpdateSet((row) => ({ run_key: row.ref('excluded.run_key') })),
      )
      .execute();
  }
}

function requestRow(entry: Known, order: RunOrder, now: string) {
  return {
    run_key: runKeyOf(entry.sha256, order.spec),
    sha256: entry.sha256,
    document_id: entry.documentId,
    extractor_version: order.spec.extractorVersion,
    settings_hash: order.spec.settings.hash,
    priority: order.priority,
    queue: order.queue,
    starts: 0,
    worker: null,
    requested_at: now,
  };
}

/** One entry a key, by ascending key. */
function distinct<T>(entries: readonly T[], keyOf: (entry: T) => string): T[] {
  const byKey = new Map(entries.map((entry) => [keyOf(entry), entry]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += ROWS_A_STATEMENT) yield items.slice(at, at + ROWS_A_STATEMENT);
}
