import type { ColumnBasis } from '../forms/form-reading.js';
import type { CheckResult } from '../model/record.js';
import type { NormalizedField } from '../normalize/fields.js';
import type { Level } from './levels.js';
import { gapOf, isSameGap, rowOfAll, type TableState } from './table-states.js';

/** The causes a field's confidence is made of, each 0 or 1 unless said otherwise. */
export const CAUSES = [
  'bias',
  'geometry:aligned',
  'geometry:ordered',
  'geometry:stream',
  'label:unlike',
  'label:lost',
  'label:rival',
  'label:better-elsewhere',
  'column:count',
  'column:identity',
  'column:guess',
  'column:guess-zero',
  'column:beside-heads',
  'row:unplaced',
  'row:unplaced-zero',
  'row:no-total',
  'table:no-totals',
  'table:incomplete',
  'table:doubtful',
  'table:unexplained',
  'table:contradicted',
  'table:all-blank',
  'value:remark',
  'value:text',
  'value:blank',
  'value:blank-unusual',
  'identity:holds',
  'identity:holds-twice',
  'identity:slip',
  'identity:slip-loose',
  'identity:fails',
  'identity:partless',
  'reading:recognised',
  'reading:unsure',
  'reading:blank',
  'reading:contradicted',
  'absent:replaced',
  'absent:unfound',
  'absent:with-others',
] as const;
export type CauseName = (typeof CAUSES)[number];

/** Effect of each cause on a field's confidence, in log-odds. */
export type Coefficients = Readonly<Record<CauseName, number>>;

/** What the calibration found: the effect of each cause, and what share of fields with such a sum was right. */
export interface ConfidenceModel {
  readonly coefficients: Coefficients;
  /** For fields with a cell; the sum of an absent field's effects is its log-odds. */
  readonly levels: readonly Level[];
}

export type CauseVector = Readonly<Partial<Record<CauseName, number>>>;

/** How the identities around a field turned out. */
export interface IdentitySupport {
  /** Identities that hold and whose sides are not 0. */
  readonly holds: number;
  readonly fails: number;
  /** Identities of its row whose total is printed and not 0 while no part is. */
  readonly partless: number;
  /** How many of them, also of those that blanks leave open, are out by the same amount as one that fails. */
  readonly alikeGaps: number;
}

/** The same while it is being counted. */
type Counted = { -readonly [K in keyof IdentitySupport]: IdentitySupport[K] };

/** Counts, for every field, the identities that speak for and against the way it was read. */
export function identitySupport(
  checks: readonly CheckResult[],
  values: ReadonlyMap<string, number | null>,
): Map<string, IdentitySupport> {
  const support = new Map<string, Counted>();
  const failed = checks.filter((check) => check.status === 'failed').map(gapOf);
  for (const check of checks) {
    const partless = isPartless(check, values) ? 1 : 0;
    const alike = failed.some((gap) => isSameGap(gap, gapOf(check))) ? 1 : 0;
    if (check.status === 'skipped' && partless === 0 && alike === 0) continue;
    const holds = check.status === 'passed' && check.left !== 0 ? 1 : 0;
    const fails = check.status === 'failed' ? 1 : 0;
    for (const key of check.fields) {
      const counted = support.get(key) ?? { holds: 0, fails: 0, partless: 0, alikeGaps: 0 };
      counted.holds += holds;
      counted.fails += fails;
      counted.partless += partless;
      counted.alikeGaps += alike;
      support.set(key, counted);
    }
  }
  return support;
}

/** A total without parts: the row may have slipped. */
function isPartless(check: CheckResult, values: ReadonlyMap<string, number | null>): boolean {
  if (check.status !== 'skipped' || rowOfAll(check.fields) === null) return false;
  const printed = check.fields.filter((key) => values.get(key));
  return printed.length === 1 && printed[0]?.endsWith('.total') === true;
}

/** What is known about the surroundings of a field. */
export interface FieldContext {
  readonly support: IdentitySupport | undefined;
  readonly table: TableState | undefined;
  /** Rightly absent: another row or its parts are printed instead. */
  readonly isReplaced: boolean;
  /** Heads were found for some columns of its row and not for all: counting its cells may miss the one without. */
  readonly isBesideHeads: boolean;
  /** Its row prints parts and no total: its cells may stand a column off. */
  readonly isTotalless: boolean;
  /** Of the places without a count in its report, the share that are blank: whether its author leaves cells empty. */
  readonly blankHabit: number;
}

/** A label as like another row's as this (in similarity) could as well name that row. */
const RIVAL_MARGIN = 0.15;

/** What speaks for and against one field, by cause. */
export function causesOf(field: NormalizedField, context: FieldContext): CauseVector {
  if (field.status === 'absent') return absenceCauses(context);
  const fails = (context.support?.fails ?? 0) > 0;
  const isShort = context.isTotalless || hasLostColumn(field, context);
  return Object.assign(
    placeCauses(field, context),
    tableCauses(context.table, field),
    valueCauses(field, context),
    Object.assign(identityCauses(field, context, fails), recognitionCauses(field, fails), {
      bias: 1,
      'row:no-total': flag(context.isTotalless),
      'table:no-totals': isShort ? (context.table?.totalless ?? 0) : 0,
    }),
  );
}

