import { sql, type Kysely } from 'kysely';
import type { Correction } from '../model/run.js';
import type {
  Batch,
  CurrentRecord,
  PageRequest,
  ReadStore,
  ReviewFilter,
  ReviewRow,
  RunPair,
} from '../ports/run-store.js';
import { matchingDocuments, matchingReviewItems, stands, type PreparedFilter } from './filters.js';
import {
  DOCUMENT_COLUMNS,
  RUN_COLUMNS,
  toCorrection,
  toDocument,
  toRecord,
  toReviewRow,
  toRunRow,
} from './rows.js';
import type { Schema } from './schema.js';

type Db = Kysely<Schema>;

/** Ids and hashes may be shortened to this many characters. */
const SHORTEST_ID = 6;
const MOST_FOUND = 50;

/** See ReadStore.run. */
export async function findRun(db: Db, runKey: string): ReturnType<ReadStore['run']> {
  const row = await db.selectFrom('runs').selectAll().where('run_key', '=', runKey).executeTakeFirst();
  return row ? { run: toRunRow(row), record: toRecord(row.record) } : null;
}

/** See ReadStore.runsOf. */
export async function runsOf(db: Db, sha256: string): ReturnType<ReadStore['runsOf']> {
  const rows = await db
    .selectFrom('runs')
    .select(RUN_COLUMNS)
    .where('sha256', '=', sha256)
    .orderBy('requested_at')
    .orderBy('run_key')
    .execute();
  return rows.map(toRunRow);
}

/** See ReadStore.findDocuments. */
export async function findDocuments(db: Db, name: string): ReturnType<ReadStore['findDocuments']> {
  const isId = /^[0-9a-f]+$/.test(name) && name.length >= SHORTEST_ID;
  const rows = await db
    .selectFrom('documents')
    .innerJoin('sources', 'sources.sha256', 'documents.sha256')
    .select([...DOCUMENT_COLUMNS, 'documents.admitted_at'])
    .where((where) =>
      where.or([
        ...(isId
          ? [where('documents.id', 'like', `${name}%`), where('documents.sha256', 'like', `${name}%`)]
          : []),
        where('documents.uri', '=', name),
        where('documents.path', '=', name),
        endsWith('documents.path', name),
      ]),
    )
    .orderBy('documents.admitted_at', 'desc')
    .orderBy('documents.id')
    .limit(MOST_FOUND)
    .execute();
  return rows.map((row) => ({ documentId: row.document_id, document: toDocument(row) }));
}

/** See ReadStore.documents. */
export async function documentsById(db: Db, ids: readonly string[]): ReturnType<ReadStore['documents']> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('documents')
    .innerJoin('sources', 'sources.sha256', 'documents.sha256')
    .select(DOCUMENT_COLUMNS)
    .where('documents.id', 'in', [...ids])
    .orderBy('documents.id')
    .execute();
  return rows.map((row) => ({ documentId: row.document_id, document: toDocument(row) }));
}

