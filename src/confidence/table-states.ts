import type { TableId } from '../forms/form.js';
import type { CheckResult } from '../model/record.js';
import type { NormalizedField } from '../normalize/fields.js';

/** How well one printed table as a whole agrees with the way it was read. */
export interface TableState {
  /** Share of the fields that its report should print for which no cell was found. */
  readonly unexplained: number;
  /** More identities fail than a slip of the author's explains: the numbers may stand under wrong labels. */
  readonly isContradicted: boolean;
}

/** One wrong number can break this many identities: its row's, its column's outcomes and its column's balance. */
const FAILS_OF_ONE_SLIP = 3;

/** The state of each table that `fields` belong to. */
export function tableStates(
  fields: readonly NormalizedField[],
  checks: readonly CheckResult[],
): Map<TableId, TableState> {
  const tableOf = new Map(fields.map((field) => [field.definition.key, field.definition.table]));
  const tables = [...new Set(tableOf.values())];
  return new Map(
    tables.map((table) => {
      const own = fields.filter((field) => field.definition.table === table);
      const related = checks.filter((check) => check.fields.some((key) => tableOf.get(key) === table));
      return [table, { unexplained: unexplainedShare(own), isContradicted: isContradicted(related) }];
    }),
  );
}

/** Rows, by the front of their keys, in which some columns have a printed head and others have none. */
export function halfHeadedRows(fields: readonly NormalizedField[]): Set<string> {
  const heads = new Map<string, Set<boolean>>();
  for (const { definition, reading } of fields) {
    const row = rowOf(definition.key);
    heads.set(row, (heads.get(row) ?? new Set()).add(reading.head !== null));
  }
  return new Set([...heads].filter(([, found]) => found.size > 1).map(([row]) => row));
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

function isContradicted(checks: readonly CheckResult[]): boolean {
  const fails = checks.filter((check) => check.status === 'failed').length;
  const holds = checks.filter((check) => check.status === 'passed' && check.left !== 0).length;
  return fails > FAILS_OF_ONE_SLIP || (fails > 1 && fails >= holds);
}
