import type { FormId } from '../model/record.js';
import { onceEach } from '../text/once-each.js';

/**
 * An official form as data: its tables, labels with the variants seen in print, field keys, units and identities.
 * The matcher knows no form by name; a new report family is a new file like form-2021.ts.
 */
export interface FormDefinition {
  readonly id: FormId;
  readonly years: { readonly first: number; readonly last: number };
  /** A table that forms have in common is one object, and its identities are the same in each of them: it is read once. */
  readonly tables: readonly FormTable[];
  readonly identities: readonly Identity[];
}

/** The parts sum up to the whole: Σ `sum` = Σ `equals`, over field keys. */
export interface Identity {
  readonly id: string;
  readonly sum: readonly string[];
  readonly equals: readonly string[];
}

/**
 * One printed table. `down`: a row a label, a column a number. `across`: one row of numbers under two levels of
 * column heads (table four: three groups of five).
 */
export type FormTable = DownTable | AcrossTable;

export interface DownTable {
  readonly arrangement: 'down';
  readonly id: TableId;
  /** First part of the field keys, or empty where the rows carry whole keys. */
  readonly prefix: string;
  readonly blocks: readonly FormBlock[];
}

export interface AcrossTable {
  readonly arrangement: 'across';
  readonly id: TableId;
  readonly groups: readonly LabelledKey[];
  readonly columns: readonly FormColumn[];
  /** Heads over several groups, with the indexes of the groups they cover. */
  readonly spans: readonly { readonly labels: readonly string[]; readonly groups: readonly number[] }[];
}

export type TableId = 'disclosure' | 'applications' | 'review_and_litigation' | 'statistics';

/** Rows that share their columns: the whole of table three, one 第二十条第（X）项 of table two. */
export interface FormBlock {
  readonly rows: readonly FormRow[];
  readonly columns: readonly FormColumn[];
  /** Heads over several columns, with the indexes of the first and the last column they cover. */
  readonly spans?: readonly {
    readonly labels: readonly string[];
    readonly first: number;
    readonly last: number;
  }[];
}

/**
 * A printed row. `data` rows hold numbers; `group` and `caption` rows only head others, though some reports print
 * numbers beside them all the same.
 */
export interface FormRow extends LabelledKey {
  readonly kind: 'data' | 'group' | 'caption';
  readonly unit: string;
  /** Printed by some reports of the form only. */
  readonly optional?: boolean;
}

export interface FormColumn extends LabelledKey {
  readonly unit?: string;
}

/** `labels`: the official wording first, then variants seen in print. `key` is empty for rows without fields. */
export interface LabelledKey {
  readonly key: string;
  readonly labels: readonly string[];
}

/** A named slot of a form. */
export interface FieldDefinition {
  readonly key: string;
  readonly table: TableId;
  readonly row: string;
  readonly column: string;
  /** Fields with the same line stand in one printed row, the groups of an `across` table side by side. */
  readonly line: string;
  readonly unit: string;
  readonly optional: boolean;
}

/** Every field of a form in printed order; always the same list for the same form. */
export const fieldsOf = onceEach((form: FormDefinition): readonly FieldDefinition[] =>
  form.tables.flatMap((table) => (table.arrangement === 'down' ? downFields(table) : acrossFields(table))),
);

/** The key of the field at a row and column of a `down` table. */
export function downKey(table: DownTable, row: FormRow, column: FormColumn): string {
  const own = column.key === '' ? row.key : `${row.key}.${column.key}`;
  return table.prefix === '' ? own : `${table.prefix}.${own}`;
}

function downFields(table: DownTable): FieldDefinition[] {
  return table.blocks.flatMap((block) =>
    block.rows
      .filter((row) => row.kind === 'data')
      .flatMap((row) =>
        block.columns.map((column) => ({
          key: downKey(table, row, column),
          table: table.id,
          row: row.labels[0] ?? '',
          column: column.labels[0] ?? '',
          line: `${table.id} ${row.key}`,
          unit: column.unit ?? row.unit,
          optional: row.optional ?? false,
        })),
      ),
  );
}

function acrossFields(table: AcrossTable): FieldDefinition[] {
  return table.groups.flatMap((group) =>
    table.columns.map((column) => ({
      key: `${group.key}.${column.key}`,
      table: table.id,
      row: group.labels[0] ?? '',
      column: column.labels[0] ?? '',
      line: table.id,
      unit: column.unit ?? '件',
      optional: false,
    })),
  );
}
