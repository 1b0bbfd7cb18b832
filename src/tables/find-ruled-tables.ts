import type { Box, RulingLine } from '../model/geometry.js';
import { dropSlivers } from './drop-slivers.js';
import { groupEdges, joinEdges, snapEdges } from './edges.js';
import type { Glyph } from './glyph.js';
import { hasStruck, withoutStruck } from './find-struck.js';
import { findGrid, type Grid, type GridCell } from './grid.js';
import { isChart } from './is-chart.js';
import { cutAtBorders, groupRuns, middleOf } from './group-runs.js';
import { compareCells, type PageCell, type PageTable } from './page-table.js';
import { DEFAULT_TABLE_SETTINGS, type TableSettings } from './settings.js';
import { buildLines, type TextLine } from './text-line.js';

/** What table reconstruction needs to know of a page. */
export interface PageInk {
  readonly pageNumber: number;
  readonly glyphs: readonly Glyph[];
  readonly rulings: readonly RulingLine[];
  readonly drawings?: readonly Box[];
}

/** Tables found on a page and the characters outside them. */
export interface PageTables {
  readonly tables: readonly PageTable[];
  readonly rest: readonly Glyph[];
}

/** Confidence of a table whose cells are all closed rectangles; each irregular region takes from it. */
const REGULAR_CONFIDENCE = 0.98;
/** A group of lines with fewer cells holding text than this share is a drawing or a chart. */
const LEAST_FILLED_SHARE = 0.1;
/** How sure a cell is that holds a correction beside what a line strikes out: the line is told by its place only. */
const CORRECTED_CONFIDENCE = 0.95;
/** … and one that is struck out whole. */
const STRUCK_CONFIDENCE = 0.5;
/** A cell over a table's whole width with at least so many lines that fill it is a frame around running text. */
const FRAME_LINES = 6;
/** … where at least this share of the lines is this wide (share of the cell). */
const FRAME_FULL_LINES = 0.3;
const FRAME_LINE_WIDTH = 0.85;
/** A cell that is blank and lacks a border on so many outer sides is the space beside a table. */
const OUTSIDE_OPEN_SIDES = 2;

/**
 * Tables drawn with ruling lines: snap lines to edges, join edges, group them by crossings, find the grid of each
 * group, put the characters into its cells.
 */
export function findRuledTables(page: PageInk, settings: TableSettings = DEFAULT_TABLE_SETTINGS): PageTables {
  const grids = findGrids(page.rulings, settings);
  if (grids.length === 0) return { tables: [], rest: page.glyphs };
  const { byCell, rest } = assignGlyphs(page.glyphs, grids);
  const tables: PageTable[] = [];
  const outside: Glyph[] = [];
  for (const [i, grid] of grids.entries()) {
    const isDrawing = isChart(gridBox(grid), page.drawings ?? []);
    const table = isDrawing ? null : fillGrid(grid, byCell[i] ?? [], page.pageNumber);
    const { cells, framed } = table ? takeFramed(table.cells, grid.columns.length - 1) : NOTHING;
    if (table && cells.length > 1) {
      tables.push(dropSlivers(framed.length === 0 ? table : { ...table, cells }, settings.narrowestSlot));
      for (const line of framed.flatMap((cell) => cell.lines)) outside.push(...line.glyphs);
    } else for (const glyph of (byCell[i] ?? []).flat()) outside.push(glyph);
  }
  return { tables, rest: outside.length === 0 ? rest : inSourceOrder(page.glyphs, [...rest, ...outside]) };
}

/** Grids of a page, smallest first, so that characters go to the innermost of nested ones. */
function findGrids(rulings: readonly RulingLine[], settings: TableSettings): Grid[] {
  const edgesOf = (direction: RulingLine['direction']): RulingLine[] => {
    const lines = rulings.filter((line) => line.direction === direction);
    return lines.length === 0 ? [] : joinEdges(snapEdges(lines, settings), settings);
  };
  const horizontal = edgesOf('horizontal');
  const vertical = edgesOf('vertical');
  if (horizontal.length + vertical.length > settings.mostEdges) return [];
  return groupEdges(horizontal, vertical, settings)
    .map((group) => findGrid(group, settings))
    .filter((grid) => grid !== null)
    .sort((a, b) => area(gridBox(a)) - area(gridBox(b)));
}

function gridBox({ rows, columns }: Grid): Box {
  return { left: columns[0] ?? 0, top: rows[0] ?? 0, right: columns.at(-1) ?? 0, bottom: rows.at(-1) ?? 0 };
}

function area(box: Box): number {
  return (box.right - box.left) * (box.bottom - box.top);
}

