import { sql, type Expression, type ExpressionBuilder, type Kysely, type SqlBool } from 'kysely';
import type { DocumentFilter, ReviewFilter } from '../ports/run-store.js';
import type { DocumentState } from '../ports/browse-store.js';
import { contains } from './contains.js';
import type { Schema } from './schema.js';
import type { WordsFound } from './texts.js';

/** `documents` joined with `sources` and, where there is one, the current row of `runs`. */
type Joined = Schema & { runs: { [K in keyof Schema['runs']]: Schema['runs'][K] | null } };
type OnRuns = ExpressionBuilder<Schema, 'runs'>;
type Where = ExpressionBuilder<Joined, 'documents' | 'sources' | 'runs'>;

/** A filter with what prepare-filter.ts looked up for it. */
export interface PreparedFilter extends DocumentFilter {
  readonly olderVersions: readonly string[];
  /** Which sources hold `text` among their own words; null where none was asked for. */
  readonly words: WordsFound | null;
}

/** The documents that match, each with its current run or nulls: every listing starts here. */
export function matchingDocuments(db: Kysely<Schema>, filter: PreparedFilter) {
  return db
    .selectFrom('documents')
    .innerJoin('sources', 'sources.sha256', 'documents.sha256')
    .leftJoin('runs', 'runs.run_key', 'sources.current_run')
    .where((where) => where.and(conditions(where as unknown as Where, filter)));
}

/** Negative where `a` is older than `b`; parts are compared as numbers, a pre-release comes before its release. */
export function compareVersions(a: string, b: string): number {
  const [coreA = '', preA] = a.split(/-(.*)/s);
  const [coreB = '', preB] = b.split(/-(.*)/s);
  const core = compareParts(coreA.split('.'), coreB.split('.'));
  if (core !== 0 || preA === preB) return core;
  if (preA === undefined) return 1;
  if (preB === undefined) return -1;
  return compareParts(preA.split('.'), preB.split('.'));
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [left = '0', right = '0'] = [a[at], b[at]];
    const numbers = /^\d+$/.test(left) && /^\d+$/.test(right);
    const order = numbers ? Number(left) - Number(right) : left < right ? -1 : Number(left > right);
    if (order !== 0) return order;
  }
  return 0;
}

function conditions(where: Where, filter: PreparedFilter) {
  const all = [];
  if (filter.documentIds) all.push(where('documents.id', 'in', [...filter.documentIds]));
  if (filter.form === 'none') all.push(where('runs.form', 'is', null).and('runs.run_key', 'is not', null));
  else if (filter.form !== undefined) all.push(where('runs.form', '=', filter.form));
  if (filter.yearFrom !== undefined) all.push(where('runs.year', '>=', filter.yearFrom));
  if (filter.yearTo !== undefined) all.push(where('runs.year', '<=', filter.yearTo));
  if (filter.confidenceBelow !== undefined) all.push(where('runs.confidence', '<', filter.confidenceBelow));
  if (filter.versionOlderThan !== undefined) all.push(olderThan(where, filter.olderVersions));
  if (filter.errorCode !== undefined) all.push(failedWith(where, filter.errorCode));
  if (filter.agency !== undefined) all.push(byAgencies(where, filter.agency));
  if (filter.source !== undefined) {
    all.push(where.or([contains('documents.uri', filter.source), contains('documents.path', filter.source)]));
  }
  if (filter.batch !== undefined) all.push(inBatch(where, filter.batch));
  if (filter.text !== undefined) all.push(holdsText(where, filter.text, filter.words));
  if (filter.state !== undefined) all.push(inState(where, filter.state));
  if (filter.format !== undefined) all.push(where('runs.extractor', '=', filter.format));
  return all;
}

function olderThan(where: Where, olderVersions: readonly string[]) {
  if (olderVersions.length === 0) return sql<boolean>`1 = 0`;
  return where('runs.extractor_version', 'in', [...olderVersions]);
}

/** A failed run, or a run given up on that no later one has made good. */
function failedWith(where: Where, code: NonNullable<DocumentFilter['errorCode']>) {
  const failed = code === 'any' ? where('runs.state', '=', 'failed') : where('runs.error_code', '=', code);
  const dead = where.exists(
    where
      .selectFrom('dead_letters')
      .select('dead_letters.run_key')
      .whereRef('dead_letters.sha256', '=', 'documents.sha256')
      .$if(code !== 'any', (query) => query.where('dead_letters.code', '=', code)),
  );
  return where.or([failed, dead]);
}

/**
 * Looked for in few agencies, in the documents' own columns and among the sources whose words hold it: runs are only joined
 * for what is found. An agency that only an earlier run read finds the document too.
 */
function holdsText(where: Where, text: string, words: WordsFound | null) {
  const named = where('documents.sha256', 'in', (inner) =>
    inner
      .selectFrom('agencies')
      .innerJoin('runs as named', 'named.agency_id', 'agencies.id')
      .select('named.sha256')
      .where(contains('agencies.name', text)),
  );
  const columns: Expression<SqlBool>[] = [contains('documents.uri', text), contains('documents.path', text)];
  if (words?.kind === 'many') columns.push(words.holds);
  else if (words && words.sources.length > 0) columns.push(where('documents.sha256', 'in', words.sources));
  if (!/^[0-9a-f]{6,64}$/.test(text)) return where.or([named, ...columns]);
  const ids = (['documents.id', 'documents.sha256'] as const).map((id) => where(id, 'like', `${text}%`));
  return where.or([named, ...columns, ...ids]);
}

