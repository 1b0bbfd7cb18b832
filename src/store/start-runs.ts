import type { Kysely } from 'kysely';
import type { Work } from '../ports/run-store.js';
import type { Engine } from './migrations.js';
import { DOCUMENT_COLUMNS, toDocument, toQueue } from './rows.js';
import type { Schema } from './schema.js';
import { withoutFlush } from './without-flush.js';

/** A call of IntakeStore.start. */
export interface Start {
  readonly runKey: string;
  readonly worker: string;
  readonly isGone: (other: string) => boolean;
}

/** What a start needs to know of its request, with the holder and the number of starts that the claim must still find. */
const WORK_COLUMNS = [
  ...DOCUMENT_COLUMNS,
  'requests.run_key',
  'requests.extractor_version',
  'requests.settings_hash',
  'requests.queue',
  'requests.starts',
  'requests.worker',
  'requests.requested_at',
  'settings.json',
  'runs.run_key as finished',
] as const;

/**
 * See IntakeStore.start; for several runs at once, each asked for once. The starts are noted before anything is read,
 * so that a crash leaves a trace.
 */
export async function startRuns(
  db: Kysely<Schema>,
  engine: Engine,
  starts: readonly Start[],
): Promise<(Work | null)[]> {
  const keys = starts.map(({ runKey }) => runKey);
  const requests = new Map((await findRequests(db, keys)).map((row) => [row.run_key, row]));
  const free = starts.flatMap(({ runKey, worker, isGone }) => {
    const row = requests.get(runKey);
    const isHeld = row && row.worker !== null && row.worker !== worker && !isGone(row.worker);
    return row && row.finished === null && !isHeld ? [{ row, worker }] : [];
  });
  const claimed = new Set<string>();
  for (const worker of new Set(free.map((one) => one.worker))) {
    const own = free.filter((one) => one.worker === worker).map(({ row }) => row);
    for (const runKey of await claim(db, engine, worker, own)) claimed.add(runKey);
  }
  await forgetFinished(db, [...requests.values()]);
  return keys.map((runKey) => {
    const row = requests.get(runKey);
    return row && claimed.has(runKey) ? toWork(row) : null;
  });
}

type RequestRow = Awaited<ReturnType<typeof findRequests>>[number];

function findRequests(db: Kysely<Schema>, keys: readonly string[]) {
  return db
    .selectFrom('requests')
    .innerJoin('documents', 'documents.id', 'requests.document_id')
    .innerJoin('sources', 'sources.sha256', 'documents.sha256')
    .innerJoin('settings', 'settings.hash', 'requests.settings_hash')
    .leftJoin('runs', 'runs.run_key', 'requests.run_key')
    .where('requests.run_key', 'in', keys)
    .select(WORK_COLUMNS)
    .execute();
}

/** Counts a start of each for `worker`, provided that nobody else did since the rows were read; gives the keys of those. */
async function claim(
  db: Kysely<Schema>,
  engine: Engine,
  worker: string,
  rows: readonly RequestRow[],
): Promise<string[]> {
  const claimed = await db
    .updateTable('requests')
    .set((row) => ({ starts: row('starts', '+', 1), worker }))
    .where((where) =>
      where.or(
        rows.map((row) =>
          where.and([
            where('run_key', '=', row.run_key),
            where('starts', '=', row.starts),
            where('worker', row.worker === null ? 'is' : '=', row.worker),
          ]),
        ),
      ),
    )
    .returning(['run_key', withoutFlush(engine)])
    .execute();
  return claimed.map(({ run_key }) => run_key);
}

/** Requests that were made in the moment in which another process finished their run. */
async function forgetFinished(db: Kysely<Schema>, rows: readonly RequestRow[]): Promise<void> {
  const finished = rows.flatMap((row) => row.finished ?? []);
  if (finished.length > 0) await db.deleteFrom('requests').where('run_key', 'in', finished).execute();
}

function toWork(row: RequestRow): Work {
  return {
    runKey: row.run_key,
    documentId: row.document_id,
    document: toDocument(row),
    extractorVersion: row.extractor_version,
    settings: { hash: row.settings_hash, json: row.json },
    queue: toQueue(row.queue),
    priorStarts: row.starts,
    requestedAt: row.requested_at,
  };
}
