import type { Box, RulingLine } from '../../model/geometry.js';
import { unionBox } from '../../model/geometry.js';
import { toPieceLine } from '../aligned/piece.js';
import { joinEdges, snapEdges } from '../edges.js';
import type { Glyph } from '../glyph.js';
import { compareCells, type PageCell, type PageTable } from '../page-table.js';
import { DEFAULT_TABLE_SETTINGS } from '../settings.js';
import { lineOf, type TextLine } from '../text-line.js';
import { buildHead, countHeadStrips, type OpenHead } from './build-head.js';
import { buildRows, cellsOf, type OpenRow, type RowCell } from './build-rows.js';
import type { Chunk, Strip } from './chunk.js';
import { cutAtColumns, cutAtRules, findColumns, type OpenColumn, type Range } from './find-columns.js';
import { growRegions, joinLevel, type Region, stripsOf, trimRegion, wideRules } from './grow-regions.js';
import { joinLoose } from './join-loose.js';
import { judgeOpen } from './judge-open.js';
import { partTypedRules } from './typed-rules.js';

/** What is needed of a page to find its open tables: lines outside closed ones, from top to bottom. */
export interface OpenPage {
  readonly pageNumber: number;
  readonly lines: readonly TextLine[];
  readonly rulings: readonly RulingLine[];
}

/** Tables of a page, and what of its lines is left: none of a line that is all in tables. */
export interface OpenTables {
  readonly tables: readonly PageTable[];
  readonly left: ReadonlyMap<TextLine, readonly TextLine[]>;
}

/**
 * Open tables: those whose cells no ruling lines close, in text with spaces between words. Statistics are printed so:
 * columns of numbers flush right under heads of several levels, labels that are indented, wrapped or followed by dots,
 * and a few horizontal rules. Steps: running text out, lines to regions, columns, head, rows, a judgement.
 */
export function readOpenTables(page: OpenPage, isDrawing: (area: Box) => boolean = () => false): OpenTables {
  const upright = page.lines.filter((line) => line.turn === 0);
  const typed = partTypedRules(upright);
  const rules = pageRules(typed.rules.length === 0 ? page.rulings : [...page.rulings, ...typed.rules]);
  const strips = stripsOf(typed.lines.map((line) => toPieceLine(line, page.pageNumber, 0)));
  const tables: PageTable[] = [];
  const taken = new Set<Glyph>();
  for (const region of growRegions(cutAtRules(strips, rules.vertical))) {
    const table = readRegion(region, rules.horizontal, page.pageNumber);
    if (!table || isDrawing(table.box)) continue;
    tables.push(table);
    for (const line of table.cells.flatMap((cell) => cell.lines))
      for (const glyph of line.glyphs) taken.add(glyph);
  }
  return { tables, left: taken.size === 0 ? new Map() : leftOver(upright, taken) };
}

interface PageRules {
  readonly horizontal: readonly RulingLine[];
  readonly vertical: readonly RulingLine[];
}

function pageRules(rulings: readonly RulingLine[]): PageRules {
  const of = (direction: RulingLine['direction']): RulingLine[] => {
    const lines = rulings.filter((line) => line.direction === direction);
    if (lines.length > DEFAULT_TABLE_SETTINGS.mostEdges) return [];
    return joinEdges(snapEdges(lines, DEFAULT_TABLE_SETTINGS), DEFAULT_TABLE_SETTINGS);
  };
  return { horizontal: of('horizontal'), vertical: of('vertical') };
}

function readRegion(region: Region, horizontal: readonly RulingLine[], pageNumber: number): PageTable | null {
  const trimmed = trimRegion(region, horizontal);
  return (
    trimmed &&
    readStrips({ ...trimmed, strips: joinLoose(joinLevel(trimmed.strips)) }, horizontal, pageNumber)
  );
}

function readStrips(
  { strips: given, isTitled }: Region,
  horizontal: readonly RulingLine[],
  pageNumber: number,
): PageTable | null {
  const headCount = countHeadStrips(given, horizontal);
  const body = given.slice(headCount);
  const columns = findColumns(body.filter((strip) => strip.chunks.length > 1).length > 1 ? body : given);
  if (columns.length < 2) return null;
  const rules = rulesBeside(given, horizontal);
  const head = buildHead(given.slice(0, headCount), columns, horizontal);
  const rows = buildRows(cutAtColumns(body, columns), columns, rules);
  const cells = rows.map((row) => cellsOf(row, columns));
  const confidence = judgeOpen({
    columns,
    head: given.slice(0, headCount),
    rows,
    cells,
    wideRules: rules.length,
    isTitled,
  });
  if (confidence === 0) return null;
  return toPageTable({ strips: given, columns, head, rows, cells, pageNumber, confidence });
}

/** A rule that belongs to a table is at most this far (em) above or below its text. */
const RULE_REACH_EM = 1.5;

/** Rules over the whole width of a table, within it or right above or below. */
function rulesBeside(strips: readonly Strip[], horizontal: readonly RulingLine[]): RulingLine[] {
  const [first, last] = [strips[0], strips.at(-1)];
  if (!first || !last) return [];
  const reach = RULE_REACH_EM * first.size;
  return wideRules(strips, horizontal).filter(({ at }) => at > first.top - reach && at < last.bottom + reach);
}

