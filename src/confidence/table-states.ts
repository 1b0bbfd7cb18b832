import type { TableId } from '../forms/form.js';
import type { CheckResult } from '../model/record.js';
import type { NormalizedField } from '../normalize/fields.js';

/** How well one printed table as a whole agrees with the way it was read. */
export interface TableState {
  /** Share of the fields that its report should print for which no cell was found. */
  readonly unexplained: number;
  /** Cells were found, and every one of them is blank. */
  readonly isBlank: boolean;
  /** What its failed identities look like. */
  readonly contradiction: Contradiction;
  /** Of its rows that print parts of a total, the share that print no total: all, where that column was lost. */
  readonly totalless: number;
}

/**
 * `slip`: one number that is off by one amount explains every identity that fails, as when an author mistyped it.
 * `several`: no single number does, so that numbers may stand under wrong labels.
 */
export type Contradiction = 'none' | 'slip' | 'several';

/** The last part of the keys of totals. */
const TOTAL = '.total';

/** Sums of amounts differ by no more than this (in the fields' units) through binary rounding. */
const ROUNDING = 1e-6;

/** The state of each table that `fields` belong to. */
export function tableStates(
  fields: readonly NormalizedField[],
  checks: readonly CheckResult[],
  sums: SummedRows,
): Map<TableId, TableState> {
  const tableOf = new Map(fields.map((field) => [field.definition.key, field.definition.table]));
  const tables = [...new Set(tableOf.values())];
  const isGarbled = mostlyFails(checks);
  return new Map(
    tables.map((table) => {
      const own = fields.filter((field) => field.definition.table === table);
      const related = checks.filter((check) => check.fields.some((key) => tableOf.get(key) === table));
      const cells = own.filter((field) => field.status !== 'absent');
      const totalless = totallessShare(table, sums);
      const isBlank = cells.length > 0 && cells.every((field) => field.status === 'blank');
      return [
        table,
        {
          unexplained: unexplainedShare(own),
          isBlank,
          contradiction:
            isGarbled && !isProven(related) ? 'several' : contradictionOf(related, totalless > 0),
          totalless,
        },
      ];
    }),
  );
}

/** A report in which so many sums fail, and this share of those that are not 0, says other numbers than its author counted. */
const GARBLED = { fewest: 6, share: 0.3 } as const;

/**
 * Authors mistype a few numbers; where sums fail all over a report, its text is garbled (struck-out numbers that became one
 * with their corrections, digits lost), and numbers that no sum tells of are as doubtful as the others.
 */
function mostlyFails(checks: readonly CheckResult[]): boolean {
  const failed = checks.filter((check) => check.status === 'failed').length;
  return failed >= GARBLED.fewest && failed > GARBLED.share * (failed + checks.filter(tellsNumbers).length);
}

/** Whether a sum of a table's numbers holds that are not 0. */
function isProven(related: readonly CheckResult[]): boolean {
  return related.some(tellsNumbers) && related.every((check) => check.status !== 'failed');
}

function tellsNumbers(check: CheckResult): boolean {
  return check.status === 'passed' && check.left !== 0;
}

/** A row whose parts add up to a total, and that prints at least one of them. */
interface SummedRow {
  readonly table: TableId | undefined;
  /** Its total; null where none is printed. */
  readonly total: number | null;
}

/** By the front of their keys. */
export type SummedRows = ReadonlyMap<string, SummedRow>;

/** All rows that add up and print at least one count of a part. */
export function summedRows(fields: readonly NormalizedField[], checks: readonly CheckResult[]): SummedRows {
  const known = new Map(fields.map((field) => [field.definition.key, field]));
  const rows = new Map<string, SummedRow>();
  for (const check of checks) {
    const row = rowOfAll(check.fields);
    const total = check.fields.find((key) => key.endsWith(TOTAL));
    if (row === null || total === undefined) continue;
    const isPrinted = check.fields.some((key) => key !== total && (known.get(key)?.value ?? null) !== null);
    if (!isPrinted) continue;
    const field = known.get(total);
    rows.set(row, { table: field?.definition.table, total: field?.value ?? null });
  }
  return rows;
}

