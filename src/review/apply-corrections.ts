import type { GongkaiRecord, MetaKey } from '../model/record.js';
import type { Correction, ReviewItem } from '../model/run.js';

/** What a person has confirmed is taken as right. */
const CORRECTED_CONFIDENCE = 1;

/** The answer that counts for each field and meta value: the newest. Keys are `target:key`. */
export function latestCorrections(corrections: readonly Correction[]): ReadonlyMap<string, Correction> {
  const inOrder = [...corrections].sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
  return new Map(inOrder.map((correction) => [`${correction.target}:${correction.key}`, correction]));
}

/** True where somebody answered this very question: the same key, and the run still reads what they saw. */
export function isAnswered(item: ReviewItem, latest: ReadonlyMap<string, Correction>): boolean {
  return latest.get(`${item.kind}:${item.key}`)?.seen === item.seen;
}

/**
 * The record as people have settled it: corrected values with confidence 1 and the printed text kept beside them, the
 * rest untouched. Checks stay as the run found them; a correction of a key that the record lacks is left out.
 */
export function applyCorrections(record: GongkaiRecord, corrections: readonly Correction[]): GongkaiRecord {
  if (corrections.length === 0) return record;
  const fields = { ...record.fields };
  const meta = { ...record.meta };
  for (const correction of latestCorrections(corrections).values()) {
    if (correction.target === 'field') applyToField(fields, correction);
    else applyToMeta(meta, correction);
  }
  return { ...record, fields, meta };
}

function applyToField(fields: Record<string, GongkaiRecord['fields'][string]>, correction: Correction): void {
  const field = fields[correction.key];
  if (!field || typeof correction.value === 'string') return;
  const status = correction.status ?? (correction.value === null ? field.status : 'reported');
  fields[correction.key] = { ...field, value: correction.value, status, confidence: CORRECTED_CONFIDENCE };
}

function applyToMeta(meta: Partial<Record<MetaKey, unknown>>, correction: Correction): void {
  const key = correction.key as MetaKey;
  const before = meta[key] as GongkaiRecord['meta'][MetaKey];
  if (!before) return;
  meta[key] = { ...before, value: correction.value, confidence: CORRECTED_CONFIDENCE };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