/** A blank cell of a table that prints no total anywhere: the column that was lost may have held the row's only count. */
function hasLostColumn(field: NormalizedField, { table }: FieldContext): boolean {
  return field.status === 'blank' && table?.totalless === 1;
}

/** How its row and column were found. A zero among zeros is the same wherever it stands: it may be a column off. */
function placeCauses(field: NormalizedField, context: FieldContext): CauseVector {
  const { geometry, label, margin, basis, unplaced } = field.reading.signals;
  const isZero = field.value === 0;
  const isGuess = basis === 'guess';
  return {
    'geometry:aligned': flag(geometry === 'aligned'),
    'geometry:ordered': flag(geometry === 'ordered'),
    'geometry:stream': flag(geometry === 'stream'),
    'label:unlike': label === 0 ? 0 : 1 - label,
    'label:lost': flag(label === 0),
    'label:rival': label === 0 ? 0 : Math.min(1, Math.max(0, RIVAL_MARGIN - margin) / RIVAL_MARGIN),
    'label:better-elsewhere': flag(label > 0 && margin < 0),
    'column:count': flag(basis === 'count'),
    'column:identity': flag(basis === 'identity'),
    'column:guess': flag(isGuess && !isZero),
    'column:guess-zero': flag(isGuess && isZero),
    'column:beside-heads': flag(basis === 'count' && context.isBesideHeads),
    'row:unplaced': flag(unplaced > 0 && !isZero),
    'row:unplaced-zero': flag(unplaced > 0 && isZero),
  };
}

function tableCauses(table: TableState | undefined, field: NormalizedField): CauseVector {
  return {
    'table:incomplete': 1 - field.reading.signals.coverage,
    'table:doubtful': 1 - field.reading.signals.table,
    'table:unexplained': table?.unexplained ?? 0,
    'table:contradicted': flag(table?.contradiction === 'several'),
    'table:all-blank': flag(table?.isBlank ?? false),
  };
}

function valueCauses(field: NormalizedField, context: FieldContext): CauseVector {
  const isBlank = field.status === 'blank';
  return {
    'value:remark': flag(field.parsed?.kind === 'number' && !field.parsed.exact),
    'value:text': flag(field.parsed?.kind === 'text'),
    'value:blank': flag(isBlank),
    'value:blank-unusual': isBlank ? 1 - context.blankHabit : 0,
  };
}

function identityCauses(field: NormalizedField, context: FieldContext, fails: boolean): CauseVector {
  const { geometry, basis, isRivalled, unplaced } = field.reading.signals;
  const loose = geometry !== 'exact' || basis === 'guess';
  const isSlip = fails && context.table?.contradiction === 'slip' && !mayBeUnseen(field, context);
  // Beside a sum that fails the others settle no doubt about a row's place.
  const isUnsettled = unplaced > 0 && context.table !== undefined && context.table.contradiction !== 'none';
  const holds =
    isRivalled || isUnsettled || context.isTotalless ? 0 : independentHolds(context.support, basis);
  return {
    'identity:holds': flag(holds > 0),
    'identity:holds-twice': flag(holds > 1),
    'identity:slip': flag(isSlip && !loose),
    'identity:slip-loose': flag(isSlip && loose),
    'identity:fails': flag(fails && !isSlip),
    'identity:partless': flag((context.support?.partless ?? 0) > 0),
  };
}

/** A blank that two sums lack the same amount for: rather a number that was not seen than one that its author left out. */
function mayBeUnseen({ status }: NormalizedField, { support }: FieldContext): boolean {
  return status === 'blank' && (support?.alikeGaps ?? 0) > 1;
}

/**
 * A value recognised from a picture: how sure the recognition is; a blank may be a number that was not seen; and where an
 * identity fails, a digit may have been misread. Text that a line strikes out is as doubtful whoever reads it.
 */
function recognitionCauses(field: NormalizedField, fails: boolean): CauseVector {
  const confidence = field.reading.slot?.readingConfidence;
  if (confidence === undefined) return {};
  return {
    'reading:recognised': 1,
    'reading:unsure': 1 - confidence,
    'reading:blank': flag(field.status === 'blank'),
    'reading:contradicted': flag(fails),
  };
}

/** A field without a cell: printed in other words, or not found. */
function absenceCauses({ table, isReplaced }: FieldContext): CauseVector {
  return {
    bias: 1,
    'absent:replaced': flag(isReplaced),
    'absent:unfound': flag(!isReplaced),
    'absent:with-others': table?.unexplained ?? 0,
    'table:contradicted': flag(table?.contradiction === 'several'),
  };
}

/** Whether these are the causes of a field without a cell. */
export function isAbsence(causes: CauseVector): boolean {
  return causes['absent:unfound'] !== undefined;
}

/** The identity that chose the places of a row's values holds by that choice and says no more about it. */
function independentHolds(support: IdentitySupport | undefined, basis: ColumnBasis): number {
  const holds = support?.holds ?? 0;
  return basis === 'identity' ? Math.max(0, holds - 1) : holds;
}

function flag(condition: boolean): number {
  return condition ? 1 : 0;
}
