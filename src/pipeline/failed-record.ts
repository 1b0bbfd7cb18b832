import { createHash } from 'node:crypto';
import type { ErrorCode } from '../errors/codes.js';
import { type GongkaiRecord, RECORD_SCHEMA, type SourceInfo } from '../model/record.js';
import type { TablesResult } from './reconstruct-tables.js';
import { EXTRACTOR_VERSION, type SourceInput } from './settings.js';

export const UNKNOWN_MEDIA_TYPE = 'application/octet-stream';

/** What a record says of its source. */
export function sourceInfo(bytes: Uint8Array, input: SourceInput, mediaType: string): SourceInfo {
  return {
    path: input.path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    media_type: mediaType,
    uri: input.uri,
  };
}

/** The record of a source that could not be read: no form, no fields, the error's code and what to do. */
export function failedRecord(
  bytes: Uint8Array,
  input: SourceInput,
  code: ErrorCode,
  message: string,
  durationMs = 0,
): GongkaiRecord {
  return {
    schema: RECORD_SCHEMA,
    source: sourceInfo(bytes, input, UNKNOWN_MEDIA_TYPE),
    extraction: {
      extractor: 'none',
      version: EXTRACTOR_VERSION,
      pages: 0,
      duration_ms: durationMs,
      diagnostics: [{ code, message }],
    },
    error: { code, message },
    form: null,
    form_confidence: 0,
    meta: {},
    fields: {},
    sections: [],
    checks: [],
    confidence: 0,
    review: { needed: true, reasons: [code] },
  };
}

/** The tables of a source that could not be read: none, with the error's code. */
export function failedTables(
  bytes: Uint8Array,
  input: SourceInput,
  code: ErrorCode,
  message: string,
): TablesResult {
  return { source: sourceInfo(bytes, input, UNKNOWN_MEDIA_TYPE), tables: [], error: { code, message } };
}
