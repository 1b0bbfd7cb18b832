import type { Identity } from '../forms/form.js';
import type { CheckResult, FieldStatus, Section } from '../model/record.js';
import type { Claim } from './read-claims.js';

/** What a check needs to know of a field. */
export interface CheckedField {
  readonly value: number | null;
  readonly status: FieldStatus;
}

/** Everything a check may look at. */
export interface CheckInput {
  readonly identities: readonly Identity[];
  readonly fields: ReadonlyMap<string, CheckedField>;
  readonly sections: readonly Section[];
  /** The report's own counts in its prose, read once for all checks. */
  readonly claims: readonly Claim[];
}

/**
 * A kind of check. `severity` says what a failure means: `contradiction` that the report's printed numbers cannot all be
 * right; `hint` that prose and table say different things, which scope may explain, so it never fails but is skipped
 * with a note. `docs` goes into docs/checks.md.
 */
export interface CheckKind {
  readonly id: string;
  readonly title: string;
  readonly severity: 'contradiction' | 'hint';
  readonly docs: string;
  evaluate(input: CheckInput): CheckResult[];
}
