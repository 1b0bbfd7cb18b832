import { AppError } from '../../errors/app-error.js';
import type { CurrentRecord } from '../../ports/run-store.js';
import { applyCorrections } from '../../review/apply-corrections.js';
import { compareYears } from '../../review/compare-years.js';
import type { RouteParts, TypedApp } from '../app-parts.js';
import { readPage, toListing, writeCursor } from '../http/cursor.js';
import { answering, options } from '../http/route-options.js';
import { agencyList, agencyParams, agencyQuery, agencyView } from '../schemas/agencies.js';

/** An agency has a report a year; far more than that is a name that many share. */
const MOST_REPORTS = 200;

const LIST = options('read', 'agencies', 'Agencies by name', {
  querystring: agencyQuery,
  response: answering(agencyList),
});
const AGENCY = options('read', 'agencies', 'The reports of an agency over the years', {
  params: agencyParams,
  response: answering(agencyView),
});

/** Who reports, and what they reported over the years. */
export function agencyRoutes(app: TypedApp, { store }: RouteParts): void {
  app.get('/api/agencies', LIST, async ({ query: { q, cursor, limit } }) => {
    const rows = await store.listAgencies(q ?? null, readPage(cursor, limit));
    return toListing(rows, limit, (row) => writeCursor(row.name, row.id));
  });
  app.get('/api/agencies/:id', AGENCY, async ({ params }) => {
    const agency = await store.findAgency(params.id);
    if (!agency) throw new AppError('NOT_FOUND', `No report names the agency "${params.id}".`);
    const documentIds = await store.documentIdsOfAgency(agency.id, MOST_REPORTS);
    const page = { after: null, limit: MOST_REPORTS };
    const current = documentIds.length === 0 ? [] : await store.current({ documentIds }, page);
    // The same bytes may lie in several places; their run is one report.
    const once = new Map(current.map((one) => [one.run.runKey, one]));
    const items = [...once.values()].map(reportOf).sort((a, b) => (a.year ?? 0) - (b.year ?? 0));
    return { ...agency, items, checks: compareYears(items), next: null };
  });
}

function reportOf({ documentId, record, corrections, run }: CurrentRecord) {
  const settled = applyCorrections(record, corrections);
  const year = settled.meta.year?.value;
  return {
    documentId,
    year: typeof year === 'number' ? year : null,
    form: settled.form,
    confidence: settled.confidence,
    failedChecks: run.failedChecks,
    fields: Object.fromEntries(Object.entries(settled.fields).map(([key, { value }]) => [key, value])),
  };
}
