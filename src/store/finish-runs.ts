import type { Kysely, Transaction } from 'kysely';
import type { Correction } from '../model/run.js';
import { isoNow, type Clock } from '../ports/clock.js';
import type { FinishedRun, Work } from '../ports/run-store.js';
import { openQuestions } from '../review/open-questions.js';
import { fold } from '../text/fold.js';
import { idOf } from './keys.js';
import type { Engine } from './migrations.js';
import { standingAnswers } from './review.js';
import type { Schema } from './schema.js';
import { keepTexts } from './texts.js';
import { withoutFlush } from './without-flush.js';

/** A call of IntakeStore.finish. */
export interface Finish {
  readonly work: Work;
  readonly finished: FinishedRun;
}

type Tx = Transaction<Schema>;
type Run = ReturnType<typeof runRow>;

/** Both databases limit the parameters of a statement. */
const ITEMS_A_STATEMENT = 1_000;

/** See IntakeStore.finish; for several runs of different sources in one transaction. */
export async function finishRuns(
  db: Kysely<Schema>,
  engine: Engine,
  clock: Clock,
  finishes: readonly Finish[],
): Promise<boolean[]> {
  const finishedAt = isoNow(clock);
  const runs = finishes.map((finish) => runRow(finish, finishedAt));
  return db.transaction().execute(async (tx) => {
    const kept = await insertRuns(tx, engine, runs);
    await tx
      .deleteFrom('requests')
      .where(
        'run_key',
        'in',
        runs.map(({ run_key }) => run_key),
      )
      .execute();
    const own = runs.filter(({ run_key }) => kept.has(run_key));
    await insertAgencies(tx, own);
    const first = await makeFirst(tx, own);
    const questions = [];
    const texts = [];
    for (const [index, run] of runs.entries()) {
      const finish = finishes[index];
      if (!finish || !kept.has(run.run_key)) continue;
      const isFirst = first.has(run.run_key);
      const isCurrent = isFirst || (await makeCurrent(tx, engine, run));
      if (isCurrent) texts.push({ sha256: run.sha256, text: finish.finished.text });
      const answers = isFirst ? [] : await standingAnswers(tx, run.sha256);
      questions.push(...reviewRows(finish, isCurrent, answers));
    }
    for (let at = 0; at < questions.length; at += ITEMS_A_STATEMENT) {
      const rows = questions.slice(at, at + ITEMS_A_STATEMENT);
      await tx.insertInto('review_items').values(rows).execute();
    }
    await keepTexts(tx, engine, texts);
    return runs.map(({ run_key }) => kept.has(run_key));
  });
}

function runRow({ work, finished: { record, items, worker, durationMs } }: Finish, finishedAt: string) {
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

/** Keys of the runs that were not there before. */
async function insertRuns(tx: Tx, engine: Engine, runs: readonly Run[]): Promise<Set<string>> {
  const inserted = await tx
    .insertInto('runs')
    .values([...runs])
    .onConflict((conflict) => conflict.doNothing())
    .returning(['run_key', withoutFlush(engine)])
    .execute();
  return new Set(inserted.map(({ run_key }) => run_key));
}

async function insertAgencies(tx: Tx, runs: readonly Run[]): Promise<void> {
  const named = new Map(
    runs.flatMap(({ agency_id: id, agency: name, finished_at }) =>
      id === null || name === null ? [] : [[id, { id, name, first_seen_at: finished_at }] as const],
    ),
  );
  if (named.size === 0) return;
  await tx
    .insertInto('agencies')
    .values([...named.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Makes the runs current that are the first of their sources and about which nobody has said anything: the usual case.
 * Gives the keys of those.
 */
async function makeFirst(tx: Tx, runs: readonly Run[]): Promise<Set<string>> {
  if (runs.length === 0) return new Set();
  const rows = await tx
    .updateTable('sources')
    .set({
      current_run: (value) =>
        value
          .selectFrom('runs')
          .select('runs.run_key')
          .whereRef('runs.sha256', '=', 'sources.sha256')
          .where(
            'runs.run_key',
            'in',
            runs.map(({ run_key }) => run_key),
          ),
    })
    .where(
      'sha256',
      'in',
      runs.map(({ sha256 }) => sha256),
    )
    .where('current_run', 'is', null)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('corrections')
            .select('corrections.id')
            .whereRef('corrections.sha256', '=', 'sources.sha256'),
        ),
      ),
    )
    .returning('current_run')
    .execute();
  return new Set(rows.flatMap(({ current_run }) => current_run ?? []));
}

/**
 * The run requested last speaks for the source, in whatever order runs finish; but a failure never takes the place of
 * a record. Gives whether the new run is now current.
 */
async function makeCurrent(tx: Tx, engine: Engine, run: Run): Promise<boolean> {
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

function reviewRows({ work, finished }: Finish, isCurrent: boolean, answers: readonly Correction[]) {
  const open = new Set(isCurrent ? openQuestions(finished.record, finished.items, answers) : []);
  return finished.items.map((item) => ({
    ...item,
    id: idOf(work.runKey, item.kind, item.key),
    run_key: work.runKey,
    sha256: work.document.sha256,
    document_id: work.documentId,
    open: Number(open.has(item)),
  }));
}

function textOf(value: string | number | null | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
