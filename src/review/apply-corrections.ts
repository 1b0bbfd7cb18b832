import type { CheckResult, GongkaiRecord, MetaKey, Settlement } from '../model/record.js';
import type { Correction, QuestionKind } from '../model/run.js';
import { recheck } from './recheck.js';
import { askAboutRun, seenCheck } from './select-review-items.js';

/** What a person has confirmed is taken as right. */
const CORRECTED_CONFIDENCE = 1;

/** The answer that counts for each question, by `target:key`. */
export type LatestCorrections = ReadonlyMap<`${QuestionKind}:${string}`, Correction>;

/** The answer that counts for each field, meta value, check and run: the newest. Keys are `target:key`. */
export function latestCorrections(corrections: readonly Correction[]): LatestCorrections {
  const inOrder = [...corrections].sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
  return new Map(inOrder.map((correction) => [`${correction.target}:${correction.key}`, correction]));
}

/**
 * The record as people have settled it: corrected values with confidence 1 and the printed text kept beside them, the
 * identities through them added up anew, failed checks and the document itself with what somebody said of them, the rest
 * untouched. An answer about a key that the record lacks, or about sums or a failure that are other ones by now, is left out.
 */
export function applyCorrections(record: GongkaiRecord, corrections: readonly Correction[]): GongkaiRecord {
  if (corrections.length === 0) return record;
  const latest = latestCorrections(corrections);
  const fields = { ...record.fields };
  const meta = { ...record.meta };
  for (const correction of latest.values()) {
    if (correction.target === 'field') applyToField(fields, correction);
    if (correction.target === 'meta') applyToMeta(meta, correction);
  }
  const checks = recheck(record, fields).map((check) => applyToCheck(check, latest));
  return { ...record, ...verdict(record, latest), fields, meta, checks };
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

function applyToCheck(check: CheckResult, latest: LatestCorrections): CheckResult {
  const answer = latest.get(`check:${check.id}`);
  if (check.status !== 'failed' || answer?.seen !== seenCheck(check)) return check;
  return { ...check, settled: settlementOf(answer) };
}

function verdict(record: GongkaiRecord, latest: LatestCorrections): Pick<GongkaiRecord, 'settled'> {
  const [question] = askAboutRun(record);
  const answer = latest.get(`run:${question?.key ?? ''}`);
  return answer && answer.seen === question?.seen ? { settled: settlementOf(answer) } : {};
}

function settlementOf({ value, author, createdAt, reason }: Correction): Settlement {
  return { answer: String(value), author, at: createdAt, reason };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
