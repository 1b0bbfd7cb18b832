import type { GongkaiRecord } from '../model/record.js';
import type { Correction, ReviewItem } from '../model/run.js';
import { applyCorrections, latestCorrections, type LatestCorrections } from './apply-corrections.js';
import { seenCheck } from './select-review-items.js';

/**
 * The questions of a run that people have not settled yet. One is settled while the run still reads what its answer saw;
 * one about a check also where corrected values make it hold, and it is asked again where they make it fail otherwise.
 */
export function openQuestions<T extends Pick<ReviewItem, 'kind' | 'key' | 'seen'>>(
  record: GongkaiRecord,
  items: readonly T[],
  corrections: readonly Correction[],
): T[] {
  if (corrections.length === 0) return [...items];
  const latest = latestCorrections(corrections);
  const { checks } = applyCorrections(record, corrections);
  const byId = new Map(checks.map((check) => [check.id, check]));
  return items.filter((item) => {
    const check = item.kind === 'check' ? byId.get(item.key) : undefined;
    if (check) return check.status === 'failed' && !isAnswered({ ...item, seen: seenCheck(check) }, latest);
    return !isAnswered(item, latest);
  });
}

function isAnswered(
  { kind, key, seen }: Pick<ReviewItem, 'kind' | 'key' | 'seen'>,
  latest: LatestCorrections,
) {
  return latest.get(`${kind}:${key}`)?.seen === seen;
}
