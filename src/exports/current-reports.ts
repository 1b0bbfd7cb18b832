import type { CandidateGroup, ReportSource } from '../reports/report.js';
import type { ReportCandidate } from '../model/run.js';
import type { CurrentRecord, DocumentFilter, RunStore } from '../ports/run-store.js';
import { groupCandidates } from '../reports/group-candidates.js';
import { joinReport } from '../reports/join-report.js';
import { settleReports } from '../reports/settle-reports.js';
import { currentRecords, toExportRecord } from './current-records.js';
import type { ExportRecord } from './export-row.js';

type Store = Pick<RunStore, 'current' | 'candidates'>;

const CANDIDATES_A_PAGE = 1_000;
/** Documents of one report that are loaded at once; more of them are copies of each other. */
const MOST_SOURCES = 100;

/**
 * The current records of the documents that match, one a report: several readings of a report, and the pages that point to
 * it, come as the best reading joined with what the others add, flagged where they differ. Of each document little is kept
 * in memory, of the records a page.
 */
export async function* currentReports(store: Store, filter: DocumentFilter): AsyncGenerator<ExportRecord> {
  const shared = await findSharedReports(store, filter);
  const emitted = new Set<CandidateGroup>();
  for await (const row of currentRecords(store, filter)) {
    const group = shared.get(row.documentId);
    if (!group) yield row;
    else if (!emitted.has(group)) {
      emitted.add(group);
      yield* joinedRows(store, group);
    }
  }
}

/** The groups of more than one document, by each of their documents. */
async function findSharedReports(store: Store, filter: DocumentFilter): Promise<Map<string, CandidateGroup>> {
  const candidates: ReportCandidate[] = [];
  for (let after: string | null = null; ;) {
    const page: ReportCandidate[] = await store.candidates(filter, { after, limit: CANDIDATES_A_PAGE });
    if (page.length === 0) break;
    candidates.push(...page);
    after = page.at(-1)?.id ?? null;
  }
  const groups = groupCandidates(candidates).filter(
    ({ readings, pages }) => readings.length + pages.length > 1,
  );
  return new Map(
    groups.flatMap((group) => [...group.readings, ...group.pages].map((id) => [id, group] as const)),
  );
}

async function* joinedRows(store: Store, group: CandidateGroup): AsyncGenerator<ExportRecord> {
  const readings = await load(store, group.readings);
  const pages = await load(store, group.pages);
  const sources = (rows: readonly ExportRecord[]): ReportSource[] =>
    rows.map(({ documentId: id, record, corrected }) => ({ id, record, corrected }));
  for (const report of settleReports(sources(readings), sources(pages))) {
    const row = readings.find(({ documentId }) => documentId === report.best.id);
    if (row) yield { ...row, record: joinReport(report) };
  }
}

async function load(store: Store, ids: readonly string[]): Promise<ExportRecord[]> {
  if (ids.length === 0) return [];
  const documentIds = ids.slice(0, MOST_SOURCES);
  const found: CurrentRecord[] = await store.current({ documentIds }, { after: null, limit: MOST_SOURCES });
  return found.map(toExportRecord);
}
