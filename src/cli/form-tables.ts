import { downKey, type DownTable, type FormTable } from '../forms/form.js';
import { FORMS } from '../forms/registry.js';
import type { Field, GongkaiRecord } from '../model/record.js';

export interface FormCell {
  readonly text: string;
  /** Null for labels and places without a field. */
  readonly field: Field | null;
}

/** A printed table of a form, filled: its first column holds the row labels. */
export interface FilledTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly FormCell[])[];
}

/** The record's fields laid out as its official form prints them; empty for records without a form. */
export function formTables(record: GongkaiRecord): FilledTable[] {
  const form = FORMS.find((one) => one.id === record.form);
  return form ? form.tables.flatMap((table) => fillTable(table, record)) : [];
}

function fillTable(table: FormTable, record: GongkaiRecord): FilledTable[] {
  if (table.arrangement === 'down') return fillDown(table, record);
  const columns = ['', ...table.columns.map((column) => column.labels[0] ?? '')];
  const rows = table.groups.map((group) => [
    label(group.labels),
    ...table.columns.map((column) => valueCell(record, `${group.key}.${column.key}`)),
  ]);
  return [{ columns, rows }];
}

/** Blocks with the same columns make one table. */
function fillDown(table: DownTable, record: GongkaiRecord): FilledTable[] {
  const filled: FilledTable[] = [];
  for (const block of table.blocks) {
    const columns = ['', ...block.columns.map((column) => column.labels[0] ?? '')];
    const rows = block.rows.map((row) => [
      label(row.labels),
      ...(row.kind === 'data'
        ? block.columns.map((column) => valueCell(record, downKey(table, row, column)))
        : []),
    ]);
    const last = filled.at(-1);
    if (last && last.columns.join('|') === columns.join('|')) {
      filled[filled.length - 1] = { columns, rows: [...last.rows, ...rows] };
    } else filled.push({ columns, rows });
  }
  return filled;
}

function label(labels: readonly string[]): FormCell {
  return { text: labels[0] ?? '', field: null };
}

/** The value, or a sign for which null it is: nothing for a blank, the printed mark, "·" where no cell was found. */
function valueCell(record: GongkaiRecord, key: string): FormCell {
  const field = record.fields[key] ?? null;
  if (!field) return { text: '', field };
  if (field.value !== null) return { text: String(field.value), field };
  return { text: field.status === 'absent' ? '·' : (field.raw ?? ''), field };
}
