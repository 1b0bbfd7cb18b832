import { isProse, isReportTitle, isSectionTitle, isValue } from './cell-kinds.js';
import { isSiteLine } from './furniture.js';
import { isBlankLine, type Line } from './lines.js';

/** Tab, or Word's own cell mark where a converter left it. */
const CELL_BREAK = /[\t\u0007]/;
const MOST_BLANK_LINES = 2;
const MOST_BLANK_LINES_IN_CELL = 24;
const LONGEST_TITLE_PART = 40;

/** A line that holds cells: it has a tab which is not only the indent of a paragraph. */
function isTabLine(line: Line | undefined): boolean {
  if (line === undefined || !CELL_BREAK.test(line.text)) return false;
  const pieces = line.text.split(CELL_BREAK).filter((piece) => piece.trim() !== '');
  return pieces.length > 1 ? !pieces.every(isProse) : !isProse(pieces[0] ?? '') || pieces.length === 0;
}

/**
 * The lines of a table whose cells stand behind or between tabs: end (exclusive) of the region that starts at `from`,
 * or `from` where none does. Lines without a tab belong to it where they continue a cell, or stand alone between rows.
 */
export function tabRegionEnd(lines: readonly Line[], from: number): number {
  if (!isTabLine(lines[from])) return from;
  let end = from + 1;
  for (;;) {
    const next = nextInRegion(lines, from, end);
    if (next < 0) return end;
    end = next + 1;
  }
}

/** Index of the next line of the region, which ends before `end` so far; −1 where the region is over. */
function nextInRegion(lines: readonly Line[], from: number, end: number): number {
  const at = nextFilled(lines, end);
  if (at < 0) return -1;
  const gap = at - end;
  const isOpenCell = endsInEmptyCell(lines[end - 1]);
  if (isTabLine(lines[at]))
    return gap <= (isOpenCell ? MOST_BLANK_LINES_IN_CELL : MOST_BLANK_LINES) ? at : -1;
  return isLooseLine(lines, from, at, gap, isOpenCell) ? at : -1;
}

function nextFilled(lines: readonly Line[], from: number): number {
  for (let at = from; at < lines.length; at++) if (!isBlankTabless(lines[at])) return at;
  return -1;
}

function isBlankTabless(line: Line | undefined): boolean {
  return isBlankLine(line) && !CELL_BREAK.test(line?.text ?? '');
}

function endsInEmptyCell(line: Line | undefined): boolean {
  return line !== undefined && /[\t\u0007]\s*$/.test(line.text);
}

/** A line without tabs that is still the table's: half a label, a value of a cell of many lines, a row of one cell. */
function isLooseLine(
  lines: readonly Line[],
  from: number,
  at: number,
  gap: number,
  isOpenCell: boolean,
): boolean {
  const text = lines[at]?.text.trim() ?? '';
  if (endsTables(text) || text.length > LONGEST_TITLE_PART * 2 || (isProse(text) && !/^[（(]/.test(text)))
    return false;
  if (gap > (isOpenCell ? MOST_BLANK_LINES_IN_CELL : MOST_BLANK_LINES)) return false;
  if (isValue(text)) return followedByTabs(lines, at, 16);
  const isShort = text.length <= LONGEST_TITLE_PART || isOpenCell || gap === 0;
  return isShort && at > from && followedByTabs(lines, at, text.length <= 2 ? 20 : 6);
}

/** True where a line with tabs comes within the next `reach` lines and no section starts before it. */
function followedByTabs(lines: readonly Line[], at: number, reach: number): boolean {
  for (let next = at + 1; next <= at + reach && next < lines.length; next++) {
    if (isTabLine(lines[next])) return true;
    const text = lines[next]?.text ?? '';
    if (endsTables(text) || isProse(text)) return false;
  }
  return false;
}

/** A title, or a line of the site around a report. */
function endsTables(text: string): boolean {
  return isSectionTitle(text) || isReportTitle(text) || isSiteLine(text);
}

/** How the region's cells are set: one a line behind its tab, or rows of cells between tabs. */
export function tabStyle(region: readonly Line[]): 'cells' | 'rows' {
  const withTabs = region.filter((line) => CELL_BREAK.test(line.text));
  const single = withTabs.filter((line) => /^\s*[\t\u0007][^\t\u0007]*$/.test(line.text));
  return single.length * 2 > withTabs.length ? 'cells' : 'rows';
}
