import type { Diagnostic } from '../model/diagnostic.js';
import {
  META_KEYS,
  type CheckResult,
  type Field,
  type GongkaiRecord,
  type MetaKey,
  type MetaValue,
} from '../model/record.js';
import type { Disagreement, Report, ReportSource } from './report.js';

/** What a field on which two sources of a report differ can be given at most. */
const DISPUTED = 0.8;
/** So many fields are named in a message. */
const NAMED_FIELDS = 5;

/** The check that compares the sources of one report. */
export const SAME_REPORT_CHECK = 'same_report';

/**
 * The record of a report: that of its best reading, with what the other sources (the page around an attachment, another
 * format) say of title, body and dates where it says nothing itself. Values on which they differ are doubted and the
 * check `same_report` fails; nothing that is printed is changed.
 */
export function joinReport(report: Report): GongkaiRecord {
  const { best, others, disagreements } = report;
  if (others.length === 0) return best.record;
  const { meta, diagnostics } = fillMeta(best.record, others);
  const record: GongkaiRecord = {
    ...best.record,
    meta,
    extraction: {
      ...best.record.extraction,
      diagnostics: [...best.record.extraction.diagnostics, ...diagnostics],
    },
    checks: [...best.record.checks, sameReportCheck(disagreements)],
    joined: others.map(({ record: { source, form } }) => ({
      role: form === null ? 'page' : 'reading',
      sha256: source.sha256,
      uri: source.uri,
      path: source.path,
    })),
  };
  return disagreements.length === 0 ? record : doubt(record, best, others, disagreements);
}

function fillMeta(
  record: GongkaiRecord,
  others: readonly ReportSource[],
): { meta: GongkaiRecord['meta']; diagnostics: Diagnostic[] } {
  const meta: Partial<Record<MetaKey, MetaValue>> = { ...record.meta };
  const diagnostics: Diagnostic[] = [];
  for (const { record: other } of others) {
    const filled = META_KEYS.filter((key) => isMissing(meta[key]) && !isMissing(other.meta[key]));
    for (const key of filled) {
      const value = other.meta[key];
      // The evidence stands in another source than the record's.
      if (value) meta[key] = { ...value, evidence: [] };
    }
    const taken = filled.length === 0 ? '' : `, which says ${filled.join(', ')}`;
    diagnostics.push({ code: 'JOINED', message: `the same report as ${placeOf(other)}${taken}` });
  }
  return { meta, diagnostics };
}

function isMissing(value: MetaValue | undefined): boolean {
  return value === undefined || value.value === null;
}

function placeOf({ source }: GongkaiRecord): string {
  return source.uri ?? source.path ?? source.sha256;
}

/** The check over the sources of one report: failed where they differ, on the fields concerned. */
function sameReportCheck(disagreements: readonly Disagreement[]): CheckResult {
  const fields = [...new Set(disagreements.map(({ key }) => key))];
  const [first] = disagreements;
  if (!first) return { id: SAME_REPORT_CHECK, status: 'passed', left: null, right: null, fields };
  return {
    id: SAME_REPORT_CHECK,
    status: 'failed',
    left: first.value,
    right: first.other,
    fields,
    note: describeDisagreements(disagreements),
  };
}

/** Which fields differ, and how, in one sentence. */
export function describeDisagreements(disagreements: readonly Disagreement[]): string {
  const shown = disagreements
    .slice(0, NAMED_FIELDS)
    .map(({ key, value, other }) => `${key} ${value ?? 'nothing'} and ${other ?? 'nothing'}`);
  const more = disagreements.length > NAMED_FIELDS ? `, and ${disagreements.length - NAMED_FIELDS} more` : '';
  return `another source of the same report has other values: ${shown.join(', ')}${more}`;
}

function doubt(
  record: GongkaiRecord,
  best: ReportSource,
  others: readonly ReportSource[],
  disagreements: readonly Disagreement[],
): GongkaiRecord {
  const disputed = new Set(disagreements.map(({ key }) => key));
  const fields = Object.entries(record.fields).map(([key, field]): [string, Field] => {
    const isSettled = !disputed.has(key) || best.corrected.has(`field:${key}`);
    return [key, isSettled ? field : { ...field, confidence: Math.min(field.confidence, DISPUTED) }];
  });
  const rivals = new Set(disagreements.map(({ otherId }) => otherId));
  const told = others
    .filter(({ id }) => rivals.has(id))
    .map((other): Diagnostic => {
      const own = disagreements.filter(({ otherId }) => otherId === other.id);
      return {
        code: 'SOURCES_DISAGREE',
        message: `${placeOf(other.record)}: ${describeDisagreements(own)}`,
      };
    });
  const { diagnostics } = record.extraction;
  return {
    ...record,
    fields: Object.fromEntries(fields),
    confidence: Math.min(record.confidence, DISPUTED),
    extraction: { ...record.extraction, diagnostics: [...diagnostics, ...told] },
    review: { needed: true, reasons: [...record.review.reasons, `check failed: ${SAME_REPORT_CHECK}`] },
  };
}
