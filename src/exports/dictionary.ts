import { LONG_COLUMNS, WIDE_COLUMNS } from './export-row.js';

/** What every column of the flat exports means: a head, then a row a column. */
export function dictionaryRows(): string[][] {
  const rows = [...WIDE_COLUMNS, ...LONG_COLUMNS].map(({ name, type, meaning }) => [name, type, meaning]);
  const byName = new Map(rows.map((row) => [row[0], row]));
  return [['column', 'type', 'meaning'], ...byName.values()];
}

/** The data dictionary as a Markdown table. */
export function dictionaryMarkdown(): string {
  const [head = [], ...rows] = dictionaryRows().map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