function endsWith(column: string, end: string) {
  const pattern = `%/${end.replace(/[\\%_]/g, (mark) => `\\${mark}`)}`;
  return sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`;
}

/** See ReadStore.documentIds. */
export async function documentIds(db: Db, filter: PreparedFilter, page: PageRequest): Promise<string[]> {
  const rows = await matching(db, filter, page).select('documents.id').execute();
  return rows.map((row) => row.id);
}

/** See ReadStore.current. */
export async function currentRecords(
  db: Db,
  filter: PreparedFilter,
  page: PageRequest,
): Promise<CurrentRecord[]> {
  const query = matching(db, filter, page).where('runs.run_key', 'is not', null);
  const rows = await query.select(DOCUMENT_COLUMNS).select('runs.run_key as run_key').execute();
  const keys = rows.flatMap((row) => row.run_key ?? []);
  const runs = await runsByKey(db, keys);
  const corrections = await correctionsBySource(db, [...new Set(rows.map((row) => row.sha256))]);
  return rows.flatMap((row) => {
    const run = runs.get(row.run_key ?? '');
    if (!run) return [];
    const document = toDocument(row);
    const record = toRecord(run.record, document);
    const answers = corrections.get(row.sha256) ?? [];
    return [{ documentId: row.document_id, document, run: toRunRow(run), record, corrections: answers }];
  });
}

function matching(db: Db, filter: PreparedFilter, { after, limit }: PageRequest) {
  return matchingDocuments(db, filter)
    .$if(after !== null, (query) => query.where('documents.id', '>', after ?? ''))
    .orderBy('documents.id')
    .limit(limit);
}

async function runsByKey(db: Db, keys: readonly string[]) {
  if (keys.length === 0) return new Map<string, never>();
  const rows = await db
    .selectFrom('runs')
    .selectAll()
    .where('run_key', 'in', [...new Set(keys)])
    .execute();
  return new Map(rows.map((row) => [row.run_key, row]));
}

async function correctionsBySource(db: Db, hashes: readonly string[]): Promise<Map<string, Correction[]>> {
  const bySource = new Map<string, Correction[]>();
  if (hashes.length === 0) return bySource;
  const rows = await db
    .selectFrom('corrections')
    .selectAll()
    .where('sha256', 'in', hashes)
    .where(stands)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  for (const row of rows) bySource.set(row.sha256, [...(bySource.get(row.sha256) ?? []), toCorrection(row)]);
  return bySource;
}

/** See ReviewStore.corrections. */
export async function correctionsOf(db: Db, sha256: string): Promise<Correction[]> {
  return (await correctionsBySource(db, [sha256])).get(sha256) ?? [];
}

/** See ReadStore.batches; `id` limits the list to one. */
export async function batches(db: Db, id?: string): Promise<Batch[]> {
  const rows = await db
    .selectFrom('batches')
    .leftJoin('batch_items', 'batch_items.batch_id', 'batches.id')
    .leftJoin('requests', 'requests.run_key', 'batch_items.run_key')
    .select(['batches.id', 'batches.name', 'batches.created_at'])
    .select([
      sql<number>`count(batch_items.document_id)`.as('documents'),
      sql<number>`count(requests.run_key)`.as('pending'),
    ])
    .$if(id !== undefined, (query) => query.where('batches.id', '=', id ?? ''))
    .groupBy(['batches.id', 'batches.name', 'batches.created_at'])
    .orderBy('batches.created_at', 'desc')
    .execute();
  return rows.map(({ id: batchId, name, created_at, documents, pending }) => ({
    id: batchId,
    name,
    createdAt: created_at,
    documents,
    pending,
  }));
}

/** See ReadStore.pairs. */
export async function pairs(db: Db, batchA: string, batchB: string, page: PageRequest): Promise<RunPair[]> {
  const rows = await db
    .selectFrom('documents')
    .innerJoin('sources', 'sources.sha256', 'documents.sha256')
    .leftJoin('batch_items as a', (join) =>
      join.onRef('a.document_id', '=', 'documents.id').on('a.batch_id', '=', batchA),
    )
    .leftJoin('batch_items as b', (join) =>
      join.onRef('b.document_id', '=', 'documents.id').on('b.batch_id', '=', batchB),
    )
    .where((where) => where.or([where('a.run_key', 'is not', null), where('b.run_key', 'is not', null)]))
    .$if(page.after !== null, (query) => query.where('documents.id', '>', page.after ?? ''))
    .select([...DOCUMENT_COLUMNS, 'a.run_key as before_key', 'b.run_key as after_key'])
    .orderBy('documents.id')
    .limit(page.limit)
    .execute();
  const runs = await runsByKey(
    db,
    rows.flatMap((row) => [row.before_key ?? [], row.after_key ?? []].flat()),
  );
  return rows.map((row) => {
    const document = toDocument(row);
    const side = (key: string | null) => {
      const run = runs.get(key ?? '');
      return run ? { run: toRunRow(run), record: toRecord(run.record, document) } : null;
    };
    return {
      documentId: row.document_id,
      document,
      before: side(row.before_key),
      after: side(row.after_key),
    };
  });
}

/** See ReviewStore.reviewItems. */
export async function reviewItems(
  db: Db,
  filter: ReviewFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<ReviewRow[]> {
  const rows = await matchingReviewItems(db, filter)
    .selectAll('review_items')
    .select(['runs.form', 'runs.year', 'runs.agency'])
    .orderBy('review_items.confidence')
    .orderBy('review_items.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return rows.map(toReviewRow);
}
