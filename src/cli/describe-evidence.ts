import type { Evidence } from '../model/evidence.js';

/** Where a person can look, in a few words; the first place where there are several. */
export function describeEvidence(evidence: readonly Evidence[]): string {
  const [first] = evidence;
  if (!first) return '–';
  if (first.kind === 'box')
    return `page ${first.page} at ${Math.round(first.box.left)}, ${Math.round(first.box.top)}`;
  if (first.kind === 'cell')
    return `table ${first.table + 1} row ${first.row + 1} column ${first.column + 1}`;
  return `characters ${first.start} to ${first.end}`;
}
