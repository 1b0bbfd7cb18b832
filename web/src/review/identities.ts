import type { Identity } from '../../../src/forms/form.js';
import type { CheckResult, FieldStatus } from '../../../src/model/record.js';

/** A number or the lack of one, as it stands on the form now: as read, or as a person settled it. */
export interface Standing {
  readonly value: number | null;
  readonly status: FieldStatus;
}

/** An identity with both its sums over what stands on the form now. */
export interface IdentityNow {
  readonly id: string;
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly leftSum: number | null;
  readonly rightSum: number | null;
  readonly state: 'holds' | 'fails' | 'open';
}

/** Sums of decimal amounts may differ by this much (in the field's unit) through binary rounding. */
const ROUNDING = 1e-6;

/**
 * Every identity over the values as they stand, so that an edit shows at once what it settles or breaks. Which cells
 * an identity adds up is taken from the run's own check where there is one, since reports print some rows for others.
 */
export function identitiesNow(
  identities: readonly Identity[],
  checks: readonly CheckResult[],
  standing: (key: string) => Standing | undefined,
): IdentityNow[] {
  const checked = new Map(checks.map((check) => [check.id, check]));
  return identities.map((identity) => {
    const added = checked.get(identity.id)?.fields.filter((key) => !identity.equals.includes(key));
    const left = added && added.length > 0 ? added : identity.sum;
    return evaluate(identity.id, left, identity.equals, standing);
  });
}

function evaluate(
  id: string,
  left: readonly string[],
  right: readonly string[],
  standing: (key: string) => Standing | undefined,
): IdentityNow {
  const [leftSide, rightSide] = [addUp(left, standing), addUp(right, standing)];
  const base = { id, left, right, leftSum: leftSide.sum, rightSum: rightSide.sum };
  if (leftSide.sum === null || rightSide.sum === null) return { ...base, state: 'open' };
  const difference = leftSide.sum - rightSide.sum;
  if (Math.abs(difference) <= ROUNDING && leftSide.isComplete && rightSide.isComplete) {
    return { ...base, state: 'holds' };
  }
  // What is missing can only add: it explains the smaller side, never the larger one.
  const isExplained = difference > 0 ? !rightSide.isComplete : !leftSide.isComplete;
  return { ...base, state: isExplained || Math.abs(difference) <= ROUNDING ? 'open' : 'fails' };
}

function addUp(
  keys: readonly string[],
  standing: (key: string) => Standing | undefined,
): { readonly sum: number | null; readonly isComplete: boolean } {
  let sum: number | null = null;
  let isComplete = true;
  for (const key of keys) {
    const cell = standing(key);
    if (!cell || cell.status === 'absent') isComplete = false;
    else if (cell.value !== null) sum = (sum ?? 0) + cell.value;
  }
  return { sum, isComplete };
}
