import type { CheckResult, Field, GongkaiRecord, MetaValue } from '../model/record.js';

/** One field, meta value, check or fact of a record that two runs see differently. */
export interface Change {
  readonly kind: 'field' | 'meta' | 'check' | 'record';
  readonly key: string;
  /** What differs. `value` outranks `status`, which outranks `confidence`. */
  readonly what: 'value' | 'status' | 'confidence';
  readonly before: string;
  readonly after: string;
}

/** A confidence that moved by less than this is the same. */
export const CONFIDENCE_TOLERANCE = 0.005;

/** Everything that differs between two runs of one source, in the order of the first record; null for "no run". */
export function diffRuns(before: GongkaiRecord | null, after: GongkaiRecord | null): Change[] {
  if (before === null || after === null) {
    if (before === after) return [];
    return [{ kind: 'record', key: 'run', what: 'value', before: presence(before), after: presence(after) }];
  }
  return [
    ...diffFacts(before, after),
    ...diffKeyed(before.meta, after.meta, 'meta', describeMeta),
    ...diffKeyed(before.fields, after.fields, 'field', describeField),
    ...diffKeyed(byId(before.checks), byId(after.checks), 'check', describeCheck),
  ];
}

/** How often each kind of change stands in a list of changes, keys like `field value`. */
export function countChanges(changes: readonly Change[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind, what } of changes) counts[`${kind} ${what}`] = (counts[`${kind} ${what}`] ?? 0) + 1;
  return counts;
}

/** A thing as it is compared: its value first, then its status, then its confidence. */
interface Comparable {
  readonly value: string;
  readonly status: string;
  readonly confidence: number | null;
}

function diffFacts(before: GongkaiRecord, after: GongkaiRecord): Change[] {
  const facts: readonly (readonly [string, string, string])[] = [
    ['form', String(before.form), String(after.form)],
    ['error', before.error?.code ?? 'none', after.error?.code ?? 'none'],
  ];
  return facts
    .filter(([, was, is]) => was !== is)
    .map(([key, was, is]) => ({ kind: 'record', key, what: 'value', before: was, after: is }));
}

function diffKeyed<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  kind: Change['kind'],
  describe: (thing: T | undefined) => Comparable,
): Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    const [was, is] = [describe(before[key]), describe(after[key])];
    const what = whatChanged(was, is);
    if (what === null) return [];
    return [{ kind, key, what, before: print(was, what), after: print(is, what) }];
  });
}

function whatChanged(was: Comparable, is: Comparable): Change['what'] | null {
  if (was.value !== is.value) return 'value';
  if (was.status !== is.status) return 'status';
  const moved = Math.abs((was.confidence ?? 0) - (is.confidence ?? 0));
  return moved > CONFIDENCE_TOLERANCE ? 'confidence' : null;
}

function print(thing: Comparable, what: Change['what']): string {
  if (what === 'confidence') return (thing.confidence ?? 0).toFixed(3);
  return what === 'status' ? thing.status : thing.value;
}

function describeField(field: Field | undefined): Comparable {
  if (!field) return MISSING;
  const value = field.value === null ? field.status : String(field.value);
  return { value, status: field.status, confidence: field.confidence };
}

function describeMeta(meta: MetaValue | undefined): Comparable {
  if (!meta) return MISSING;
  return { value: String(meta.value ?? 'none'), status: '', confidence: meta.confidence };
}

function describeCheck(check: CheckResult | undefined): Comparable {
  return check ? { value: check.status, status: '', confidence: null } : MISSING;
}

const MISSING: Comparable = { value: 'none', status: 'none', confidence: null };

function byId(checks: readonly CheckResult[]): Record<string, CheckResult> {
  return Object.fromEntries(checks.map((check) => [check.id, check]));
}

function presence(record: GongkaiRecord | null): string {
  return record === null ? 'none' : 'made';
}
