import { makeReport, type Recipe } from './generate.js';
import type { WrongField } from './judge.js';
import type { LayoutCell } from './report.js';
import { isRendering } from './render/to-bytes.js';
import { arrange } from './render/to-document.js';

/** How much of a table is shown: its first rows (heads), and the rows of wrong fields with their neighbours. */
const SHOWN = { headRows: 4, neighbours: 1, fields: 6, rows: 14, textLength: 18 } as const;

/** A counterexample as a person reads it: its recipe, what came out wrong, and the printed rows concerned. */
export function describeCase(recipe: Recipe, wrong: readonly WrongField[]): string {
  const report = makeReport(recipe);
  const shown = wrong.slice(0, SHOWN.fields);
  const keys = new Set(shown.map((field) => field.key));
  const tables = report.sections.flatMap((section) => section.tables);
  const lines = tables.flatMap((table, index) => {
    const cells = isRendering(recipe.view) ? table.cells : arrange(table, recipe.view);
    return concernedRows(cells, keys).map((row) => `  table ${index} row ${row}: ${printRow(cells, row)}`);
  });
  return [
    `seed ${recipe.seed}, form ${report.form}, ${recipe.view}, breaks: ${recipe.breaks.join(' + ') || 'none'} (${wrong.length} silent)`,
    ...shown.map(
      (field) => `  ${field.key}: printed ${field.wanted}, read ${field.got} at ${field.confidence}`,
    ),
    ...lines.slice(0, SHOWN.rows),
  ].join('\n');
}

function concernedRows(cells: readonly LayoutCell[], keys: ReadonlySet<string>): number[] {
  const wrong = cells.filter((cell) => cell.key !== undefined && keys.has(cell.key)).map((cell) => cell.row);
  if (wrong.length === 0) return [];
  const rows = [...new Set(cells.map((cell) => cell.row))].sort((a, b) => a - b);
  return rows.filter(
    (row) => row < SHOWN.headRows || wrong.some((at) => Math.abs(at - row) <= SHOWN.neighbours),
  );
}

function printRow(cells: readonly LayoutCell[], row: number): string {
  return cells
    .filter((cell) => cell.row === row)
    .sort((a, b) => a.column - b.column)
    .map((cell) => {
      const span = cell.rowSpan * cell.columnSpan > 1 ? `<${cell.rowSpan}x${cell.columnSpan}>` : '';
      return `${cell.column}:${cell.text.replaceAll('\n', '⏎').slice(0, SHOWN.textLength)}${span}`;
    })
    .join(' | ');
}
