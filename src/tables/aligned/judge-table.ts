import { isValue } from './piece.js';
import type { DraftCell } from './place-cells.js';

/** Text without values is a table only where its cells are short: longer ones are prose in columns. */
const LONGEST_TEXT = 22;
/** In a table at least this share of the places hold text … */
const LEAST_FILLED = 0.25;
/** … and more where hardly any of it is a value. */
const LEAST_FILLED_TEXT = 0.5;
/** From this share of values on, a table's numbers speak for it. */
const VALUE_SHARE = 0.15;

/** False for prose set in two columns, lists with numbers at the margin, and text scattered over a page. */
export function isPlausible(cells: readonly DraftCell[], rowCount: number, columnCount: number): boolean {
  if (rowCount < 2 || columnCount < 2) return false;
  const filled = cells.reduce(
    (sum, cell) => sum + (cell.rowTo - cell.rowFrom + 1) * (cell.columns.to - cell.columns.from + 1),
    0,
  );
  const values = cells.filter((cell) => cell.lines.some(isValue)).length;
  if (values > VALUE_SHARE * cells.length) return filled >= LEAST_FILLED * rowCount * columnCount;
  const length = cells.reduce((sum, cell) => sum + textLength(cell), 0) / Math.max(1, cells.length);
  return length <= LONGEST_TEXT && filled >= LEAST_FILLED_TEXT * rowCount * columnCount;
}

function textLength(cell: DraftCell): number {
  return cell.lines.reduce((sum, piece) => sum + piece.line.text.length, 0);
}
