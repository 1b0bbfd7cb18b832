import { sql, type Kysely } from 'kysely';
import type { ErrorCode } from '../errors/codes.js';
import type { FormId } from '../model/record.js';
import type {
  AgencySummary,
  BrowseStore,
  DocumentSort,
  DocumentSummary,
  SortedPage,
} from '../ports/browse-store.js';
import { fold } from '../text/fold.js';
import { contains } from './contains.js';
import { matchingDocuments, type PreparedFilter } from './filters.js';
import { idOf } from './keys.js';
import { toDeadLetter } from './rows.js';
import type { Schema } from './schema.js';

type Db = Kysely<Schema>;

const LISTED_COLUMNS = [
  'documents.id',
  'documents.sha256',
  'documents.path',
  'documents.uri',
  'documents.admitted_at',
  'runs.state',
  'runs.agency',
  'runs.year',
  'runs.form',
  'runs.extractor',
  'runs.confidence',
  'runs.doubtful_fields',
  'runs.failed_checks',
  'runs.error_code',
  'runs.finished_at',
] as const;

const SORT_COLUMNS = { confidence: 'runs.confidence', agency: 'runs.agency', year: 'runs.year' } as const;

const count = sql<number>`count(*)`.as('count');

/** See BrowseStore.listDocuments. */
export async function listDocuments(
  db: Db,
  filter: PreparedFilter,
  sort: DocumentSort,
  page: SortedPage,
): Promise<DocumentSummary[]> {
  const matching = selectListed(db, filter);
  if (sort === 'newest') return summaries(db, await newest(matching, page).execute());
  const column = SORT_COLUMNS[sort];
  const isPastValues = page.after !== null && page.after.value === null;
  const valued = isPastValues ? [] : await sorted(db, matching, column, page).execute();
  const left = page.limit - valued.length;
  const after = isPastValues ? (page.after?.id ?? '') : '';
  const unvalued = left === 0 ? [] : await unsorted(matching, column, after, left).execute();
  return summaries(db, [...valued, ...unvalued]);
}

type Matching = ReturnType<typeof selectListed>;
type Listed = Awaited<ReturnType<Matching['execute']>>[number];

function selectListed(db: Db, filter: PreparedFilter) {
  return matchingDocuments(db, filter).select(LISTED_COLUMNS);
}

function newest(matching: Matching, { after, limit }: SortedPage): Matching {
  const query = matching
    .orderBy('documents.admitted_at', 'desc')
    .orderBy('documents.id', 'desc')
    .limit(limit);
  if (after === null) return query;
  const at = String(after.value);
  return query
    .where('documents.admitted_at', '<=', at)
    .where((where) =>
      where.or([where('documents.admitted_at', '<', at), where('documents.id', '<', after.id)]),
    );
}

type SortColumn = (typeof SORT_COLUMNS)[keyof typeof SORT_COLUMNS];

/**
 * Documents with a value to sort by. Between equal values it goes by the run's own document first, because the index
 * does: thousands may share a value.
 */
function sorted(db: Db, matching: Matching, column: SortColumn, { after, limit }: SortedPage): Matching {
  const query = matching
    .where(column, 'is not', null)
    .orderBy(column)
    .orderBy('runs.document_id')
    .orderBy('documents.id')
    .limit(limit);
  if (after === null || after.value === null) return query;
  const place = sql.join([sql.ref(column), sql.ref('runs.document_id'), sql.ref('documents.id')]);
  const last = sql.join([after.value, runDocumentOf(db, after.id), after.id]);
  return query.where(sql<boolean>`(${place}) > (${last})`);
}

/** The document that the current run of this document's source was made for: often itself. */
function runDocumentOf(db: Db, documentId: string) {
  return db
    .selectFrom('documents as last')
    .innerJoin('sources as spoken', 'spoken.sha256', 'last.sha256')
    .innerJoin('runs as current', 'current.run_key', 'spoken.current_run')
    .select('current.document_id')
    .where('last.id', '=', documentId);
}

function unsorted(matching: Matching, column: SortColumn, afterId: string, limit: number): Matching {
  return matching
    .where(column, 'is', null)
    .where('documents.id', '>', afterId)
    .orderBy('documents.id')
    .limit(limit);
}

