import { createHash } from 'node:crypto';
import { RECORD_SCHEMA, type Field, type GongkaiRecord } from '../../src/model/record.js';
import type { DocumentInfo } from '../../src/model/run.js';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A document whose bytes are the text. */
export function aDocument(text: string, changes: Partial<DocumentInfo> = {}): DocumentInfo {
  return {
    sha256: sha256(text),
    bytes: Buffer.byteLength(text),
    uri: `http://example.gov.cn/${encodeURIComponent(text)}.html`,
    path: null,
    contentType: 'text/html',
    crawledAt: '2024-02-01T00:00:00.000Z',
    meta: {},
    ...changes,
  };
}

export function aField(value: number | null, changes: Partial<Field> = {}): Field {
  return {
    value,
    raw: value === null ? null : String(value),
    status: value === null ? 'absent' : 'reported',
    confidence: 0.999,
    evidence: [],
    ...changes,
  };
}

/** A small record of the form of 2021 with two fields, both read well. */
export function aRecord(changes: Partial<GongkaiRecord> = {}): GongkaiRecord {
  return {
    schema: RECORD_SCHEMA,
    source: { path: null, sha256: sha256('a'), bytes: 1, media_type: 'text/html', uri: null },
    extraction: { extractor: 'html', version: '1.0.0', pages: 1, duration_ms: 5, diagnostics: [] },
    form: '2021',
    form_confidence: 0.99,
    meta: {
      agency_name: { value: '海宁市教育局', confidence: 0.999, evidence: [] },
      year: { value: 2023, confidence: 0.999, evidence: [] },
    },
    fields: {
      'applications.new.total': aField(12),
      'applications.new.natural_person': aField(12),
    },
    sections: [],
    checks: [{ id: 'sum:new', status: 'passed', left: 12, right: 12, fields: ['applications.new.total'] }],
    confidence: 0.99,
    review: { needed: false, reasons: [] },
    ...changes,
  };
}
