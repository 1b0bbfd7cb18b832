import type { GongkaiRecord } from '../model/record.js';
import type { ReviewItem } from '../model/run.js';
import { describeDisagreements, SAME_REPORT_CHECK } from './join-report.js';
import { findDisagreements, isSameContent } from './settle-reports.js';

/**
 * The question that a new record raises together with records of other sources of the same report: which of them is right.
 * None where they agree, or where they share too few numbers to be one report.
 */
export function siblingItems(
  record: GongkaiRecord,
  siblings: readonly { readonly documentId: string; readonly record: GongkaiRecord }[],
): ReviewItem[] {
  const disagreements = siblings
    .filter((sibling) => isSameContent(record, sibling.record))
    .flatMap((sibling) => findDisagreements(record, sibling.documentId, sibling.record));
  if (disagreements.length === 0) return [];
  const documents = [...new Set(disagreements.map(({ otherId }) => otherId))];
  return [
    {
      kind: 'check',
      key: SAME_REPORT_CHECK,
      confidence: record.confidence,
      reason: `${describeDisagreements(disagreements)} (${documents.join(', ')})`,
      seen: JSON.stringify(disagreements.map(({ key, value, other }) => [key, value, other])),
    },
  ];
}
