import type { Selectable } from 'kysely';
import type { ErrorCode } from '../errors/codes.js';
import type { FormId, GongkaiRecord } from '../model/record.js';
import type { Correction, DeadLetter, DocumentInfo, Priority, QueueName } from '../model/run.js';
import type { ReviewRow, RunRow } from '../ports/run-store.js';
import type { Schema } from './schema.js';

/** Columns of `runs` apart from the record, which is large. */
export const RUN_COLUMNS = [
  'runs.run_key',
  'runs.sha256',
  'runs.extractor_version',
  'runs.settings_hash',
  'runs.state',
  'runs.error_code',
  'runs.form',
  'runs.year',
  'runs.agency',
  'runs.confidence',
  'runs.doubtful_fields',
  'runs.failed_checks',
  'runs.requested_at',
  'runs.finished_at',
  'runs.duration_ms',
  'runs.worker',
] as const;

/** Columns that make a DocumentInfo; `documents` joined with `sources`. */
export const DOCUMENT_COLUMNS = [
  'documents.id as document_id',
  'documents.sha256',
  'documents.uri',
  'documents.path',
  'documents.content_type',
  'documents.crawled_at',
  'documents.meta',
  'sources.bytes',
] as const;

type RunColumns = Omit<Selectable<Schema['runs']>, 'record' | 'document_id' | 'extractor' | 'agency_id'>;
type DocumentColumns = Pick<
  Selectable<Schema['documents']>,
  'sha256' | 'uri' | 'path' | 'content_type' | 'crawled_at' | 'meta'
> & { bytes: number };

// The columns below hold what this module's own writers put there, hence the narrowing casts.

export function toRunRow(row: RunColumns): RunRow {
  return {
    runKey: row.run_key,
    sha256: row.sha256,
    extractorVersion: row.extractor_version,
    settingsHash: row.settings_hash,
    state: row.state as RunRow['state'],
    errorCode: row.error_code as ErrorCode | null,
    form: row.form as FormId | null,
    year: row.year,
    agency: row.agency,
    confidence: row.confidence,
    doubtfulFields: row.doubtful_fields,
    failedChecks: row.failed_checks,
    requestedAt: row.requested_at,
    finishedAt: row.finished_at,
    durationMs: row.duration_ms,
    worker: row.worker,
  };
}

export function toDocument(row: DocumentColumns): DocumentInfo {
  return {
    sha256: row.sha256,
    bytes: row.bytes,
    uri: row.uri,
    path: row.path,
    contentType: row.content_type,
    crawledAt: row.crawled_at,
    meta: JSON.parse(row.meta) as Record<string, unknown>,
  };
}

/** The record as this document's: a run is of the source, and the same bytes may lie in several places. */
export function toRecord(json: string, document?: DocumentInfo): GongkaiRecord {
  const record = JSON.parse(json) as GongkaiRecord;
  if (!document) return record;
  return { ...record, source: { ...record.source, path: document.path, uri: document.uri } };
}

export function toCorrection(row: Selectable<Schema['corrections']>): Correction {
  return {
    id: row.id,
    sha256: row.sha256,
    target: row.target as Correction['target'],
    key: row.key,
    value: JSON.parse(row.value) as Correction['value'],
    status: row.status as Correction['status'],
    seen: row.seen,
    author: row.author,
    reason: row.reason,
    createdAt: row.created_at,
  };
}

export function toDeadLetter(row: Selectable<Schema['dead_letters']>): DeadLetter {
  return {
    runKey: row.run_key,
    sha256: row.sha256,
    documentId: row.document_id,
    code: row.code as ErrorCode,
    message: row.message,
    tries: row.tries,
    worker: row.worker,
    diedAt: row.died_at,
  };
}

/** A row of `review_items` joined with its run. */
export function toReviewRow(
  row: Selectable<Schema['review_items']> & Pick<Selectable<Schema['runs']>, 'form' | 'year' | 'agency'>,
): ReviewRow {
  return {
    id: row.id,
    runKey: row.run_key,
    sha256: row.sha256,
    documentId: row.document_id,
    kind: row.kind as ReviewRow['kind'],
    key: row.key,
    confidence: row.confidence,
    reason: row.reason,
    seen: row.seen,
    form: row.form as ReviewRow['form'],
    year: row.year,
    agency: row.agency,
  };
}

export function toQueue(text: string): QueueName {
  return text === 'ocr' ? 'ocr' : 'extract';
}

export function toPriority(text: string): Priority {
  return text === 'interactive' ? 'interactive' : 'batch';
}