/** The row that all keys belong to; null where they belong to several. */
export function rowOfAll(keys: readonly string[]): string | null {
  const row = rowOf(keys[0] ?? '');
  const isOwn = (key: string): boolean => key.lastIndexOf('.') === row.length && key.startsWith(row);
  return keys.every(isOwn) ? row : null;
}

/**
 * Rows, by the front of their keys, that print counts of parts and none of the total that their parts add up to, and
 * those that are printed in one line with such a row.
 */
export function totallessRows(fields: readonly NormalizedField[], sums: SummedRows): ReadonlySet<string> {
  const rows = new Set([...sums].filter(([, { total }]) => total === null).map(([row]) => row));
  if (rows.size === 0) return rows;
  const lines = new Set(
    fields
      .filter(({ definition }) => rows.has(rowOf(definition.key)))
      .map(({ definition }) => definition.line),
  );
  return new Set(
    fields
      .filter(({ definition }) => lines.has(definition.line))
      .map(({ definition }) => rowOf(definition.key)),
  );
}

function totallessShare(table: TableId, sums: SummedRows): number {
  const own = [...sums.values()].filter((row) => row.table === table);
  return own.filter(({ total }) => total === null).length / Math.max(1, own.length);
}

/** Of the cells without a count (blank, marked or 0), the share that are blank; 1 where there are none. */
export function blankHabit(fields: readonly NormalizedField[]): number {
  const none = fields.filter(({ status, value }) => status === 'blank' || status === 'marked' || value === 0);
  return none.length === 0 ? 1 : none.filter(({ status }) => status === 'blank').length / none.length;
}

/**
 * Printed lines in which some columns have a printed head and others have none; a line with a count or a mark in every
 * column misses none.
 */
export function halfHeadedLines(fields: readonly NormalizedField[]): Set<string> {
  const lines = new Map<string, { readonly heads: Set<boolean>; isFull: boolean }>();
  for (const { definition, reading, status } of fields) {
    const line = lines.get(definition.line) ?? { heads: new Set(), isFull: true };
    line.heads.add(reading.head !== null);
    line.isFull &&= status === 'reported' || status === 'marked';
    lines.set(definition.line, line);
  }
  return new Set(
    [...lines].filter(([, { heads, isFull }]) => heads.size > 1 && !isFull).map(([line]) => line),
  );
}

/** The part of a key that names its row: `applications.new` of `applications.new.total`. */
export function rowOf(key: string): string {
  return key.slice(0, key.lastIndexOf('.'));
}

function unexplainedShare(fields: readonly NormalizedField[]): number {
  const expected = fields.filter((field) => field.status !== 'absent' || !field.reading.dispensable);
  const unfound = expected.filter((field) => field.status === 'absent').length;
  return unfound / Math.max(1, expected.length);
}

/** Beside rows that lost their totals a sum that fails is no slip either. */
function contradictionOf(checks: readonly CheckResult[], hasTotalless: boolean): Contradiction {
  const failed = checks.filter((check) => check.status === 'failed');
  const [first] = failed;
  if (!first) return 'none';
  if (hasTotalless) return 'several';
  const shared = first.fields.some((key) => failed.every((check) => check.fields.includes(key)));
  const size = gapOf(first);
  return shared && failed.every((check) => isSameGap(gapOf(check), size)) ? 'slip' : 'several';
}

/** By how much the two sides of a check differ. */
export function gapOf(check: CheckResult): number {
  return Math.abs((check.left ?? 0) - (check.right ?? 0));
}

/** Whether two amounts are the same but for binary rounding. */
export function isSameGap(one: number, other: number): boolean {
  return Math.abs(one - other) <= ROUNDING;
}
