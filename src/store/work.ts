import { sql, type Kysely, type Transaction } from 'kysely';
import type { DeadLetter, QueueName } from '../model/run.js';
import { isoNow, type Clock } from '../ports/clock.js';
import type { FinishedRun, PageRequest, PendingRun, Work } from '../ports/run-store.js';
import { fold } from '../text/fold.js';
import { isAnswered, latestCorrections } from '../review/apply-corrections.js';
import { stands } from './filters.js';
import { idOf } from './keys.js';
import type { Engine } from './migrations.js';
import { DOCUMENT_COLUMNS, toCorrection, toDocument, toPriority, toQueue } from './rows.js';
import type { Schema } from './schema.js';

/** See IntakeStore.start. The start is noted before anything is read, so that a crash leaves a trace. */
export async function startRun(
  db: Kysely<Schema>,
  runKey: string,
  worker: string,
  isGone: (other: string) => boolean,
): Promise<Work | null> {
  const request = (await claim(db, runKey, worker, null)) ?? (await takeOver(db, runKey, worker, isGone));
  if (!request) return null;
  const row = await db
    .selectFrom('documents')
    .innerJoin('sources', 'sources.sha256', 'documents.sha256')
    .innerJoin('settings', (join) => join.on('settings.hash', '=', request.settings_hash))
    .leftJoin('runs', (join) => join.on('runs.run_key', '=', runKey))
    .where('documents.id', '=', request.document_id)
    .select([...DOCUMENT_COLUMNS, 'settings.json', 'runs.run_key as finished'])
    .executeTakeFirstOrThrow();
  if (row.finished !== null) {
    // Asked for in the moment in which another process finished it.
    await db.deleteFrom('requests').where('run_key', '=', runKey).execute();
    return null;
  }
  return {
    runKey,
    documentId: request.document_id,
    document: toDocument(row),
    extractorVersion: request.extractor_version,
    settings: { hash: request.settings_hash, json: row.json },
    queue: toQueue(request.queue),
    priorStarts: request.starts - 1,
    requestedAt: request.requested_at,
  };
}

/** Counts a start for `worker` where the request is held by `holder` (null for nobody); undefined where it is not. */
function claim(db: Kysely<Schema>, runKey: string, worker: string, holder: string | null) {
  return db
    .updateTable('requests')
    .set((row) => ({ starts: row('starts', '+', 1), worker }))
    .where('run_key', '=', runKey)
    .where('worker', holder === null ? 'is' : '=', holder)
    .returningAll()
    .executeTakeFirst();
}

async function takeOver(
  db: Kysely<Schema>,
  runKey: string,
  worker: string,
  isGone: (other: string) => boolean,
) {
  const held = await db
    .selectFrom('requests')
    .select('worker')
    .where('run_key', '=', runKey)
    .executeTakeFirst();
  if (!held) return undefined;
  if (held.worker !== null && held.worker !== worker && !isGone(held.worker)) return undefined;
  return claim(db, runKey, worker, held.worker);
}

/** See IntakeStore.handBack. */
export async function handBack(db: Kysely<Schema>, runKey: string): Promise<void> {
  await db
    .updateTable('requests')
    .set((row) => ({ starts: row('starts', '-', 1), worker: null }))
    .where('run_key', '=', runKey)
    .where('starts', '>', 0)
    .execute();
}

/** See IntakeStore.withdraw. */
export async function withdraw(db: Kysely<Schema>, work: Work, successor: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('batch_items')
      .set({ run_key: successor })
      .where('run_key', '=', work.runKey)
      .execute();
    await tx.deleteFrom('requests').where('run_key', '=', work.runKey).execute();
  });
}

