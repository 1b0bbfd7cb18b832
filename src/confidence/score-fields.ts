import type { Cause, CheckResult, Field } from '../model/record.js';
import type { NormalizedField } from '../normalize/fields.js';
import {
  CAUSES,
  causesOf,
  type CauseVector,
  type ConfidenceModel,
  identitySupport,
  isAbsence,
} from './causes.js';
import {
  blankHabit,
  halfHeadedLines,
  rowOf,
  summedRows,
  tableStates,
  totallessRows,
} from './table-states.js';
import { COEFFICIENTS, LEVELS } from './coefficients.js';
import { logistic, settleOdds } from './levels.js';

/** Nothing is certain: the bounds of every confidence. */
const BOUNDS = { lowest: 0.001, highest: 0.9995 } as const;

const MODEL: ConfidenceModel = { coefficients: COEFFICIENTS, levels: LEVELS };

/** In a table with a larger share of fields unfound, a row that seems to stand for others proves nothing. */
const MOST_UNEXPLAINED = 0.2;

/** A field is called absent for good, not merely unfound, when this share of its table's rows was found. */
const WHOLE_TABLE = 0.98;

/** Gives every field its confidence; with `explain` also the causes behind it. */
export function scoreFields(
  fields: readonly NormalizedField[],
  checks: readonly CheckResult[],
  explain: boolean,
): Record<string, Field> {
  const causes = fieldCauses(fields, checks);
  return Object.fromEntries(
    fields.map((field, i) => [field.definition.key, toField(field, causes[i] ?? {}, explain)]),
  );
}

/** What speaks for and against each field, in the order of `fields`; the calibration fits its coefficients to these. */
export function fieldCauses(
  fields: readonly NormalizedField[],
  checks: readonly CheckResult[],
): CauseVector[] {
  const support = identitySupport(
    checks,
    new Map(fields.map(({ definition, value }) => [definition.key, value])),
  );
  const sums = summedRows(fields, checks);
  const states = tableStates(fields, checks, sums);
  const replaced = replacedKeys(fields);
  const halfHeaded = halfHeadedLines(fields);
  const totalless = totallessRows(fields, sums);
  const habit = blankHabit(fields);
  return fields.map((field) => {
    const { key, table, line } = field.definition;
    return causesOf(field, {
      support: support.get(key),
      table: states.get(table),
      isReplaced: replaced.has(key) && (states.get(table)?.unexplained ?? 1) <= MOST_UNEXPLAINED,
      isBesideHeads: halfHeaded.has(line),
      isTotalless: totalless.has(rowOf(key)),
      blankHabit: habit,
    });
  });
}

function toField(field: NormalizedField, causes: CauseVector, explain: boolean): Field {
  const base = {
    value: field.value,
    raw: field.raw,
    status: field.status,
    confidence: confidenceOf(causes),
    evidence: field.evidence,
  };
  return explain ? { ...base, explain: effectsOf(causes) } : base;
}

/** The probability that belongs to a field's causes, within bounds and rounded to four places. */
export function confidenceOf(causes: CauseVector, model: ConfidenceModel = MODEL): number {
  const odds = sumOf(causes, model);
  const probability = logistic(odds + overlapOf(causes, odds, model));
  return Math.round(Math.min(BOUNDS.highest, Math.max(BOUNDS.lowest, probability)) * 10_000) / 10_000;
}

/** The sum of a field's effects, in log-odds. */
export function sumOf(causes: CauseVector, { coefficients }: Pick<ConfidenceModel, 'coefficients'>): number {
  let odds = 0;
  for (const cause of CAUSES) odds += (causes[cause] ?? 0) * coefficients[cause];
  return odds;
}

/** By how much the sum of a field's doubts claims less than such fields turned out to deserve. */
function overlapOf(causes: CauseVector, odds: number, { levels }: ConfidenceModel): number {
  return isAbsence(causes) ? 0 : settleOdds(odds, levels) - odds;
}

/** The effects of all causes, largest first; together they are the log-odds of the confidence. */
function effectsOf(causes: CauseVector): Cause[] {
  const overlap = overlapOf(causes, sumOf(causes, MODEL), MODEL);
  return [
    ...CAUSES.map((cause) => ({ cause, effect: (causes[cause] ?? 0) * COEFFICIENTS[cause] })),
    { cause: 'doubts-overlap', effect: Math.round(overlap * 100) / 100 },
  ]
    .filter(({ effect }) => effect !== 0)
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
}

/**
 * Absent fields that are rightly absent: an optional row beside its printed parts, or the parts beside the one row
 * printed in their place, in a table whose other rows were all found.
 */
function replacedKeys(fields: readonly NormalizedField[]): Set<string> {
  const optional = fields.filter((field) => field.definition.optional);
  const absent = new Set(
    fields.filter((field) => field.status === 'absent').map((field) => field.definition.key),
  );
  const replaced = new Set<string>();
  for (const field of optional) {
    const parts = fields.filter((part) => isPartOf(part.definition.key, field.definition.key));
    const allPartsAbsent = parts.every((part) => absent.has(part.definition.key));
    const noPartAbsent = parts.every((part) => !absent.has(part.definition.key));
    if (absent.has(field.definition.key) && noPartAbsent && isWhole(parts) && !parts.some(isRivalled))
      replaced.add(field.definition.key);
    // A row whose numbers may be those of one of its parts stands for none.
    if (!absent.has(field.definition.key) && allPartsAbsent && field.reading.signals.unplaced === 0) {
      for (const part of parts) replaced.add(part.definition.key);
    }
  }
  return replaced;
}

/** `applications.other.not_corrected.total` is a part of `applications.other.total`. */
function isPartOf(part: string, whole: string): boolean {
  const cut = whole.lastIndexOf('.');
  const [row, column] = [whole.slice(0, cut + 1), whole.slice(cut)];
  return part !== whole && part.startsWith(row) && part.endsWith(column);
}

function isRivalled({ reading }: NormalizedField): boolean {
  return reading.signals.isRivalled && reading.signals.unplaced > 0;
}

function isWhole(parts: readonly NormalizedField[]): boolean {
  return parts.every((part) => part.reading.signals.coverage >= WHOLE_TABLE);
}