interface ReadTable {
  readonly strips: readonly Strip[];
  readonly columns: readonly OpenColumn[];
  readonly head: OpenHead;
  readonly rows: readonly OpenRow[];
  readonly cells: readonly (readonly RowCell[])[];
  readonly pageNumber: number;
  readonly confidence: number;
}

function toPageTable({ strips, columns, head, rows, cells, pageNumber, confidence }: ReadTable): PageTable {
  const borders = bordersOf(columns, strips);
  const heights = [
    ...head.levels.map(({ top }) => top),
    ...rows.map(({ strips: own }) => own[0]?.top ?? 0),
    Math.max(...strips.map((strip) => strip.bottom)),
  ];
  const placed: PlacedCell[] = head.cells.map(({ range, fromLevel, toLevel, chunks }) => ({
    range,
    rowFrom: fromLevel,
    rowTo: toLevel,
    chunks,
  }));
  for (const [i, row] of cells.entries()) {
    const rowIndex = head.levels.length + i;
    for (const { range, chunks } of row) placed.push({ range, rowFrom: rowIndex, rowTo: rowIndex, chunks });
  }
  const boxOf = (cell: PlacedCell): Box => ({
    left: borders[cell.range.from] ?? 0,
    right: borders[cell.range.to + 1] ?? 0,
    top: heights[cell.rowFrom] ?? 0,
    bottom: heights[cell.rowTo + 1] ?? 0,
  });
  return {
    pageNumber,
    geometry: 'aligned',
    confidence,
    box: unionBox(strips.map(({ left, right, top, bottom }) => ({ left, right, top, bottom }))),
    rows: heights,
    columns: borders,
    cells: fillBlanks(placed, heights.length - 1, columns.length)
      .map((cell) => toPageCell(cell, boxOf(cell)))
      .sort(compareCells),
  };
}

interface PlacedCell {
  readonly range: Range;
  readonly rowFrom: number;
  readonly rowTo: number;
  readonly chunks: readonly Chunk[];
}

function toPageCell({ range, rowFrom, rowTo, chunks }: PlacedCell, box: Box): PageCell {
  return {
    rowIndex: rowFrom,
    columnIndex: range.from,
    rowSpan: rowTo - rowFrom + 1,
    columnSpan: range.to - range.from + 1,
    lines: chunks.map((chunk) => chunk.line),
    box,
  };
}

function bordersOf(columns: readonly OpenColumn[], strips: readonly Strip[]): number[] {
  const inner = columns.slice(1).map((column, i) => ((columns[i]?.right ?? 0) + column.left) / 2);
  return [
    Math.min(...strips.map(({ left }) => left)),
    ...inner,
    Math.max(...strips.map(({ right }) => right)),
  ];
}

/** Cells that claim no place of another one, and blank cells in the places that none claims. */
function fillBlanks(cells: readonly PlacedCell[], rowCount: number, columnCount: number): PlacedCell[] {
  const taken = Array.from({ length: rowCount }, () => new Array<PlacedCell | null>(columnCount).fill(null));
  const sizeOf = ({ range, rowFrom, rowTo }: PlacedCell): number =>
    (range.to - range.from + 1) * (rowTo - rowFrom + 1);
  const kept: PlacedCell[] = [];
  for (const cell of cells.toSorted((a, b) => sizeOf(a) - sizeOf(b))) {
    const fitted = [
      cell,
      { ...cell, rowTo: cell.rowFrom },
      { ...cell, rowFrom: cell.rowTo },
      { ...cell, rowTo: cell.rowFrom, range: { from: cell.range.from, to: cell.range.from } },
    ].find((one) => isFree(one, taken));
    const host = taken[cell.rowFrom]?.[cell.range.from];
    if (fitted) {
      kept.push(fitted);
      for (let row = fitted.rowFrom; row <= fitted.rowTo; row++)
        taken[row]?.fill(fitted, fitted.range.from, fitted.range.to + 1);
    } else if (host) {
      const joined = { ...host, chunks: [...host.chunks, ...cell.chunks].sort((a, b) => a.top - b.top) };
      kept[kept.indexOf(host)] = joined;
      for (let row = host.rowFrom; row <= host.rowTo; row++)
        taken[row]?.fill(joined, host.range.from, host.range.to + 1);
    }
  }
  for (let row = 0; row < rowCount; row++)
    for (let column = 0; column < columnCount; column++)
      if (taken[row]?.[column] === null)
        kept.push({ range: { from: column, to: column }, rowFrom: row, rowTo: row, chunks: [] });
  return kept;
}

function isFree(
  { range, rowFrom, rowTo }: PlacedCell,
  taken: readonly (readonly (PlacedCell | null)[])[],
): boolean {
  for (let row = rowFrom; row <= rowTo; row++)
    for (let column = range.from; column <= range.to; column++)
      if (taken[row]?.[column] !== null) return false;
  return true;
}

/** What is left of the lines that tables took text from. */
function leftOver(lines: readonly TextLine[], taken: ReadonlySet<Glyph>): Map<TextLine, TextLine[]> {
  const left = new Map<TextLine, TextLine[]>();
  for (const line of lines) {
    const rest = line.glyphs.filter((glyph) => !taken.has(glyph));
    if (rest.length < line.glyphs.length) left.set(line, rest.length === 0 ? [] : [lineOf(rest, line.turn)]);
  }
  return left;
}
