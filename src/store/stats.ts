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
  const [groups, waiting, throughput, reliability] = await Promise.all([
    countGroups(db),
    countWithoutRun(db),
    countMinutes(db, new Date(clock.now() - HOUR_MS).toISOString()),
    reliabilityBins(db),
  ]);
  const done = groups.filter(({ state }) => state === 'done');
  const [read, all] = [sum(done), sum(groups)];
  return {
    states: { done: read, failed: all - read + waiting.dead, pending: waiting.all - waiting.dead },
    formats: formatsOf(groups),
    coverage: coverageOf(done),
    throughput,
    confidenceHistogram: histogramOf(done),
    reliability,
  };
}

type Group = Awaited<ReturnType<typeof countGroups>>[number];

/** Documents by everything that is asked of their current runs, so that they are gone through once. */
function countGroups(db: Db) {
  return db
    .selectFrom('documents')
    .innerJoin('sources', 'sources.sha256', 'documents.sha256')
    .innerJoin('runs', 'runs.run_key', 'sources.current_run')
    .select(['runs.state', 'runs.extractor', 'runs.year', 'runs.form'])
    .select([band('runs.confidence').as('band'), count])
    .groupBy(['runs.state', 'runs.extractor', 'runs.year', 'runs.form', band('runs.confidence')])
    .execute();
}

/** Documents without a run, and those among them that were given up on; see DocumentState. */
async function countWithoutRun(db: Db): Promise<{ readonly all: number; readonly dead: number }> {
  const all = await db
    .selectFrom('documents')
    .innerJoin('sources', 'sources.sha256', 'documents.sha256')
    .select(count)
    .where('sources.current_run', 'is', null)
    .executeTakeFirstOrThrow();
  const dead = await db
    .selectFrom('documents')
    .innerJoin('sources', 'sources.sha256', 'documents.sha256')
    .innerJoin('dead_letters', 'dead_letters.sha256', 'sources.sha256')
    .select((get) => get.fn.count<number>('documents.id').distinct().as('count'))
    .where('sources.current_run', 'is', null)
    .executeTakeFirstOrThrow();
  return { all: all.count, dead: dead.count };
}

function formatsOf(groups: readonly Group[]): StoreStats['formats'] {
  return [...sumBy(groups, ({ extractor }) => extractor)]
    .map(([format, total]) => ({ format, count: total }))
    .sort((a, b) => (a.format < b.format ? -1 : 1));
}

function coverageOf(done: readonly Group[]): StoreStats['coverage'] {
  const places = new Map(done.map(({ year, form }) => [JSON.stringify([year, form]), { year, form }]));
  const counts = sumBy(done, ({ year, form }) => JSON.stringify([year, form]));
  return [...places]
    .map(([key, { year, form }]) => ({ year, form: form as FormId | null, count: counts.get(key) ?? 0 }))
    .sort((a, b) => (a.year ?? 0) - (b.year ?? 0) || ((a.form ?? '') < (b.form ?? '') ? -1 : 1));
}

function histogramOf(done: readonly Group[]): StoreStats['confidenceHistogram'] {
  const counts = sumBy(done, (group) => group.band);
  return BAND_EDGES.map((_, index) => ({ ...edgesOf(index), count: counts.get(index) ?? 0 }));
}

function sum(groups: readonly Group[]): number {
  return groups.reduce((total, group) => total + group.count, 0);
}

function sumBy<K>(groups: readonly Group[], keyOf: (group: Group) => K): Map<K, number> {
  const sums = new Map<K, number>();
  for (const group of groups) sums.set(keyOf(group), (sums.get(keyOf(group)) ?? 0) + group.count);
  return sums;
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
