import type { Geometry } from '../../model/document.js';
import { fold } from '../../text/fold.js';
import { cellKind, startsLabel } from './cell-kinds.js';
import { CONFIDENCE, type DraftTable } from './draft.js';
import { largest } from './extremes.js';
import { isPageMark } from './furniture.js';
import { judgeGeometry, usualWidth } from './judge-geometry.js';
import { isBlankLine, type Line } from './lines.js';

/** So many lines without text, page marks among them, may stand between two pieces of one table. */
const WIDEST_GAP = 12;
const TRUST: readonly Geometry[] = ['stream', 'ordered', 'aligned', 'exact'];

/**
 * Joins pieces of one table that a page break cut: same syntax, nothing but blank lines and page marks between them,
 * and the second piece does not open with a header of its own. Returns the tables and how many joints were made.
 */
export function stitchTables(
  tables: readonly DraftTable[],
  lines: readonly Line[],
): { tables: DraftTable[]; joints: number } {
  const stitched: DraftTable[] = [];
  let joints = 0;
  for (const table of tables) {
    const before = stitched.at(-1);
    if (before !== undefined && isOneTable(before, table, lines)) {
      stitched[stitched.length - 1] = join(before, table);
      joints++;
    } else stitched.push(table);
  }
  return { tables: stitched, joints };
}

function isOneTable(before: DraftTable, table: DraftTable, lines: readonly Line[]): boolean {
  if (before.syntax !== table.syntax || before.syntax === 'layout' || table.from - before.to > WIDEST_GAP)
    return false;
  if (!lines.slice(before.to, table.from).every((line) => isBlankLine(line) || isPageMark(line.text, true)))
    return false;
  const sameWidth = usualWidth(before.rows) === usualWidth(table.rows);
  if (before.syntax === 'tab-row' && !sameWidth) return startsWithBody(table);
  if (before.syntax === 'markup' || before.syntax === 'grid' || before.syntax === 'wiki')
    return columnCount(before) === columnCount(table) && startsWithBody(table);
  return before.syntax === 'pipe' || before.syntax === 'rule'
    ? sameWidth && (startsWithBody(table) || repeatsHeader(before, table))
    : startsWithBody(table) || sameWidth;
}

/** The first row holds a value, or a numbered label: no header. */
function startsWithBody(table: DraftTable): boolean {
  const first = table.rows[0] ?? [];
  return first.some(
    (cell) =>
      cellKind(cell.text) === 'number' ||
      (startsLabel(cell.text) && !/^第/.test(cell.text) && !/^[（(]本列/.test(cell.text)),
  );
}

function repeatsHeader(before: DraftTable, table: DraftTable): boolean {
  const texts = (rows: DraftTable['rows']): string =>
    (rows[0] ?? []).map((cell) => fold(cell.text)).join('|');
  return texts(before.rows) === texts(table.rows);
}

function columnCount(table: DraftTable): number {
  return largest(
    table.rows
      .flat()
      .map((cell) => (cell.place === undefined ? 0 : cell.place.column + cell.place.columnSpan)),
    0,
  );
}

function join(before: DraftTable, table: DraftTable): DraftTable {
  const rows = [...before.rows, ...table.rows];
  const weaker = TRUST[Math.min(TRUST.indexOf(before.geometry), TRUST.indexOf(table.geometry))] ?? 'stream';
  const hasPlaces = rows.flat().some((cell) => cell.place !== undefined);
  const geometry = weaker === 'exact' && !hasPlaces ? judgeGeometry(rows) : weaker;
  return {
    ...before,
    rows,
    geometry,
    confidence: Math.min(before.confidence, table.confidence, CONFIDENCE[geometry]),
    to: table.to,
  };
}
