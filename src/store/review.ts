import { sql, type Kysely, type Transaction } from 'kysely';
import type { Correction, ReviewItem } from '../model/run.js';
import { isoNow, type Clock } from '../ports/clock.js';
import type {
  AnswerInHistory,
  ReviewSummary,
  SettleOutcome,
  SettleStore,
  SortedPage,
} from '../ports/browse-store.js';
import type { ReviewFilter, ReviewRow } from '../ports/run-store.js';
import { openQuestions } from '../review/open-questions.js';
import { matchingReviewItems, resolveAgencies, runsInReview, stands } from './filters.js';
import type { Engine } from './migrations.js';
import { toCorrection, toRecord, toReviewRow } from './rows.js';
import type { Schema } from './schema.js';

type Db = Kysely<Schema>;
type Tx = Transaction<Schema>;

const count = sql<number>`count(*)`.as('count');

/** See BrowseStore.listReviewItems. */
export async function listReviewItems(
  db: Db,
  filter: ReviewFilter,
  { after, limit }: SortedPage,
): Promise<ReviewRow[]> {
  // The page is found in an index first: the rows themselves are wide, and thousands may match.
  const resolved = await resolveAgencies(db, filter);
  // A database would go through all questions, worst first, in the hope of soon meeting these few agencies' own.
  const order = resolved.agencyIds ? sql`review_items.confidence + 0` : sql.ref('review_items.confidence');
  const page = matchingReviewItems(db, resolved)
    .select('review_items.id')
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(review_items.confidence, review_items.id) > (${after?.value}, ${after?.id})`),
    )
    .orderBy(order)
    .orderBy('review_items.id')
    .limit(limit);
  const rows = await db
    .selectFrom('review_items')
    .innerJoin('runs', 'runs.run_key', 'review_items.run_key')
    .selectAll('review_items')
    .select(['runs.form', 'runs.year', 'runs.agency'])
    .where('review_items.id', 'in', page)
    .orderBy('review_items.confidence')
    .orderBy('review_items.id')
    .execute();
  return rows.map(toReviewRow);
}

/** See BrowseStore.openItemsOf. */
export async function openItemsOf(db: Db, sha256: string): Promise<ReviewRow[]> {
  const rows = await matchingReviewItems(db, {})
    .selectAll('review_items')
    .select(['runs.form', 'runs.year', 'runs.agency'])
    .where('review_items.sha256', '=', sha256)
    .orderBy('review_items.confidence')
    .orderBy('review_items.id')
    .execute();
  return rows.map(toReviewRow);
}

/** See BrowseStore.reviewSummary. */
export async function reviewSummary(db: Db, filter: ReviewFilter): Promise<ReviewSummary> {
  const kinds = await matchingReviewItems(db, filter)
    .select(['review_items.kind', count])
    .groupBy('review_items.kind')
    .execute();
  const { documents } = await runsInReview(db, filter)
    .select(sql<number>`count(*)`.as('documents'))
    .executeTakeFirstOrThrow();
  const of = (kind: ReviewItem['kind']): number => kinds.find((row) => row.kind === kind)?.count ?? 0;
  const byKind = { field: of('field'), meta: of('meta'), check: of('check'), run: of('run') };
  return { items: kinds.reduce((sum, row) => sum + row.count, 0), documents, byKind };
}

/** See SettleStore.settle. */
export async function settle(
  db: Db,
  engine: Engine,
  correction: Correction,
  follows: string | null,
  reading: Parameters<SettleStore['settle']>[2],
): Promise<SettleOutcome> {
  return db.transaction().execute(async (tx) => {
    await lockSource(tx, engine, correction.sha256);
    const latest = await latestAnswer(tx, correction);
    if ((latest?.id ?? null) !== follows) return { kind: 'conflict', latest };
    const kept = { ...correction, createdAt: laterThan(latest, correction.createdAt) };
    await keepAnswer(tx, kept);
    if (reading !== null) {
      const { confidence, isRight } = reading;
      const judgement = { correction_id: kept.id, confidence, is_right: Number(isRight) };
      await tx.insertInto('judgements').values(judgement).execute();
    }
    return { kind: 'kept', correction: kept };
  });
}

/** See SettleStore.retract. */
export async function retract(
  db: Db,
  engine: Engine,
  clock: Clock,
  taken: { readonly sha256: string; readonly correctionId: string; readonly author: string },
): Promise<SettleOutcome | null> {
  const { sha256, correctionId, author } = taken;
  return db.transaction().execute(async (tx) => {
    await lockSource(tx, engine, sha256);
    const row = await tx
      .selectFrom('corrections')
      .selectAll()
      .where('id', '=', correctionId)
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    if (!row) return null;
    const correction = toCorrection(row);
    const latest = await latestAnswer(tx, correction);
    if (latest?.id !== correctionId) return { kind: 'conflict', latest };
    await tx
      .insertInto('retractions')
      .values({ correction_id: correctionId, author, created_at: isoNow(clock) })
      .execute();
    await refreshQuestions(tx, sha256);
    return { kind: 'kept', correction };
  });
}

/** See ReviewStore.correct. */
export async function correct(db: Db, engine: Engine, correction: Correction): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockSource(tx, engine, correction.sha256);
    await keepAnswer(tx, correction);
  });
}

async function keepAnswer(tx: Tx, correction: Correction): Promise<void> {
  const row = {
    id: correction.id,
    sha256: correction.sha256,
    target: correction.target,
    key: correction.key,
    value: JSON.stringify(correction.value),
    status: correction.status,
    seen: correction.seen,
    author: correction.author,
    reason: correction.reason,
    created_at: correction.createdAt,
  };
  await tx
    .insertInto('corrections')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await refreshQuestions(tx, correction.sha256);
}

/** Opens and closes the questions about a source's current run as the answers that stand now say. */
async function refreshQuestions(tx: Tx, sha256: string): Promise<void> {
  const run = await tx
    .selectFrom('runs')
    .innerJoin('sources', 'sources.current_run', 'runs.run_key')
    .select(['runs.run_key', 'runs.record'])
    .where('sources.sha256', '=', sha256)
    .executeTakeFirst();
  if (!run) return;
  const questions = await tx
    .selectFrom('review_items')
    .select(['id', 'kind', 'key', 'seen', 'open'])
    .where('run_key', '=', run.run_key)
    .execute();
  const asked = questions.map((row) => ({ ...row, kind: row.kind as ReviewItem['kind'] }));
  const open = new Set(openQuestions(toRecord(run.record), asked, await standingAnswers(tx, sha256)));
  for (const isOpen of [true, false]) {
    const turned = asked.filter((one) => open.has(one) === isOpen && one.open !== Number(isOpen));
    if (turned.length === 0) continue;
    const ids = turned.map(({ id }) => id);
    await tx
      .updateTable('review_items')
      .set({ open: Number(isOpen) })
      .where('id', 'in', ids)
      .execute();
  }
}

/** The answers that people have given about a source and not taken back. */
export async function standingAnswers(tx: Tx, sha256: string): Promise<Correction[]> {
  const rows = await tx
    .selectFrom('corrections')
    .selectAll()
    .where('sha256', '=', sha256)
    .where(stands)
    .execute();
  return rows.map(toCorrection);
}

/** See SettleStore.answers. */
export async function answers(db: Db, sha256: string): Promise<AnswerInHistory[]> {
  const rows = await db
    .selectFrom('corrections')
    .leftJoin('retractions', 'retractions.correction_id', 'corrections.id')
    .selectAll('corrections')
    .select('retractions.created_at as retracted_at')
    .where('corrections.sha256', '=', sha256)
    .orderBy('corrections.created_at')
    .orderBy('corrections.id')
    .execute();
  return rows.map((row) => ({ ...toCorrection(row), retractedAt: row.retracted_at }));
}

/** Answers about one source come one after the other; in SQLite every transaction is alone anyway. */
async function lockSource(tx: Tx, engine: Engine, sha256: string): Promise<void> {
  if (engine !== 'postgres') return;
  await tx.selectFrom('sources').select('sha256').where('sha256', '=', sha256).forUpdate().execute();
}

async function latestAnswer(
  tx: Tx,
  { sha256, target, key }: Pick<Correction, 'sha256' | 'target' | 'key'>,
): Promise<Correction | null> {
  const row = await tx
    .selectFrom('corrections')
    .selectAll()
    .where('sha256', '=', sha256)
    .where('target', '=', target)
    .where('key', '=', key)
    .where(stands)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toCorrection(row) : null;
}

/** The newest answer is found by its time, so that it must be later than the one before, whatever the clocks say. */
function laterThan(latest: Correction | null, at: string): string {
  if (latest === null || latest.createdAt < at) return at;
  return new Date(Date.parse(latest.createdAt) + 1).toISOString();
}