/** See DocumentState: a source that was given up on and has no record has failed as well. */
function inState(where: Where, state: DocumentState) {
  const isDead = where.exists(
    where
      .selectFrom('dead_letters')
      .select('dead_letters.run_key')
      .whereRef('dead_letters.sha256', '=', 'documents.sha256'),
  );
  const hasNoRun = where('sources.current_run', 'is', null);
  if (state === 'done') return where('runs.state', '=', 'done');
  if (state === 'pending') return where.and([hasNoRun, where.not(isDead)]);
  return where.or([where('runs.state', '=', 'failed'), where.and([hasNoRun, isDead])]);
}

function inBatch(where: Where, name: string) {
  return where.exists(
    where
      .selectFrom('batch_items')
      .innerJoin('batches', 'batches.id', 'batch_items.batch_id')
      .select('batch_items.document_id')
      .whereRef('batch_items.document_id', '=', 'documents.id')
      .where('batches.name', '=', name),
  );
}

/** As a filter, with the agencies found that its part of a name stands for; null where they are many. */
export type ResolvedFilter = ReviewFilter & {
  readonly agencyIds?: readonly string[] | null;
};

/** More agencies than these are better looked for from the questions' side. */
const FEW_AGENCIES = 50;

/** Looks the agencies up, so that the database knows how few runs are asked for. */
export async function resolveAgencies(db: Kysely<Schema>, filter: ReviewFilter): Promise<ResolvedFilter> {
  if (filter.agency === undefined) return filter;
  const rows = await db
    .selectFrom('agencies')
    .select('id')
    .where(contains('agencies.name', filter.agency))
    .limit(FEW_AGENCIES + 1)
    .execute();
  return { ...filter, agencyIds: rows.length > FEW_AGENCIES ? null : rows.map(({ id }) => id) };
}

/** The open questions that match, with the run they are about. */
export function matchingReviewItems(db: Kysely<Schema>, filter: ResolvedFilter) {
  return db
    .selectFrom('review_items')
    .leftJoin('runs', 'runs.run_key', 'review_items.run_key')
    .where((where) => where.and([...ofQuestion(where, filter), ...ofRun(where, filter)]));
}

/** The runs that match and have an open question that does. */
export function runsInReview(db: Kysely<Schema>, filter: ResolvedFilter) {
  return db
    .selectFrom('runs')
    .where((where) => where.and(ofRun(where, filter)))
    .where((where) =>
      where.exists(
        where
          .selectFrom('review_items')
          .select('review_items.id')
          .whereRef('review_items.run_key', '=', 'runs.run_key')
          .where((inner) => inner.and(ofQuestion(inner, filter))),
      ),
    );
}

/** Conditions on the question itself: open, and what the filter says of it. */
export function ofQuestion(where: unknown, filter: ResolvedFilter) {
  const on = where as ExpressionBuilder<Schema, 'review_items'>;
  const all = [on('review_items.open', '=', 1)];
  if (filter.below !== undefined) all.push(on('review_items.confidence', '<', filter.below));
  if (filter.kind !== undefined) all.push(on('review_items.kind', '=', filter.kind));
  if (filter.key !== undefined) all.push(on('review_items.key', '=', filter.key));
  if (filter.documentId !== undefined) all.push(on('review_items.document_id', '=', filter.documentId));
  return all;
}

function ofRun(where: unknown, { form, year, agency, agencyIds, batch }: ResolvedFilter) {
  const on = where as OnRuns;
  const all: Expression<SqlBool>[] = [];
  if (form !== undefined) all.push(on('runs.form', '=', form));
  if (year !== undefined) all.push(on('runs.year', '=', year));
  if (agencyIds?.length === 0) all.push(sql<boolean>`1 = 0`);
  else if (agencyIds) all.push(on('runs.agency_id', 'in', [...agencyIds]));
  else if (agency !== undefined) all.push(byAgencies(on, agency));
  if (batch === undefined) return all;
  const inBatch = on
    .selectFrom('batch_items')
    .innerJoin('batches', 'batches.id', 'batch_items.batch_id')
    .select('batch_items.document_id')
    .whereRef('batch_items.run_key', '=', 'runs.run_key')
    .where('batches.name', '=', batch);
  return [...all, on.exists(inBatch)];
}

/** Runs of the agencies whose name holds `part`: names are few, so they are looked through instead of the runs. */
function byAgencies(on: OnRuns, part: string) {
  return on('runs.agency_id', 'in', (inner) =>
    inner.selectFrom('agencies').select('agencies.id').where(contains('agencies.name', part)),
  );
}

/** Answers that nobody has taken back. */
export function stands(where: ExpressionBuilder<Schema, 'corrections'>) {
  return where.not(
    where.exists(
      where
        .selectFrom('retractions')
        .select('retractions.correction_id')
        .whereRef('retractions.correction_id', '=', 'corrections.id'),
    ),
  );
}
