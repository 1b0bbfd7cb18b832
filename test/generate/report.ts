import type { FormId } from '../../src/model/record.js';
import type { TableId } from '../../src/forms/form.js';

/** What a cell of a laid-out table is for. */
export type CellRole = 'caption' | 'corner' | 'head' | 'label' | 'unit' | 'value' | 'note';

/** A cell as an author would see it; `key` names the field that a value belongs to. */
export interface LayoutCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly text: string;
  readonly role: CellRole;
  readonly key?: string;
}

export interface LayoutTable {
  readonly id: TableId;
  readonly cells: readonly LayoutCell[];
}

export interface LayoutSection {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly tables: readonly LayoutTable[];
}

/** One report as its author laid it out, or as something broke it afterwards. */
export interface Report {
  readonly form: FormId;
  readonly year: number;
  readonly title: string;
  readonly preamble: readonly string[];
  readonly sections: readonly LayoutSection[];
  readonly signature: readonly string[];
  /** What is printed in each field's cell, in the form's unit; null where no number is. */
  readonly truth: Readonly<Record<string, number | null>>;
  readonly meta: Readonly<Record<string, string | number | null>>;
  /** Fields whose printed number contradicts the others: the author's own slip. */
  readonly slips: readonly string[];
}

/** The report with every table replaced by what `change` makes of it. */
export function mapTables(report: Report, change: (table: LayoutTable) => readonly LayoutTable[]): Report {
  return {
    ...report,
    sections: report.sections.map((section) => ({ ...section, tables: section.tables.flatMap(change) })),
  };
}

/** Number of rows a table has, spans included. */
export function heightOf(table: LayoutTable): number {
  return table.cells.reduce((height, cell) => Math.max(height, cell.row + cell.rowSpan), 0);
}

/** Number of columns a table has, spans included. */
export function widthOf(table: LayoutTable): number {
  return table.cells.reduce((width, cell) => Math.max(width, cell.column + cell.columnSpan), 0);
}

/** Indexes of the rows that hold values, top to bottom. */
export function valueRows(table: LayoutTable): number[] {
  const rows = new Set(table.cells.filter((cell) => cell.role === 'value').map((cell) => cell.row));
  return [...rows].sort((a, b) => a - b);
}
