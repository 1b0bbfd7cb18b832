import type { GongkaiRecord } from '../model/record.js';
import type { ReportCandidate } from '../model/run.js';

/** What telling whose report a record is needs of it. */
export function toCandidate(id: string, record: GongkaiRecord): ReportCandidate {
  const { agency_name: agency, year } = record.meta;
  return {
    id,
    sha256: record.source.sha256,
    form: record.form,
    agency: typeof agency?.value === 'string' ? agency.value : null,
    year: typeof year?.value === 'number' ? year.value : null,
    uri: record.source.uri,
    path: record.source.path,
    links: linksOf(record),
  };
}

/** Where a page without a report points; empty for every other document. */
export function linksOf(record: GongkaiRecord): readonly string[] {
  return record.extraction.diagnostics.flatMap(({ code, links }) =>
    code === 'POINTS_TO_ATTACHMENT' ? (links ?? []) : [],
  );
}
