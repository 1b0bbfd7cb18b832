import type { CheckResult } from '../model/record.js';

/** One year's report of an agency: its values by field key. */
export interface YearOfReport {
  readonly year: number | null;
  /** Of several reports for one year the surest counts. */
  readonly confidence: number;
  readonly fields: Readonly<Record<string, number | null>>;
}

/** A check between two years; `year` is the later one. */
export interface YearCheck extends CheckResult {
  readonly year: number;
}

const FORWARD = 'applications.carried_forward.';
const OVER = 'applications.carried_over.';

/**
 * What a report carries forward must be what the next year's carries over (the second and fourth rows of table three,
 * column by column). Years that are missing or print no such number are skipped or left out; nothing is changed.
 */
export function compareYears(reports: readonly YearOfReport[]): YearCheck[] {
  const byYear = new Map<number, YearOfReport>();
  for (const report of [...reports].sort((a, b) => a.confidence - b.confidence)) {
    if (report.year !== null) byYear.set(report.year, report);
  }
  const years = [...byYear.keys()].sort((a, b) => a - b);
  return years.flatMap((year) => {
    const [before, report] = [byYear.get(year - 1), byYear.get(year)];
    return before && report ? compare(year, before, report) : [];
  });
}

function compare(year: number, before: YearOfReport, report: YearOfReport): YearCheck[] {
  const columns = Object.keys(report.fields)
    .filter((key) => key.startsWith(OVER))
    .map((key) => key.slice(OVER.length));
  return columns.flatMap((column) => {
    const left = before.fields[FORWARD + column];
    const right = report.fields[OVER + column];
    if (left === undefined || right === undefined) return [];
    const isKnown = left !== null && right !== null;
    const status = !isKnown ? 'skipped' : left === right ? 'passed' : 'failed';
    return [{ id: `years:${column}`, year, status, left, right, fields: [OVER + column] }];
  });
}
