import type { DownTable, FormRow } from '../../../src/forms/form.js';
import type { LayoutTable } from '../report.js';
import { GridBuilder } from './grid-builder.js';

/** How table three is drawn. */
export interface ApplicationsLayout {
  /** Columns that labels take: the official form has three, others put the numbered items into two or one. */
  readonly labelColumns: 1 | 2 | 3;
  readonly hasCorner: boolean;
}

/** Words labels; prints the value of a field. */
export interface Printer {
  readonly label: (official: string) => string;
  readonly value: (key: string) => string;
}

/** A printed row with its place in the tree of labels: 0 for 一、, 1 for （一）, 2 for 1. */
interface LabelledRow {
  readonly row: FormRow;
  readonly level: number;
}

const CORNER = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）';

/** Table three with three rows of heads and its labels nested as in the official form. */
export function layOutApplications(
  table: DownTable,
  rowKeys: readonly string[],
  layout: ApplicationsLayout,
  printer: Printer,
): LayoutTable {
  const grid = new GridBuilder();
  const columns = table.blocks[0]?.columns ?? [];
  addHeads(
    grid,
    layout,
    columns.map((column) => printer.label(column.labels[0] ?? '')),
    printer,
  );
  const rows = printedRows(table, rowKeys);
  rows.forEach((_, index) => {
    addRow(
      grid,
      rows,
      index,
      layout,
      printer,
      columns.map((column) => column.key),
    );
  });
  return { id: 'applications', cells: grid.cells };
}

function addHeads(
  grid: GridBuilder,
  layout: ApplicationsLayout,
  columns: readonly string[],
  printer: Printer,
): void {
  const width = layout.labelColumns;
  if (layout.hasCorner) grid.add(0, CORNER, 'corner', [3, width]);
  else grid.add(0, '', 'corner', [3, width]);
  grid.add(width, '申请人情况', 'head', [1, 7]);
  grid.endRow();
  grid.add(width, columns[0] ?? '', 'head', [2, 1]);
  grid.add(width + 1, printer.label('法人或其他组织'), 'head', [1, 5]);
  grid.add(width + 6, columns[6] ?? '', 'head', [2, 1]);
  grid.endRow();
  columns.slice(1, 6).forEach((column, i) => grid.add(width + 1 + i, column, 'head'));
  grid.endRow();
}

/** Rows of the form that this report prints; where （六） has parts it heads them. */
function printedRows(table: DownTable, rowKeys: readonly string[]): LabelledRow[] {
  const rows = table.blocks.flatMap((block) => block.rows);
  return rows.flatMap((row) => {
    const labelled = { row, level: levelOf(row.labels[0] ?? '') };
    if (row.kind !== 'data' || rowKeys.includes(row.key)) return [labelled];
    return row.optional ? [{ ...labelled, row: { ...row, kind: 'group' as const } }] : [];
  });
}

function levelOf(label: string): number {
  if (/^[一二三四]、/.test(label)) return 0;
  return label.startsWith('（') ? 1 : 2;
}

function addRow(
  grid: GridBuilder,
  rows: readonly LabelledRow[],
  index: number,
  layout: ApplicationsLayout,
  printer: Printer,
  columns: readonly string[],
): void {
  const here = rows[index];
  if (!here) return;
  const { row, level } = here;
  const width = layout.labelColumns;
  const column = Math.min(level, width - 1);
  const text = printer.label(row.labels[0] ?? '');
  if (row.kind === 'group') {
    const members = membersOf(rows, index, width);
    if (column < width - 1) {
      grid.add(column, text, 'label', [members, 1]);
      return;
    }
    grid.add(column, text, 'label', [1, width - column]);
    columns.forEach((_, i) => grid.add(width + i, '', 'value'));
  } else {
    grid.add(column, text, 'label', [1, width - column]);
    columns.forEach((key, i) => {
      const field = `applications.${row.key}.${key}`;
      grid.add(width + i, printer.value(field), 'value', [1, 1], field);
    });
  }
  grid.endRow();
}

/** Printed rows that a group label spans. */
function membersOf(rows: readonly LabelledRow[], index: number, width: number): number {
  const level = rows[index]?.level ?? 0;
  let members = 0;
  for (const { row, level: below } of rows.slice(index + 1)) {
    if (below <= level) break;
    const takesRow = row.kind === 'data' || Math.min(below, width - 1) === width - 1;
    if (takesRow) members++;
  }
  return members;
}
