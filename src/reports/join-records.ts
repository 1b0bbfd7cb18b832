import type { GongkaiRecord } from '../model/record.js';
import { toCandidate } from './candidate.js';
import { groupCandidates } from './group-candidates.js';
import { joinReport } from './join-report.js';
import type { ReportSource } from './report.js';
import { settleReports } from './settle-reports.js';

/**
 * Joins records that are in memory, keeping one a record and their order: the best reading of each report says what its
 * other sources add and where they differ; the others stay as they were read.
 */
export function joinRecords(records: readonly GongkaiRecord[]): GongkaiRecord[] {
  const sources = records.map((record, i): ReportSource => ({
    id: String(i),
    record,
    corrected: new Set(),
  }));
  const joined = [...records];
  for (const group of groupCandidates(sources.map(({ id, record }) => toCandidate(id, record)))) {
    const of = (ids: readonly string[]): ReportSource[] => ids.flatMap((id) => sources[Number(id)] ?? []);
    for (const report of settleReports(of(group.readings), of(group.pages)))
      joined[Number(report.best.id)] = joinReport(report);
  }
  return joined;
}
