import type { Identity } from '../forms/form.js';
import { onceEach } from '../text/once-each.js';
import type { CheckResult } from '../model/record.js';
import type { CheckedField, CheckInput, CheckKind } from './check.js';

/** Sums of decimal amounts may differ by this much (the field's unit) through binary rounding. */
const ROUNDING = 1e-6;

/** One side of an identity, added up. */
interface Side {
  readonly sum: number;
  readonly reported: number;
  readonly absent: number;
}

/** Both sides of every arithmetic identity of the form (contract fields.json). */
export const identityCheck: CheckKind = {
  id: 'identity',
  title: "The form's arithmetic",
  severity: 'contradiction',
  docs:
    'Every sum that the official form prescribes: the columns of a row add up to its total, the outcomes to all that was concluded, new and ' +
    'carried-over requests to concluded and carried-forward ones, the results of reviews and lawsuits to theirs. Blank and marked cells count ' +
    'as nothing, provided that each side has a number; without one the check is skipped. Where a report prints one row in place of its parts ' +
    '（六）, that row is added instead. Where a cell could not be found, the check fails only if no number there could settle it.',
  evaluate: (input: CheckInput) =>
    input.identities.map((identity) => evaluateIdentity(identity, input.fields)),
};

function evaluateIdentity(identity: Identity, fields: ReadonlyMap<string, CheckedField>): CheckResult {
  const sum = withRowsForParts(identity.sum, fields);
  const left = addUp(sum, fields);
  const right = addUp(identity.equals, fields);
  const { id } = identity;
  const keys = [...sum, ...identity.equals];
  if (left.reported === 0 || right.reported === 0) {
    return { id, fields: keys, status: 'skipped', left: null, right: null, note: 'one side has no number' };
  }
  const difference = left.sum - right.sum;
  if (left.absent + right.absent > 0) return withUnfound({ id, fields: keys }, left, right, difference);
  return {
    id,
    fields: keys,
    status: Math.abs(difference) <= ROUNDING ? 'passed' : 'failed',
    left: left.sum,
    right: right.sum,
  };
}

/** Numbers are not negative: a side that is complete and still smaller than the rest of the other contradicts it. */
function withUnfound(
  { id, fields }: Pick<CheckResult, 'id' | 'fields'>,
  left: Side,
  right: Side,
  difference: number,
): CheckResult {
  const contradicted =
    (difference > ROUNDING && right.absent === 0) || (difference < -ROUNDING && left.absent === 0);
  return {
    id,
    fields,
    status: contradicted ? 'failed' : 'skipped',
    left: left.sum,
    right: right.sum,
    note: 'some of its fields were not found',
  };
}

function addUp(keys: readonly string[], fields: ReadonlyMap<string, CheckedField>): Side {
  let sum = 0;
  let reported = 0;
  let absent = 0;
  for (const key of keys) {
    const field = fields.get(key);
    if (!field || field.status === 'absent') absent++;
    else if (field.value !== null) {
      sum += field.value;
      reported++;
    }
  }
  return { sum, reported, absent };
}

/**
 * The addends with every group of parts that the report does not print (`other.not_corrected`, `other.fee_unpaid`, …)
 * replaced by the one row it prints for them (`other`): the 23-row table three of 2019, still in use after 2021.
 */
function withRowsForParts(
  keys: readonly string[],
  fields: ReadonlyMap<string, CheckedField>,
): readonly string[] {
  const isAbsent = (key: string): boolean => (fields.get(key)?.status ?? 'absent') === 'absent';
  const wholes = wholesOf(keys).map((whole) => (whole === null || isAbsent(whole) ? null : whole));
  if (wholes.every((whole) => whole === null)) return keys;
  const replaced = keys.map((key, i) => {
    const whole = wholes[i] ?? null;
    const siblings = keys.filter((_, other) => wholes[other] === whole);
    return whole !== null && siblings.every(isAbsent) ? whole : key;
  });
  return [...new Set(replaced)];
}

/** The row that may be printed in place of each addend and its siblings: `other` for `other.not_corrected`. */
const wholesOf = onceEach((keys: readonly string[]): readonly (string | null)[] =>
  keys.map((key) => {
    const names = key.split('.');
    return names.length < 3 ? null : [...names.slice(0, -2), names.at(-1) ?? ''].join('.');
  }),
);
