import type { LayoutTable, Report } from '../report.js';
import { printLayout } from './print-layout.js';
import { cellRows, flat, textGrid } from './text-grid.js';

/**
 * Ways in which crawlers and converters write a table into plain text.
 * - `tabs`: places of the grid between tabs. `tabs-compact`: cells only, none for covered places. `commas`: CSV.
 * - `pipes`: Markdown. `cell-lines`: every cell on a line of its own behind a tab, rows apart by an empty line.
 * - `cell-a-line`: printed cells on lines of their own, rows apart by an empty line; `cell-a-line-bare`: not even that.
 * - `layout`: as pdftotext -layout does. `spaced`: cells of a row apart by one space. `glued`: by nothing.
 * - `column-order`: all cells of a column before the next, as pdfminer may do.
 */
export const TEXT_STYLES = [
  'tabs',
  'tabs-compact',
  'commas',
  'pipes',
  'cell-lines',
  'cell-a-line',
  'cell-a-line-bare',
  'layout',
  'spaced',
  'glued',
  'column-order',
] as const;
export type TextStyle = (typeof TEXT_STYLES)[number];

/** The whole report as plain text in one of these styles. */
export function toText(report: Report, style: TextStyle): string {
  const parts = [report.title, ...report.preamble];
  for (const section of report.sections) {
    parts.push(
      section.heading,
      ...section.paragraphs,
      ...section.tables.map((table) => printTable(table, style)),
    );
  }
  return [...parts, ...report.signature].join('\n\n') + '\n';
}

function printTable(table: LayoutTable, style: TextStyle): string {
  switch (style) {
    case 'tabs':
      return textGrid(table)
        .map((row) => row.map((cell) => flat(cell?.text ?? '')).join('\t'))
        .join('\n');
    case 'tabs-compact':
      return joinRows(table, '\t');
    case 'commas':
      return textGrid(table)
        .map((row) => row.map((cell) => quote(flat(cell?.text ?? ''))).join(','))
        .join('\n');
    case 'pipes':
      return printPipes(table);
    case 'cell-lines':
      return cellRows(table)
        .map((row) => row.map((cell) => `\t${cell.text}`).join('\n'))
        .join('\n\n');
    case 'cell-a-line':
      return printedLines(table, '\n\n');
    case 'cell-a-line-bare':
      return printedLines(table, '\n');
    case 'layout':
      return printLayout(table);
    case 'spaced':
      return joinRows(table, ' ');
    case 'glued':
      return joinRows(table, '');
    case 'column-order':
      return [...table.cells]
        .sort((a, b) => a.column - b.column || a.row - b.row)
        .map((cell) => flat(cell.text))
        .filter((text) => text !== '')
        .join('\n');
  }
}

function joinRows(table: LayoutTable, separator: string): string {
  return cellRows(table)
    .map((row) => row.map((cell) => flat(cell.text)).join(separator))
    .join('\n');
}

function printPipes(table: LayoutTable): string {
  const lines = textGrid(table).map((row) => `| ${row.map((cell) => flat(cell?.text ?? '')).join(' | ')} |`);
  const width = textGrid(table)[0]?.length ?? 0;
  return [lines[0], `|${'---|'.repeat(width)}`, ...lines.slice(1)].join('\n');
}

function printedLines(table: LayoutTable, between: string): string {
  return cellRows(table)
    .map((row) =>
      row
        .map((cell) => cell.text)
        .filter((text) => text.trim() !== '')
        .join('\n'),
    )
    .filter((row) => row !== '')
    .join(between);
}

function quote(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