/** See IntakeStore.finish. */
export async function finishRun(
  db: Kysely<Schema>,
  engine: Engine,
  clock: Clock,
  work: Work,
  finished: FinishedRun,
): Promise<boolean> {
  const row = runRow(work, finished, isoNow(clock));
  return db.transaction().execute(async (tx) => {
    const inserted = await tx
      .insertInto('runs')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('run_key')
      .executeTakeFirst();
    await tx.deleteFrom('requests').where('run_key', '=', work.runKey).execute();
    if (!inserted) return false;
    if (row.agency_id !== null && row.agency !== null) {
      const agency = { id: row.agency_id, name: row.agency, first_seen_at: row.finished_at };
      await tx
        .insertInto('agencies')
        .values(agency)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    const isCurrent = await makeCurrent(tx, engine, row);
    await insertReviewItems(tx, work, finished, isCurrent);
    return true;
  });
}

/** See IntakeStore.setAside. */
export async function setAside(db: Kysely<Schema>, letter: DeadLetter): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const request = await tx
      .deleteFrom('requests')
      .where('run_key', '=', letter.runKey)
      .returning(['extractor_version', 'settings_hash', 'queue'])
      .executeTakeFirst();
    if (!request) return;
    await tx
      .insertInto('dead_letters')
      .values({
        run_key: letter.runKey,
        sha256: letter.sha256,
        document_id: letter.documentId,
        ...request,
        code: letter.code,
        message: letter.message,
        tries: letter.tries,
        worker: letter.worker,
        died_at: letter.diedAt,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** See ReviewStore.revive. */
export async function revive(
  db: Kysely<Schema>,
  clock: Clock,
  runKey: string,
  priority: PendingRun['priority'],
): Promise<PendingRun | null> {
  return db.transaction().execute(async (tx) => {
    const letter = await tx
      .deleteFrom('dead_letters')
      .where('run_key', '=', runKey)
      .returningAll()
      .executeTakeFirst();
    if (!letter) return null;
    const request = {
      run_key: runKey,
      sha256: letter.sha256,
      document_id: letter.document_id,
      extractor_version: letter.extractor_version,
      settings_hash: letter.settings_hash,
      priority,
      queue: letter.queue,
      starts: 0,
      worker: null,
      requested_at: isoNow(clock),
    };
    await tx
      .insertInto('requests')
      .values(request)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return { runKey, priority, queue: toQueue(letter.queue), requestedAt: request.requested_at };
  });
}

function runRow(work: Work, { record, items, worker, durationMs }: FinishedRun, finishedAt: string) {
  const agency = textOf(record.meta.agency_name?.value);
  const year = record.meta.year?.value;
  return {
    run_key: work.runKey,
    sha256: work.document.sha256,
    document_id: work.documentId,
    extractor_version: work.extractorVersion,
    settings_hash: work.settings.hash,
    state: record.error ? 'failed' : 'done',
    error_code: record.error?.code ?? null,
    extractor: record.extraction.extractor,
    form: record.form,
    year: typeof year === 'number' ? year : null,
    agency_id: agency === null ? null : idOf('agency', fold(agency)),
    agency,
    confidence: record.confidence,
    doubtful_fields: items.filter((item) => item.kind === 'field').length,
    failed_checks: record.checks.filter((check) => check.status === 'failed').length,
    requested_at: work.requestedAt,
    finished_at: finishedAt,
    duration_ms: durationMs,
    worker,
    record: JSON.stringify(record),
  };
}

/**
 * The run requested last speaks for the source, in whatever order runs finish; but a failure never takes the place of
 * a record. Gives whether the new run is now current.
 */
async function makeCurrent(
  tx: Transaction<Schema>,
  engine: Engine,
  run: ReturnType<typeof runRow>,
): Promise<boolean> {
  const source = await tx
    .selectFrom('sources')
    .select('current_run')
    .where('sha256', '=', run.sha256)
    .$if(engine === 'postgres', (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  if (source.current_run !== null) {
    const current = await tx
      .selectFrom('runs')
      .select(['state', 'requested_at'])
      .where('run_key', '=', source.current_run)
      .executeTakeFirstOrThrow();
    const isNewer = run.requested_at >= current.requested_at;
    const isWorse = run.state === 'failed' && current.state === 'done';
    const isBetter = run.state === 'done' && current.state === 'failed';
    if (isWorse || !(isNewer || isBetter)) return false;
    await tx
      .updateTable('review_items')
      .set({ open: 0 })
      .where('sha256', '=', run.sha256)
      .where('open', '=', 1)
      .execute();
  }
  await tx
    .updateTable('sources')
    .set({ current_run: run.run_key })
    .where('sha256', '=', run.sha256)
    .execute();
  return true;
}

async function insertReviewItems(
  tx: Transaction<Schema>,
  work: Work,
  { items }: FinishedRun,
  isCurrent: boolean,
) {
  if (items.length === 0) return;
  const sha256 = work.document.sha256;
  const answers = await tx
    .selectFrom('corrections')
    .selectAll()
    .where('sha256', '=', sha256)
    .where(stands)
    .execute();
  const latest = latestCorrections(answers.map(toCorrection));
  const rows = items.map((item) => ({
    ...item,
    id: idOf(work.runKey, item.kind, item.key),
    run_key: work.runKey,
    sha256,
    document_id: work.documentId,
    open: isCurrent && !isAnswered(item, latest) ? 1 : 0,
  }));
  await tx.insertInto('review_items').values(rows).execute();
}

function textOf(value: string | number | null | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** See IntakeStore.pending. */
export async function pendingRuns(
  db: Kysely<Schema>,
  queue: QueueName,
  { after, limit }: PageRequest,
): Promise<PendingRun[]> {
  const rows = await db
    .selectFrom('requests')
    .select(['run_key', 'priority', 'requested_at'])
    .where('queue', '=', queue)
    .$if(after !== null, (query) => query.where('run_key', '>', after ?? ''))
    .orderBy('run_key')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    runKey: row.run_key,
    priority: toPriority(row.priority),
    queue,
    requestedAt: row.requested_at,
  }));
}

/** See IntakeStore.countPending. */
export async function countPending(db: Kysely<Schema>, queue: QueueName): Promise<number> {
  const count = sql<number>`count(*)`.as('count');
  return (await db.selectFrom('requests').select(count).where('queue', '=', queue).executeTakeFirstOrThrow())
    .count;
}
