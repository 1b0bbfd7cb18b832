import { isSectionTitle } from './cell-kinds.js';

/** A row of a sheet that holds one cell of more characters is a paragraph between tables. */
const LONGEST_CAPTION = 25;
/** No table of a report is wider. */
export const MOST_COLUMNS = 64;

/**
 * Rows of a sheet, their cells by column, as lines: paragraphs as they are, the rows of each table as lists of equally many
 * cells. Places without a cell are blank ones.
 */
export function sheetLines(rows: readonly (readonly (string | undefined)[])[]): string[] {
  const lines: string[] = [];
  let table: (readonly (string | undefined)[])[] = [];
  const endTable = (): void => {
    const width = Math.max(0, ...table.map((row) => row.length));
    const even = table.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? ''));
    lines.push(...even.map((row) => (width > 1 ? JSON.stringify(row) : (row[0] ?? ''))));
    table = [];
  };
  for (const row of rows) {
    const [first = ''] = row;
    if (row.length === 1 && (first.length > LONGEST_CAPTION || isSectionTitle(first))) {
      endTable();
      lines.push(first);
    } else table.push(row);
  }
  endTable();
  return lines;
}
