import { sql, type Kysely } from 'kysely';
import type { FormId } from '../model/record.js';
import type { Clock } from '../ports/clock.js';
import type { ReliabilityBin, StoreStats } from '../ports/browse-store.js';
import type { Schema } from './schema.js';

type Db = Kysely<Schema>;

/** Lower edges of the bands; close together near 1, where the decisions are made. */
const BAND_EDGES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999] as const;
const HOUR_MS = 3_600_000;
/** `2026-01-01T00:00`: the minute of an ISO 8601 time. */
const MINUTE_LENGTH = 16;

const count = sql<number>`count(*)`.as('count');

/** See BrowseStore.stats. */
export async function storeStats(db: Db, clock: Clock): Promise<StoreStats> {
  const [states, formats, coverage, throughput, confidenceHistogram, reliability] = await Promise.all([
    countStates(db),
    countFormats(db),
    countCoverage(db),
    countMinutes(db, new Date(clock.now() - HOUR_MS).toISOString()),
    histogram(db),
    reliabilityBins(db),
  ]);
  return { states, formats, coverage, throughput, confidenceHistogram, reliability };
}

/** Sources by state; see DocumentState. */
async function countStates(db: Db): Promise<StoreStats['states']> {
  const rows = await db
    .selectFrom('sources')
    .innerJoin('runs', 'runs.run_key', 'sources.current_run')
    .select(['runs.state', count])
    .groupBy('runs.state')
    .execute();
  const withoutRun = await db
    .selectFrom('sources')
    .select(count)
    .where('current_run', 'is', null)
    .executeTakeFirstOrThrow();
  const dead = await db
    .selectFrom('sources')
    .innerJoin('dead_letters', 'dead_letters.sha256', 'sources.sha256')
    .select((get) => get.fn.count<number>('sources.sha256').distinct().as('count'))
    .where('sources.current_run', 'is', null)
    .executeTakeFirstOrThrow();
  const of = (state: string): number => rows.find((row) => row.state === state)?.count ?? 0;
  return { done: of('done'), failed: of('failed') + dead.count, pending: withoutRun.count - dead.count };
}

async function countFormats(db: Db): Promise<StoreStats['formats']> {
  const rows = await db
    .selectFrom('sources')
    .innerJoin('runs', 'runs.run_key', 'sources.current_run')
    .select(['runs.extractor as format', count])
    .groupBy('runs.extractor')
    .orderBy('runs.extractor')
    .execute();
  return rows;
}

async function countCoverage(db: Db): Promise<StoreStats['coverage']> {
  const rows = await db
    .selectFrom('sources')
    .innerJoin('runs', 'runs.run_key', 'sources.current_run')
    .select(['runs.year', 'runs.form', count])
    .where('runs.state', '=', 'done')
    .groupBy(['runs.year', 'runs.form'])
    .orderBy('runs.year')
    .orderBy('runs.form')
    .execute();
  return rows.map((row) => ({ ...row, form: row.form as FormId | null }));
}

async function countMinutes(db: Db, since: string): Promise<StoreStats['throughput']> {
  const minute = sql<string>`substr(finished_at, 1, ${sql.lit(MINUTE_LENGTH)})`;
  return db
    .selectFrom('runs')
    .select([minute.as('minute'), count])
    .where('finished_at', '>=', since)
    .groupBy(minute)
    .orderBy(minute)
    .execute();
}

/** Which band a confidence lies in, as its index. */
function band(column: string) {
  const cases = BAND_EDGES.map((edge, index) => ({ edge, index })).reverse();
  const whens = cases.map(
    ({ edge, index }) => sql`when ${sql.ref(column)} >= ${sql.lit(edge)} then ${sql.lit(index)}`,
  );
  return sql<number>`case ${sql.join(whens, sql` `)} else 0 end`;
}

function edgesOf(index: number): { from: number; to: number } {
  return { from: BAND_EDGES[index] ?? 0, to: BAND_EDGES[index + 1] ?? 1 };
}

async function histogram(db: Db): Promise<StoreStats['confidenceHistogram']> {
  const rows = await db
    .selectFrom('sources')
    .innerJoin('runs', 'runs.run_key', 'sources.current_run')
    .select([band('runs.confidence').as('band'), count])
    .where('runs.state', '=', 'done')
    .groupBy(band('runs.confidence'))
    .execute();
  const counts = new Map(rows.map((row) => [row.band, row.count]));
  return BAND_EDGES.map((_, index) => ({ ...edgesOf(index), count: counts.get(index) ?? 0 }));
}

async function reliabilityBins(db: Db): Promise<ReliabilityBin[]> {
  const rows = await db
    .selectFrom('judgements')
    .leftJoin('retractions', 'retractions.correction_id', 'judgements.correction_id')
    .select((get) => [
      band('judgements.confidence').as('band'),
      count,
      sql<number>`avg(judgements.confidence)`.as('mean'),
      get.fn.sum<number>('judgements.is_right').as('right'),
    ])
    .where('retractions.correction_id', 'is', null)
    .groupBy(band('judgements.confidence'))
    .execute();
  const byBand = new Map(rows.map((row) => [row.band, row]));
  return BAND_EDGES.map((_, index) => {
    const row = byBand.get(index);
    return {
      ...edgesOf(index),
      meanConfidence: Number(row?.mean ?? 0),
      settled: row?.count ?? 0,
      right: Number(row?.right ?? 0),
    };
  });
}
