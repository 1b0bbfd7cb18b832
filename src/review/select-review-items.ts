import type { CheckResult, Field, GongkaiRecord, MetaValue } from '../model/record.js';
import type { ReviewItem } from '../model/run.js';

/** A number surer than this is accepted without a question. */
export const REVIEW_BELOW = 0.99;
/** The same for meta values: one that is not printed at all is never much surer, and asking so often helps nobody. */
const META_REVIEW_BELOW = 0.9;

/**
 * The questions a record raises, worst first: doubtful fields and meta values, failed checks, a run that found no form
 * or ended in an error. Nothing doubtful, no questions.
 */
export function selectReviewItems(record: GongkaiRecord): ReviewItem[] {
  return [...askAboutRun(record), ...fieldItems(record), ...metaItems(record), ...checkItems(record)].sort(
    (a, b) => a.confidence - b.confidence,
  );
}

/** A reading as JSON, by which a later reading is recognised as the same. */
export function seenField(field: Field): string {
  return JSON.stringify([field.value, field.raw, field.status]);
}

/** A meta value as JSON, by which a later reading is recognised as the same. */
export function seenMeta(meta: MetaValue): string {
  return JSON.stringify([meta.value]);
}

/** Both sides of a check as JSON, by which a later reading is recognised as the same. */
export function seenCheck({ left, right }: Pick<CheckResult, 'left' | 'right'>): string {
  return JSON.stringify([left, right]);
}

function fieldItems(record: GongkaiRecord): ReviewItem[] {
  return Object.entries(record.fields)
    .filter(([, field]) => field.confidence < REVIEW_BELOW)
    .map(([key, field]) => ({
      kind: 'field',
      key,
      confidence: field.confidence,
      reason: fieldReason(key, field, record.checks),
      seen: seenField(field),
    }));
}

/** A page that is no report raises no question about who reports. */
function metaItems(record: GongkaiRecord): ReviewItem[] {
  if (record.form === null && !record.review.needed) return [];
  return Object.entries(record.meta)
    .filter(([, meta]) => meta.confidence < META_REVIEW_BELOW)
    .map(([key, meta]) => ({
      kind: 'meta',
      key,
      confidence: meta.confidence,
      reason: meta.value === null ? 'not found' : 'read with doubt',
      seen: seenMeta(meta),
    }));
}

function checkItems(record: GongkaiRecord): ReviewItem[] {
  return record.checks
    .filter((check) => check.status === 'failed')
    .map((check) => ({
      kind: 'check',
      key: check.id,
      confidence: record.confidence,
      reason: check.note ?? `${String(check.left)} is not ${String(check.right)}`,
      seen: seenCheck(check),
    }));
}

/** The question about the document as a whole, where there is one: it could not be read, or shows no form. */
export function askAboutRun(record: GongkaiRecord): ReviewItem[] {
  const reason = record.error ? `${record.error.code}: ${record.error.message}` : formReason(record);
  if (reason === null) return [];
  return [
    { kind: 'run', key: record.error?.code ?? 'FORM', confidence: 0, reason, seen: JSON.stringify([reason]) },
  ];
}

function formReason(record: GongkaiRecord): string | null {
  if (record.form !== null || !record.review.needed) return null;
  return record.review.reasons[0] ?? 'no official form was found';
}

function fieldReason(key: string, field: Field, checks: readonly CheckResult[]): string {
  const failed = checks.filter((check) => check.status === 'failed' && check.fields.includes(key));
  if (failed.length > 0) return `in failed checks: ${failed.map((check) => check.id).join(', ')}`;
  const [cause] = field.explain ?? [];
  if (cause && cause.effect < 0) return cause.cause;
  return field.status === 'absent' ? 'no cell was found for it' : 'read with doubt';
}