/** What other tables know of the listed documents, asked for once a page. */
async function summaries(db: Db, rows: readonly Listed[]): Promise<DocumentSummary[]> {
  const hashes = [...new Set(rows.map((row) => row.sha256))];
  if (hashes.length === 0) return [];
  const open = await db
    .selectFrom('review_items')
    .select(['sha256', count])
    .where('sha256', 'in', hashes)
    .where('open', '=', 1)
    .groupBy('sha256')
    .execute();
  const queued = await db.selectFrom('requests').select('sha256').where('sha256', 'in', hashes).execute();
  const dead = await db
    .selectFrom('dead_letters')
    .select(['sha256', 'code'])
    .where('sha256', 'in', hashes)
    .execute();
  const openItems = new Map(open.map((row) => [row.sha256, row.count]));
  const isQueued = new Set(queued.map((row) => row.sha256));
  const deadCodes = new Map(dead.map((row) => [row.sha256, row.code]));
  return rows.map((row) =>
    toSummary(row, {
      openItems: openItems.get(row.sha256) ?? 0,
      isQueued: isQueued.has(row.sha256),
      deadCode: deadCodes.get(row.sha256) ?? null,
    }),
  );
}

interface Surroundings {
  readonly openItems: number;
  readonly isQueued: boolean;
  readonly deadCode: string | null;
}

/** The columns hold what this folder's own writers put there, hence the narrowing casts. */
function toSummary(row: Listed, { openItems, isQueued, deadCode }: Surroundings): DocumentSummary {
  const state = (row.state ?? (deadCode === null ? 'pending' : 'failed')) as DocumentSummary['state'];
  return {
    id: row.id,
    sha256: row.sha256,
    path: row.path,
    uri: row.uri,
    state,
    isQueued,
    agency: row.agency,
    year: row.year,
    form: row.form as FormId | null,
    format: row.extractor,
    confidence: row.confidence,
    doubtfulFields: row.doubtful_fields ?? 0,
    failedChecks: row.failed_checks ?? 0,
    openItems,
    errorCode: (row.error_code ?? (row.state === null ? deadCode : null)) as ErrorCode | null,
    admittedAt: row.admitted_at,
    finishedAt: row.finished_at,
  };
}

/** See BrowseStore.currentRunOf. */
export async function currentRunOf(db: Db, sha256: string): Promise<string | null> {
  const row = await db
    .selectFrom('sources')
    .select('current_run')
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row?.current_run ?? null;
}

/** See BrowseStore.deadLetterOf. */
export async function deadLetterOf(db: Db, sha256: string): ReturnType<BrowseStore['deadLetterOf']> {
  const row = await db
    .selectFrom('dead_letters')
    .selectAll()
    .where('sha256', '=', sha256)
    .orderBy('died_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toDeadLetter(row) : null;
}

/** See BrowseStore.listAgencies: those that some current run names. */
export async function listAgencies(
  db: Db,
  part: string | null,
  { after, limit }: SortedPage,
): Promise<AgencySummary[]> {
  const rows = await db
    .selectFrom('agencies')
    .select(['agencies.id', 'agencies.name'])
    .where((where) =>
      where.exists(
        where
          .selectFrom('runs')
          .innerJoin('sources', 'sources.current_run', 'runs.run_key')
          .select('runs.run_key')
          .whereRef('runs.agency_id', '=', 'agencies.id'),
      ),
    )
    .$if(part !== null, (query) => query.where(contains('agencies.name', part ?? '')))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(agencies.name, agencies.id) > (${after?.value}, ${after?.id})`),
    )
    .orderBy('agencies.name')
    .orderBy('agencies.id')
    .limit(limit)
    .execute();
  const sums = await agencySums(
    db,
    rows.map((row) => row.id),
  );
  return rows.map(({ id, name }) => ({ id, name, ...(sums.get(id) ?? NO_REPORTS) }));
}

const NO_REPORTS = { reports: 0, firstYear: null, lastYear: null } as const;

async function agencySums(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, Omit<AgencySummary, 'id' | 'name'>>();
  const rows = await db
    .selectFrom('runs')
    .innerJoin('sources', 'sources.current_run', 'runs.run_key')
    .select((get) => [
      'runs.agency_id as id',
      count,
      get.fn.min('runs.year').as('first'),
      get.fn.max('runs.year').as('last'),
    ])
    .where('runs.agency_id', 'in', [...ids])
    .groupBy('runs.agency_id')
    .execute();
  return new Map(
    rows.map((row) => [row.id ?? '', { reports: row.count, firstYear: row.first, lastYear: row.last }]),
  );
}

/** See BrowseStore.findAgency. */
export async function findAgency(db: Db, idOrName: string): ReturnType<BrowseStore['findAgency']> {
  const found = await db
    .selectFrom('agencies')
    .select(['id', 'name'])
    .where('id', 'in', [idOrName, idOf('agency', fold(idOrName))])
    .executeTakeFirst();
  return found ?? null;
}

/** See BrowseStore.documentIdsOfAgency. */
export async function documentIdsOfAgency(db: Db, agencyId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('documents')
    .innerJoin('sources', 'sources.sha256', 'documents.sha256')
    .innerJoin('runs', 'runs.run_key', 'sources.current_run')
    .select('documents.id')
    .where('runs.agency_id', '=', agencyId)
    .orderBy('documents.id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}
