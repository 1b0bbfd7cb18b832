import { parseCell } from '../../text/parse-number.js';
import { flowText, type FlowCell, type FlowRow, type FlowTable } from './flow.js';

/** Fewer rows are heads and one row of numbers: such tables stand beside each other as tables of their own. */
const FEWEST_ROWS = 5;
/** Heads of columns take up at most so many rows. */
const MOST_HEAD_ROWS = 3;

/**
 * A table whose labels stand in a table of their own beside that of its numbers, in one row of a layout table: both as
 * one, row by row. Null where the tables have other numbers of rows, or say more than labels on the left and values on
 * the right.
 */
export function joinBeside(table: FlowTable): FlowTable | null {
  const [row, ...others] = table.rows;
  if (!row || others.length > 0) return null;
  const parts = row.cells.filter((cell) => cell.isGap !== true).map(onlyTable);
  const [labels, ...values] = parts.filter((part) => part !== null);
  if (!labels || values.length === 0 || values.length + 1 < parts.length) return null;
  const count = labels.rows.length;
  if (count < FEWEST_ROWS || values.some(({ rows }) => rows.length !== count)) return null;
  const isLabelled = labels.rows.every(({ cells }) => cells.every((cell) => !isValue(cell)));
  const isBare = values.every(({ rows }) =>
    rows.slice(MOST_HEAD_ROWS).every(({ cells }) => cells.every(holdsValue)),
  );
  if (!isLabelled || !isBare) return null;
  const rows = labels.rows.map((own, i): FlowRow => ({
    cells: [...own.cells, ...values.flatMap(({ rows: beside }) => beside[i]?.cells ?? [])],
  }));
  return { ...labels, rows };
}

function onlyTable({ content }: FlowCell): FlowTable | null {
  const [only, ...others] = content;
  return only?.kind === 'table' && others.length === 0 ? only : null;
}

function isValue(cell: FlowCell): boolean {
  return parseCell(flowText(cell.content)).kind === 'number';
}

function holdsValue(cell: FlowCell): boolean {
  return parseCell(flowText(cell.content)).kind !== 'text';
}
