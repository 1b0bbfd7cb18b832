import type { Writable } from 'node:stream';
import {
  fieldRows,
  LONG_COLUMNS,
  WIDE_COLUMNS,
  type CellValue,
  type ExportColumn,
  type ExportRecord,
} from './export-row.js';
import { put, type Exporter, type ExportOptions } from './exporter.js';
import { safeText } from './safe-text.js';

const BYTE_ORDER_MARK = '\ufeff';

/** A row a report (RFC 4180). */
export const csv: Exporter = {
  id: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  extension: 'csv',
  write: (rows, out, options) => writeCsv(rows, out, options, WIDE_COLUMNS, (row) => [row]),
};

/** A row a field. */
export const csvLong: Exporter = {
  id: 'csv-long',
  mediaType: 'text/csv; charset=utf-8',
  extension: 'csv',
  write: (rows, out, options) => writeCsv(rows, out, options, LONG_COLUMNS, fieldRows),
};

async function writeCsv<T>(
  records: AsyncIterable<ExportRecord>,
  out: Writable,
  { bom }: ExportOptions,
  columns: readonly ExportColumn<T>[],
  rowsOf: (record: ExportRecord) => readonly T[],
): Promise<void> {
  await put(out, `${bom ? BYTE_ORDER_MARK : ''}${line(columns.map((column) => column.name))}`);
  for await (const record of records) {
    await put(
      out,
      rowsOf(record)
        .map((row) => line(columns.map((column) => column.value(row))))
        .join(''),
    );
  }
}

function line(cells: readonly CellValue[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Numbers stand as they are, also negative ones; only text can be a formula. */
function cell(value: CellValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = safeText(value);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
