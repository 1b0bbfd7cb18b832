import { heightOf, type LayoutCell, type LayoutTable, widthOf } from '../report.js';
import { flat } from './text-grid.js';

/** Widths in half-width characters. */
const LAYOUT_SETTINGS = { labelColumn: 14, valueColumn: 12, gap: 2 } as const;

/** The table as `pdftotext -layout` would print it: texts wrapped in their columns, each cell centred in its rows. */
export function printLayout(table: LayoutTable): string {
  const starts = columnStarts(table);
  const wrapped = table.cells.map((cell) => ({
    cell,
    lines: wrap(flat(cell.text), widthBetween(starts, cell)),
  }));
  const heights = rowHeights(table, wrapped);
  const tops = heights.map((_, row) => heights.slice(0, row).reduce((sum, height) => sum + height, 0));
  const canvas = Array.from({ length: heights.reduce((sum, height) => sum + height, 0) }, () => [] as Ink[]);
  for (const { cell, lines } of wrapped) {
    const height = heights.slice(cell.row, cell.row + cell.rowSpan).reduce((sum, own) => sum + own, 0);
    const top = (tops[cell.row] ?? 0) + Math.floor((height - lines.length) / 2);
    const width = widthBetween(starts, cell);
    lines.forEach((text, i) => {
      const left = (starts[cell.column] ?? 0) + Math.max(0, Math.floor((width - columnsOf(text)) / 2));
      canvas[Math.max(0, top + i)]?.push({ left, text });
    });
  }
  return canvas
    .map(draw)
    .filter((line) => line !== '')
    .join('\n');
}

/** A piece of a line at its distance from the left, in half-width characters. */
interface Ink {
  readonly left: number;
  readonly text: string;
}

function columnStarts(table: LayoutTable): number[] {
  const labels = new Set(
    table.cells.filter((cell) => cell.role === 'label' || cell.role === 'corner').map((cell) => cell.column),
  );
  const starts = [0];
  for (let column = 0; column < widthOf(table); column++) {
    const width = labels.has(column) ? LAYOUT_SETTINGS.labelColumn : LAYOUT_SETTINGS.valueColumn;
    starts.push((starts[column] ?? 0) + width + LAYOUT_SETTINGS.gap);
  }
  return starts;
}

function widthBetween(starts: readonly number[], cell: LayoutCell): number {
  const end = starts[cell.column + cell.columnSpan] ?? starts.at(-1) ?? 0;
  return end - (starts[cell.column] ?? 0) - LAYOUT_SETTINGS.gap;
}

function rowHeights(
  table: LayoutTable,
  wrapped: readonly { cell: LayoutCell; lines: readonly string[] }[],
): number[] {
  const heights = Array.from({ length: heightOf(table) }, () => 1);
  for (const { cell, lines } of wrapped) {
    if (cell.rowSpan === 1) heights[cell.row] = Math.max(heights[cell.row] ?? 1, lines.length);
  }
  return heights;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    if (columnsOf(line + character) > width) {
      lines.push(line);
      line = '';
    }
    line += character;
  }
  if (line !== '') lines.push(line);
  return lines;
}

function draw(inks: readonly Ink[]): string {
  let line = '';
  for (const { left, text } of [...inks].sort((a, b) => a.left - b.left)) {
    line += ' '.repeat(Math.max(line === '' ? 0 : 1, left - columnsOf(line))) + text;
  }
  return line.trimEnd();
}

/** Columns that a text takes in a fixed-pitch font: two for a full-width character. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += character.charCodeAt(0) > 0x2e7f || character === '“' || character === '”' ? 2 : 1;
  return columns;
}
