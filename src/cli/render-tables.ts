import type { TableResult } from '../pipeline/reconstruct-tables.js';

/** What spreadsheet programs take for a formula. A sign before a plain number is left alone: it is a number. */
const FORMULA = /^(?:[=@\t\r]|[+-](?!\d[\d.,]*%?$))/;

/** A table as HTML with its spans; texts are escaped. */
export function tableToHtml(table: TableResult): string {
  const rows = rowsOf(table).map((cells) => {
    const inner = cells.map(
      (cell) => `<td${spans(cell)}>${escapeHtml(cell.text).replaceAll('\n', '<br>')}</td>`,
    );
    return `<tr>${inner.join('')}</tr>`;
  });
  return `<table>\n${rows.join('\n')}\n</table>`;
}

/** A table as GitHub Markdown; its first row is the head, covered places are left empty. */
export function tableToMarkdown(table: TableResult): string {
  const lines = gridOf(table).map((row) => `| ${row.map(escapeMarkdown).join(' | ')} |`);
  const rule = `|${' --- |'.repeat(table.columns)}`;
  return [lines[0] ?? '', rule, ...lines.slice(1)].join('\n');
}

/** The rows of a table as CSV (RFC 4180), each led by `lead`; covered places are left empty. */
export function tableToCsv(table: TableResult, lead: readonly string[]): string {
  return gridOf(table)
    .map((row, index) => [...lead, String(index), ...row].map(escapeCsv).join(','))
    .join('\r\n');
}

/** `text` with what HTML gives a meaning to replaced by entities. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

type CellResult = TableResult['cells'][number];

function rowsOf(table: TableResult): CellResult[][] {
  const rows: CellResult[][] = Array.from({ length: table.rows }, () => []);
  for (const cell of table.cells) rows[cell.row]?.push(cell);
  for (const row of rows) row.sort((a, b) => a.column - b.column);
  return rows;
}

function gridOf(table: TableResult): string[][] {
  const grid = Array.from({ length: table.rows }, () => Array.from({ length: table.columns }, () => ''));
  for (const cell of table.cells) {
    const row = grid[cell.row];
    if (row && cell.column < table.columns) row[cell.column] = cell.text;
  }
  return grid;
}

function spans(cell: CellResult): string {
  const rows = cell.row_span > 1 ? ` rowspan="${cell.row_span}"` : '';
  const columns = cell.column_span > 1 ? ` colspan="${cell.column_span}"` : '';
  return rows + columns;
}

function escapeMarkdown(text: string): string {
  return escapeHtml(text).replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', '<br>');
}

function escapeCsv(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
