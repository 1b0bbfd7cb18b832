import { cellKind, startsLabel } from './cell-kinds.js';
import type { DraftCell } from './draft.js';
import { largest, smallest } from './extremes.js';

type Rows = readonly (readonly DraftCell[])[];

/**
 * How far the columns of rows with separators can be trusted. `exact` where every row that holds a number has as
 * many cells as the widest row, no row has more than the others, and labels stay left of the numbers below each line of
 * heads (one table may hold all those of a form); otherwise `ordered`: some row is shifted, and which one cannot be told
 * from its separators.
 */
export function judgeGeometry(rows: Rows): 'exact' | 'ordered' {
  const width = largest(
    rows.map((row) => row.length),
    0,
  );
  if (width < 2) return 'ordered';
  const valueRows = rows.filter((row) =>
    row.some((cell, index) => index > 0 && cellKind(cell.text) === 'number'),
  );
  if (valueRows.some((row) => row.length !== width)) return 'ordered';
  const bodyRows = rows.filter((row) => row.some((cell) => startsLabel(cell.text)));
  if (bodyRows.some((row) => row.length !== width)) return 'ordered';
  return partsBelowHeads(rows).every(keepsLabelsLeft) ? 'exact' : 'ordered';
}

/** The rows from each line of heads on, or several lines: words and no number, none of them numbered. */
export function partsBelowHeads(rows: Rows): Rows[] {
  const parts: (readonly DraftCell[])[][] = [[]];
  rows.forEach((row, at) => {
    const above = rows[at - 1];
    if (areHeads(row) && above && !areHeads(above)) parts.push([]);
    parts.at(-1)?.push(row);
  });
  return parts;
}

/** Whether a row holds several words and nothing else, none of them numbered. */
export function areHeads(row: readonly DraftCell[]): boolean {
  const filled = row.filter(({ text }) => text !== '');
  return filled.length > 1 && filled.every(({ text }) => cellKind(text) === 'label' && !startsLabel(text));
}

function keepsLabelsLeft(rows: Rows): boolean {
  const valueRows = rows.filter((row) =>
    row.some((cell, index) => index > 0 && cellKind(cell.text) === 'number'),
  );
  const firstNumber = smallest(valueRows.map(firstNumberColumn), Infinity);
  const lastLabel = largest(rows.map(lastNumberedColumn), -1);
  return lastLabel < firstNumber && valueRows.every(isLabelsThenValues);
}

function firstNumberColumn(row: readonly DraftCell[]): number {
  const at = row.findIndex((cell, index) => index > 0 && cellKind(cell.text) === 'number');
  return at < 0 ? row.length : at;
}

function lastNumberedColumn(row: readonly DraftCell[]): number {
  return row.findLastIndex((cell) => cellKind(cell.text) === 'label' && startsLabel(cell.text));
}

function isLabelsThenValues(row: readonly DraftCell[]): boolean {
  const lastLabel = row.findLastIndex((cell) => cellKind(cell.text) === 'label');
  return lastLabel < firstNumberColumn(row);
}

/** The number of cells most rows have; the larger one of two that are equally common. */
export function usualWidth(rows: Rows): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return ranked[0]?.[0] ?? 0;
}