/** `byCell[grid][cell]` are the characters of a cell; a run goes where its middle is. */
function assignGlyphs(
  glyphs: readonly Glyph[],
  grids: readonly Grid[],
): { byCell: Glyph[][][]; rest: Glyph[] } {
  const byCell = grids.map((grid) => grid.cells.map((): Glyph[] => []));
  const rest: Glyph[] = [];
  const runs = groupRuns(glyphs).flatMap((run) => cutAtBorders(run, bordersUnder(run, grids)));
  for (const run of runs) {
    const { x, y } = middleOf(run);
    let target: Glyph[] | undefined;
    for (let i = 0; i < grids.length && !target; i++) {
      const grid = grids[i];
      if (!grid) continue;
      const row = slotAt(grid.drawn.rows, y);
      const column = slotAt(grid.drawn.columns, x);
      if (row >= 0 && column >= 0) target = byCell[i]?.[grid.drawn.cellAt[row]?.[column] ?? -1];
    }
    for (const glyph of run) (target ?? rest).push(glyph);
  }
  return { byCell, rest };
}

/** The borders between the cells that a run stands in. */
function bordersUnder(run: readonly Glyph[], grids: readonly Grid[]): number[] {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last || run.length === 1) return [];
  const { y } = middleOf(run);
  for (const { drawn } of grids) {
    const row = slotAt(drawn.rows, y);
    const column = slotAt(drawn.columns, first.box.left);
    if (row < 0 || column < 0) continue;
    const cells = drawn.cellAt[row] ?? [];
    return drawn.columns.filter(
      (border, i) => border > first.box.left && border < last.box.right && cells[i] !== cells[i - 1],
    );
  }
  return [];
}

/** Index of the slot that holds `place`, -1 outside. */
function slotAt(borders: readonly number[], place: number): number {
  if (place < (borders[0] ?? 0) || place >= (borders.at(-1) ?? 0)) return -1;
  let low = 0;
  let high = borders.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((borders[middle] ?? 0) <= place) low = middle;
    else high = middle;
  }
  return low;
}

function fillGrid(grid: Grid, glyphs: readonly (readonly Glyph[])[], pageNumber: number): PageTable | null {
  const cells: PageCell[] = [];
  for (const [i, cell] of grid.cells.entries()) {
    const lines = buildLines(glyphs[i] ?? []);
    if (lines.length === 0 && isOutside(cell)) continue;
    const { rowIndex, columnIndex, rowSpan, columnSpan, box } = cell;
    cells.push({
      rowIndex,
      columnIndex,
      rowSpan,
      columnSpan,
      box,
      ...readLines(lines),
    });
  }
  const filled = cells.filter((cell) => cell.lines.length > 0).length;
  if (cells.length < 2 || filled === 0 || filled < LEAST_FILLED_SHARE * cells.length) return null;
  return {
    pageNumber,
    geometry: 'exact',
    confidence: REGULAR_CONFIDENCE * grid.regularity,
    box: gridBox(grid),
    rows: grid.rows,
    columns: grid.columns,
    cells: cells.sort(compareCells),
  };
}

/** What a cell says: without what is struck out of it, or that in doubt where it holds nothing else. */
function readLines(lines: readonly TextLine[]): Pick<PageCell, 'lines' | 'readingConfidence'> {
  if (!hasStruck(lines)) return { lines };
  const kept = withoutStruck(lines);
  return kept
    ? { lines: kept, readingConfidence: CORRECTED_CONFIDENCE }
    : { lines, readingConfidence: STRUCK_CONFIDENCE };
}

const NOTHING = { cells: [], framed: [] };

/** Pages whose text stands in a frame below a few ruled lines are no tables of one huge cell: the text is the page's. */
function takeFramed(
  cells: readonly PageCell[],
  columnCount: number,
): { cells: readonly PageCell[]; framed: readonly PageCell[] } {
  const framed = cells.filter((cell) => cell.columnSpan === columnCount && isFrame(cell));
  return framed.length === 0
    ? { cells, framed }
    : { cells: cells.filter((cell) => !framed.includes(cell)), framed };
}

function isFrame({ lines, box }: PageCell): boolean {
  if (lines.length < FRAME_LINES) return false;
  const width = FRAME_LINE_WIDTH * (box.right - box.left);
  return (
    lines.filter((line) => line.box.right - line.box.left >= width).length >= FRAME_FULL_LINES * lines.length
  );
}

function isOutside(cell: GridCell): boolean {
  return cell.openSides >= OUTSIDE_OPEN_SIDES;
}

function inSourceOrder(all: readonly Glyph[], some: readonly Glyph[]): Glyph[] {
  const wanted = new Set(some);
  return all.filter((glyph) => wanted.has(glyph));
}
