import type { Diagnostic } from '../model/diagnostic.js';
import type { Field, GongkaiRecord } from '../model/record.js';
import type { TablesResult } from '../pipeline/reconstruct-tables.js';
import type { EndedReading } from './slot.js';

/** A field that was not found may stand on a page that was not read: no more can be claimed for it than this. */
const ABSENT_CONFIDENCE_LIMIT = 0.5;

/** A record of the pages that were finished before `limit` ended the reading. */
export function markRecordPartial(record: GongkaiRecord, limit: EndedReading): GongkaiRecord {
  if (record.error) return record;
  const fields = Object.entries(record.fields).map(([key, field]) => [key, doubtAbsence(field)]);
  return {
    ...record,
    extraction: {
      ...record.extraction,
      partial: true,
      diagnostics: [...record.extraction.diagnostics, note(limit)],
    },
    fields: Object.fromEntries(fields) as GongkaiRecord['fields'],
    confidence: Math.min(record.confidence, ABSENT_CONFIDENCE_LIMIT),
    review: { needed: true, reasons: [...record.review.reasons, limit.code] },
  };
}

/** The tables of the pages that were finished before `limit` ended the reading. */
export function markTablesPartial(result: TablesResult, limit: EndedReading): TablesResult {
  return { ...result, partial: true, diagnostics: [...(result.diagnostics ?? []), note(limit)] };
}

function doubtAbsence(field: Field): Field {
  if (field.status !== 'absent') return field;
  return { ...field, confidence: Math.min(field.confidence, ABSENT_CONFIDENCE_LIMIT) };
}

function note(limit: EndedReading): Diagnostic {
  return { code: limit.code, page: limit.lastPage, message: limit.message };
}
