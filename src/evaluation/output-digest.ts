import { createHash } from 'node:crypto';
import type { GongkaiRecord } from '../model/record.js';

/** Confidences that differ by less than this are the same output: the last bits of a logarithm are the machine's. */
const CONFIDENCE_PLACES = 3;

/**
 * A SHA-256 over what a record says of its document, without what differs from run to run (times, paths, version).
 * Two versions of the extractor whose digests differ must have different version numbers, since these key runs.
 */
export function digestRecord(record: GongkaiRecord): string {
  const { form, meta, fields, sections, checks, error } = record;
  const content = { form, meta, fields, sections, checks, error };
  return createHash('sha256').update(JSON.stringify(content, roundConfidence)).digest('hex');
}

function roundConfidence(key: string, value: unknown): unknown {
  return key === 'confidence' && typeof value === 'number' ? value.toFixed(CONFIDENCE_PLACES) : value;
}
