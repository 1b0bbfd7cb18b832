import { type EvidenceRow, evidenceRows } from '../../src/forms/evidence-rows.js';
import { formLines } from '../../src/forms/form-lines.js';
import type { DownTable } from '../../src/forms/form.js';
import type { Document, Geometry, Table } from '../../src/model/document.js';

/** A table as its rows of cell texts, each cell one row high and one column wide. */
export type PrintedTable = readonly (readonly string[])[];

/** A document of tables alone. */
export function tableDocument(tables: readonly PrintedTable[], geometry: Geometry = 'exact'): Document {
  return {
    format: 'html',
    pages: [],
    blocks: tables.map((_, tableIndex) => ({ kind: 'table', tableIndex })),
    tables: tables.map((rows, tableIndex) => printTable(rows, tableIndex, geometry)),
    properties: {},
    diagnostics: [],
  };
}

function printTable(rows: PrintedTable, tableIndex: number, geometry: Geometry): Table {
  const cells = rows.flatMap((row, rowIndex) =>
    row.map((text, columnIndex) => ({
      ...{ rowIndex, columnIndex, rowSpan: 1, columnSpan: 1, text },
      evidence: { kind: 'cell' as const, table: tableIndex, row: rowIndex, column: columnIndex },
    })),
  );
  const columnCount = Math.max(0, ...rows.map((row) => row.length));
  const size = { rowCount: rows.length, columnCount };
  return { tableIndex, geometry, ...size, cells, pages: [1], box: null, confidence: 1 };
}

/** The rows of one table as the matcher sees them. */
export function printedRows(rows: PrintedTable, geometry: Geometry = 'exact'): EvidenceRow[] {
  return evidenceRows(tableDocument([rows], geometry));
}

/** The rows of a form's table under their official labels, optional ones left out; rows that only head others have no numbers. */
export function printForm(
  table: DownTable,
  numbers: (key: string, row: number) => readonly (number | string)[],
): string[][] {
  const lines = formLines(table).filter(({ row }) => row.optional !== true);
  const data = lines.filter(({ row }) => row.kind === 'data');
  return lines.map((line) => {
    const label = line.row.labels[0] ?? '';
    return line.row.kind === 'data'
      ? [label, ...numbers(line.row.key, data.indexOf(line)).map(String)]
      : [label];
  });
}
