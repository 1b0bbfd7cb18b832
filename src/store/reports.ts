import type { Kysely } from 'kysely';
import type { FormId } from '../model/record.js';
import type { ReportCandidate } from '../model/run.js';
import type { PageRequest, ReadStore } from '../ports/run-store.js';
import { linksOf } from '../reports/candidate.js';
import { fold } from '../text/fold.js';
import { matchingDocuments, type PreparedFilter } from './filters.js';
import { idOf } from './keys.js';
import { toRecord } from './rows.js';
import type { Schema } from './schema.js';

type Db = Kysely<Schema>;

/** Extractors of pages that may only point to their report. */
const PAGE_EXTRACTORS = ['html', 'mhtml'];
/** One report has few readings; the newest of more say enough. */
const MOST_READINGS = 10;

/** See ReadStore.candidates. Records are loaded of pages without a form only, for their links. */
export async function candidates(
  db: Db,
  filter: PreparedFilter,
  { after, limit }: PageRequest,
): Promise<ReportCandidate[]> {
  const rows = await matchingDocuments(db, filter)
    .where('runs.run_key', 'is not', null)
    .$if(after !== null, (query) => query.where('documents.id', '>', after ?? ''))
    .select(['documents.id', 'documents.sha256', 'documents.uri', 'documents.path'])
    .select(['runs.run_key', 'runs.form', 'runs.agency', 'runs.year', 'runs.extractor'])
    .orderBy('documents.id')
    .limit(limit)
    .execute();
  const pages = rows.filter(
    ({ form, extractor }) => form === null && PAGE_EXTRACTORS.includes(extractor ?? ''),
  );
  const links = await linksByRun(
    db,
    pages.flatMap(({ run_key }) => run_key ?? []),
  );
  return rows.map(({ id, sha256, uri, path, run_key, form, agency, year }) => ({
    id,
    sha256,
    form: form as FormId | null,
    agency,
    year,
    uri,
    path,
    links: links.get(run_key ?? '') ?? [],
  }));
}

async function linksByRun(db: Db, keys: readonly string[]): Promise<Map<string, readonly string[]>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('runs')
    .select(['run_key', 'record'])
    .where('run_key', 'in', keys)
    .execute();
  return new Map(rows.map(({ run_key, record }) => [run_key, linksOf(toRecord(record))]));
}

/** See ReadStore.readingsOfReport. */
export async function readingsOfReport(
  db: Db,
  ...[{ agency, year, form, exceptSha256 }]: Parameters<ReadStore['readingsOfReport']>
): ReturnType<ReadStore['readingsOfReport']> {
  const rows = await db
    .selectFrom('runs')
    .innerJoin('sources', 'sources.current_run', 'runs.run_key')
    .select(['runs.document_id', 'runs.record'])
    .where('runs.agency_id', '=', idOf('agency', fold(agency)))
    .where('runs.year', '=', year)
    .where('runs.form', '=', form)
    .where('runs.sha256', '!=', exceptSha256)
    .orderBy('runs.finished_at', 'desc')
    .limit(MOST_READINGS)
    .execute();
  return rows.map(({ document_id, record }) => ({ documentId: document_id, record: toRecord(record) }));
}
