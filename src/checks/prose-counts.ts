import type { CheckResult } from '../model/record.js';
import type { CheckedField, CheckInput, CheckKind } from './check.js';
import type { Claim, ClaimKind } from './read-claims.js';

/** One way of understanding a count: the fields whose sum it then is. */
interface Understanding {
  readonly says: string;
  readonly keys: readonly string[];
}

interface ProseCount {
  readonly claim: ClaimKind;
  readonly title: string;
  /** Most literal first. Those whose fields the form does not have are passed over. */
  readonly understandings: readonly Understanding[];
}

const NEW = 'applications.new.total';
const CARRIED_OVER = 'applications.carried_over.total';
const CARRIED_FORWARD = 'applications.carried_forward.total';
const CONCLUDED = 'applications.total.total';

/** The report's own counts and the table cells they may stand for (LABELS.md, last paragraph). */
const PROSE_COUNTS: readonly ProseCount[] = [
  {
    claim: 'received',
    title: 'Requests received, as the text says',
    understandings: [
      { says: 'new requests', keys: [NEW] },
      { says: 'new requests and those carried over', keys: [NEW, CARRIED_OVER] },
      { says: 'requests received', keys: ['statistics.requests.received'] },
    ],
  },
  {
    claim: 'carried_over',
    title: 'Requests carried over from the year before, as the text says',
    understandings: [{ says: 'carried over', keys: [CARRIED_OVER] }],
  },
  {
    claim: 'concluded',
    title: 'Requests concluded, as the text says',
    understandings: [
      { says: 'all outcomes', keys: [CONCLUDED] },
      { says: 'all outcomes and what is carried forward', keys: [CONCLUDED, CARRIED_FORWARD] },
      { says: 'requests concluded', keys: ['statistics.requests.concluded'] },
      { says: 'replies', keys: ['statistics.replies.total'] },
    ],
  },
  {
    claim: 'carried_forward',
    title: 'Requests carried forward to the next year, as the text says',
    understandings: [{ says: 'carried forward', keys: [CARRIED_FORWARD] }],
  },
  {
    claim: 'review',
    title: 'Administrative reviews, as the text says',
    understandings: [
      { says: 'reviews', keys: ['review.total'] },
      { says: 'reviews', keys: ['statistics.review.total'] },
    ],
  },
  {
    claim: 'review_upheld',
    title: 'Reviews that upheld the decision, as the text says',
    understandings: [
      { says: 'upheld', keys: ['review.upheld'] },
      { says: 'upheld', keys: ['statistics.review.upheld'] },
    ],
  },
  {
    claim: 'review_corrected',
    title: 'Reviews that corrected the decision, as the text says',
    understandings: [
      { says: 'corrected', keys: ['review.corrected'] },
      { says: 'corrected', keys: ['statistics.review.corrected'] },
    ],
  },
  {
    claim: 'litigation',
    title: 'Lawsuits, as the text says',
    understandings: [
      { says: 'lawsuits of both kinds', keys: ['litigation_direct.total', 'litigation_after_review.total'] },
      { says: 'lawsuits brought without a review', keys: ['litigation_direct.total'] },
      { says: 'lawsuits brought after a review', keys: ['litigation_after_review.total'] },
      { says: 'lawsuits', keys: ['statistics.litigation.total'] },
    ],
  },
];

/** One check for every kind of count; without such a count in the text it gives no result. */
export const proseChecks: readonly CheckKind[] = PROSE_COUNTS.map((count) => ({
  id: `prose:${count.claim}`,
  title: count.title,
  severity: 'hint',
  docs:
    `Compares the text's own count with the tables, understood as: ${[...new Set(count.understandings.map((u) => u.says))].join('; or ')}. ` +
    'The note says which understanding fits. Where none does, the text may speak of another scope (only the office itself, a whole city), so ' +
    'the check is skipped with both numbers and a person may look.',
  evaluate: (input: CheckInput) => evaluateCount(count, input),
}));

function evaluateCount(count: ProseCount, { claims, fields }: CheckInput): CheckResult[] {
  const stated = claims.filter((claim) => claim.kind === count.claim);
  const sums = count.understandings.flatMap((understanding) => {
    const sum = sumOf(understanding.keys, fields);
    return sum === null ? [] : [{ sum, ...understanding }];
  });
  const [first] = stated;
  const [literal] = sums;
  if (!first || !literal) return [];
  const id = `prose:${count.claim}`;
  for (const { says, keys, sum } of sums) {
    if (!stated.some((claim) => claim.value === sum)) continue;
    return [{ id, status: 'passed', left: sum, right: sum, fields: keys, note: `the text counts ${says}` }];
  }
  return [mismatch(id, first, literal)];
}

function mismatch(id: string, claim: Claim, literal: Understanding & { readonly sum: number }): CheckResult {
  return {
    id,
    status: 'skipped',
    left: claim.value,
    right: literal.sum,
    fields: literal.keys,
    note: `the text says ${String(claim.value)} （${claim.words}）, the table ${String(literal.sum)}: another scope?`,
  };
}

/** The sum of fields that all carry a number (a blank beside a number counts as nothing), or null. */
function sumOf(keys: readonly string[], fields: ReadonlyMap<string, CheckedField>): number | null {
  const found = keys.map((key) => fields.get(key));
  if (
    found.some((field) => !field || field.status === 'absent') ||
    found.every((field) => (field?.value ?? null) === null)
  )
    return null;
  return found.reduce((sum, field) => sum + (field?.value ?? 0), 0);
}
