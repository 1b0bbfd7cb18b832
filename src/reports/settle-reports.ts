import type { Field, GongkaiRecord } from '../model/record.js';
import type { Disagreement, Report, ReportSource } from './report.js';

/** Two readings of one report have at least this share of their numbers other than zero in common. */
const SAME_CONTENT_SHARE = 0.5;

/**
 * Makes reports of the documents of a group. Readings that share too few numbers are different reports whatever they are
 * called; of those that are the same the best speaks, and the pages go with the best of all.
 */
export function settleReports(readings: readonly ReportSource[], pages: readonly ReportSource[]): Report[] {
  const ranked = [...readings].sort(byQuality);
  const reports: { best: ReportSource; others: ReportSource[] }[] = [];
  for (const source of ranked) {
    const same = reports.find(({ best }) => isSameContent(best.record, source.record));
    if (same) same.others.push(source);
    else reports.push({ best: source, others: [] });
  }
  reports[0]?.others.push(...pages);
  return reports.map(({ best, others }) => ({
    best,
    others,
    disagreements: others.flatMap((other) => findDisagreements(best.record, other.id, other.record)),
  }));
}

/** The best first: what people settled, whole readings before partial ones, the surer, born-digital text before pictures. */
function byQuality(a: ReportSource, b: ReportSource): number {
  return (
    Number(b.corrected.size > 0) - Number(a.corrected.size > 0) ||
    Number(a.record.extraction.partial ?? false) - Number(b.record.extraction.partial ?? false) ||
    b.record.confidence - a.record.confidence ||
    Number(isFromPicture(a.record)) - Number(isFromPicture(b.record)) ||
    (a.id < b.id ? -1 : 1)
  );
}

function isFromPicture(record: GongkaiRecord): boolean {
  return (
    record.extraction.extractor === 'image' ||
    record.extraction.diagnostics.some(({ code }) => code === 'OCR_USED')
  );
}

/** Whether two records of a form hold the same report: most numbers that either found are the same in both. */
export function isSameContent(a: GongkaiRecord, b: GongkaiRecord): boolean {
  if (a.form !== b.form) return false;
  let found = 0;
  let same = 0;
  for (const [key, field] of Object.entries(a.fields)) {
    const other = b.fields[key];
    if (!other || isUnknown(field) || isUnknown(other)) continue;
    if (!field.value && !other.value) continue;
    found++;
    if (field.value === other.value) same++;
  }
  return found === 0 || same >= found * SAME_CONTENT_SHARE;
}

/** The fields for which two readings of one report have different values; what one did not find is no disagreement. */
export function findDisagreements(
  best: GongkaiRecord,
  otherId: string,
  other: GongkaiRecord,
): Disagreement[] {
  return Object.entries(best.fields).flatMap(([key, field]) => {
    const rival = other.fields[key];
    if (!rival || isUnknown(field) || isUnknown(rival) || field.value === rival.value) return [];
    return [{ key, value: field.value, other: rival.value, otherId }];
  });
}

function isUnknown(field: Field): boolean {
  return field.status === 'absent';
}
