import { sql, type Kysely } from 'kysely';
import type { Clock } from '../ports/clock.js';
import type { StoreStatus } from '../ports/run-store.js';
import type { Schema } from './schema.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const count = sql<number>`count(*)`.as('count');

/** See ReadStore.status. */
export async function storeStatus(db: Kysely<Schema>, clock: Clock): Promise<StoreStatus> {
  const current = await db
    .selectFrom('sources')
    .innerJoin('runs', 'runs.run_key', 'sources.current_run')
    .select(['runs.state', 'runs.error_code', count])
    .groupBy(['runs.state', 'runs.error_code'])
    .execute();
  const dead = await db.selectFrom('dead_letters').select(['code', count]).groupBy('code').execute();
  const failed = current.filter((row) => row.state === 'failed');
  return {
    documents: await countAll(db, 'documents'),
    sources: await countAll(db, 'sources'),
    pending: await countAll(db, 'requests'),
    runs: await countAll(db, 'runs'),
    currentDone: sum(current.filter((row) => row.state === 'done')),
    currentFailed: sum(failed),
    failuresByCode: Object.fromEntries(failed.map((row) => [row.error_code ?? '', row.count])),
    deadByCode: Object.fromEntries(dead.map((row) => [row.code, row.count])),
    openReviewItems: await countOpen(db),
    finishedLastMinute: await countFinishedSince(db, clock.now() - MINUTE_MS),
    finishedLastHour: await countFinishedSince(db, clock.now() - HOUR_MS),
  };
}

async function countAll(
  db: Kysely<Schema>,
  table: 'documents' | 'sources' | 'requests' | 'runs',
): Promise<number> {
  return (await db.selectFrom(table).select(count).executeTakeFirstOrThrow()).count;
}

async function countOpen(db: Kysely<Schema>): Promise<number> {
  return (await db.selectFrom('review_items').select(count).where('open', '=', 1).executeTakeFirstOrThrow())
    .count;
}

async function countFinishedSince(db: Kysely<Schema>, sinceMs: number): Promise<number> {
  const since = new Date(sinceMs).toISOString();
  return (
    await db.selectFrom('runs').select(count).where('finished_at', '>=', since).executeTakeFirstOrThrow()
  ).count;
}

function sum(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((total, row) => total + row.count, 0);
}
