import {
  isPrint,
  meets,
  RULING_SETTINGS,
  type LineMarks,
  type PixelLine,
  type PixelLines,
} from './find-ruling-lines.js';
import { printBeside } from './print-beside.js';
import { pixelsPerInch, transpose, type InkMap, type PixelBox } from './raster.js';

/** A cell of a grid found in an image; the box lies between the lines around it. */
export interface GridCell {
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly box: PixelBox;
}

export interface Grid {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly cells: readonly GridCell[];
  readonly box: PixelBox;
  /** Places of the borders in pixels, from top to bottom and from left to right. */
  readonly rowBorders: readonly number[];
  readonly columnBorders: readonly number[];
  /** False where joined cells do not make up a rectangle, so that a line was missed or invented. */
  readonly isSound: boolean;
}

/** A border between two places of the grid counts as drawn where lines cover this share of it. */
const DRAWN_SHARE = 0.6;
/** Lines beyond the outermost line across by this much (inches) show a table left open at its sides. */
const OPEN_SIDE_INCHES = 0.2;
/** Columns that go on by this much (inches) above or below the last line are a row that the page cuts, where so many and more do. */
const CUT_ROW_INCHES = 0.1;
const LEAST_CUT = 2;

/** … or where this share of one row or column of pixels near it is ink, which lines too broken to be found still show. */
const INK_SHARE = 0.75;

/** The ink of a page, and what may belong to lines, each for borders that run along its rows. */
interface BorderInk {
  readonly ink: LineMarks;
  readonly marks: LineMarks;
  readonly inch: number;
}

/**
 * Groups lines into tables and finds the cells of each, from top to bottom. Where the lines alone give cells that are no
 * rectangles, the ink between them is asked as well.
 */
export function findGrids(lines: PixelLines & { readonly marks: LineMarks }, ink: InkMap): Grid[] {
  const inch = pixelsPerInch(ink);
  const border = { ink: { horizontal: ink, vertical: transpose(ink) }, marks: lines.marks, inch };
  return groupTables(lines, RULING_SETTINGS.reach * inch)
    .map((group) => closeSides(group, inch))
    .filter((group) => group.horizontal.length >= 2 && group.vertical.length >= 2)
    .map((group) => {
      const grid = buildGrid(group, border, false);
      const helped = grid.isSound ? grid : buildGrid(group, border, true);
      return helped.isSound ? helped : grid;
    })
    .sort((a, b) => a.box.top - b.box.top);
}

interface LineGroup {
  readonly horizontal: PixelLine[];
  readonly vertical: PixelLine[];
}

/** Lines that meet, directly or through others, belong to one table. */
function groupTables(lines: PixelLines, reach: number): LineGroup[] {
  const groups: LineGroup[] = [];
  const waiting = new Set(lines.horizontal);
  for (const start of lines.horizontal) {
    if (!waiting.delete(start)) continue;
    const group: LineGroup = { horizontal: [start], vertical: [] };
    const verticals = new Set(lines.vertical);
    for (const horizontal of group.horizontal) {
      for (const vertical of verticals) {
        if (!meets(horizontal, vertical, reach)) continue;
        verticals.delete(vertical);
        group.vertical.push(vertical);
        for (const other of waiting) {
          if (!meets(vertical, other, reach)) continue;
          waiting.delete(other);
          group.horizontal.push(other);
        }
      }
    }
    groups.push(group);
  }
  return groups;
}

/**
 * Adds the left and right border to a table that is printed without them, and the lower or upper one to a table that the
 * end of the page cuts in a row.
 */
function closeSides({ horizontal, vertical }: LineGroup, inch: number): LineGroup {
  const columns = [...vertical, ...missingSides(vertical, horizontal, OPEN_SIDE_INCHES * inch, 0)];
  const rows = missingSides(horizontal, vertical, CUT_ROW_INCHES * inch, LEAST_CUT);
  return { horizontal: [...horizontal, ...rows], vertical: columns };
}

/** Borders beyond the outermost `lines`, where more than `least` lines across them reach farther than `reach` (pixels). */
function missingSides(
  lines: readonly PixelLine[],
  across: readonly PixelLine[],
  reach: number,
  least: number,
): PixelLine[] {
  const places = across.map((line) => line.at);
  const [from, to] = [Math.min(...places), Math.max(...places)];
  const [start, end] = [
    Math.min(...across.map((line) => line.from)),
    Math.max(...across.map((line) => line.to)),
  ];
  const side = (at: number): PixelLine => ({ at, from, to, thickness: 1 });
  const isBefore =
    across.filter((line) => lines.every((other) => other.at > line.from + reach)).length > least;
  const isBehind = across.filter((line) => lines.every((other) => other.at < line.to - reach)).length > least;
  return [...(isBefore ? [side(start)] : []), ...(isBehind ? [side(end)] : [])];
}

/** With `isInkAsked` borders are also those that no line was found for, where the ink shows them. */
function buildGrid(group: LineGroup, ink: BorderInk, isInkAsked: boolean): Grid {
  const tolerance = RULING_SETTINGS.reach * ink.inch;
  const isBorder = (direction: keyof LineGroup, at: number, from: number, to: number): boolean =>
    isDrawn(group[direction], ink, direction, { at, from, to }) ||
    (isInkAsked && isInked(ink.marks[direction], at, from, to, tolerance));
  const xs = joinClose(group.vertical, tolerance);
  const ys = joinClose(group.horizontal, tolerance);
  const rowCount = ys.length - 1;
  const columnCount = xs.length - 1;
  const place = (row: number, column: number): number => row * columnCount + column;
  const owner = Array.from({ length: rowCount * columnCount }, (_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (owner[root] !== root) root = owner[root] ?? root;
    return root;
  };
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const [left = 0, right = 0] = [xs[column], xs[column + 1]];
      const [top = 0, bottom = 0] = [ys[row], ys[row + 1]];
      if (column + 1 < columnCount && !isBorder('vertical', right, top, bottom)) {
        owner[find(place(row, column + 1))] = find(place(row, column));
      }
      if (row + 1 < rowCount && !isBorder('horizontal', bottom, left, right)) {
        owner[find(place(row + 1, column))] = find(place(row, column));
      }
    }
  }
  const members = new Map<number, { row: number; column: number }[]>();
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const root = find(place(row, column));
      members.set(root, [...(members.get(root) ?? []), { row, column }]);
    }
  }
  const joined = [...members.values()].map((places) => toCell(places, xs, ys));
  const isSound = joined.every(({ cell, count }) => cell.rowSpan * cell.columnSpan === count);
  const cells = joined
    .flatMap(({ cell, count }, i) => {
      if (cell.rowSpan * cell.columnSpan === count) return [cell];
      // Not a rectangle: a border was missed or invented, so every place stands for itself.
      return ([...members.values()][i] ?? []).map((single) => toCell([single], xs, ys).cell);
    })
    .sort((a, b) => a.rowIndex - b.rowIndex || a.columnIndex - b.columnIndex);
  return {
    rowCount,
    columnCount,
    cells,
    box: { left: xs[0] ?? 0, top: ys[0] ?? 0, right: xs.at(-1) ?? 0, bottom: ys.at(-1) ?? 0 },
    rowBorders: ys,
    columnBorders: xs,
    isSound,
  };
}

function toCell(
  places: readonly { row: number; column: number }[],
  xs: readonly number[],
  ys: readonly number[],
): { cell: GridCell; count: number } {
  const rows = places.map((p) => p.row);
  const columns = places.map((p) => p.column);
  const rowIndex = Math.min(...rows);
  const columnIndex = Math.min(...columns);
  const rowSpan = Math.max(...rows) - rowIndex + 1;
  const columnSpan = Math.max(...columns) - columnIndex + 1;
  const box = {
    left: xs[columnIndex] ?? 0,
    top: ys[rowIndex] ?? 0,
    right: xs[columnIndex + columnSpan] ?? 0,
    bottom: ys[rowIndex + rowSpan] ?? 0,
  };
  return { cell: { rowIndex, columnIndex, rowSpan, columnSpan, box }, count: places.length };
}

/** Places across of all lines, close ones taken as one, weighted by their lengths. */
function joinClose(lines: readonly PixelLine[], tolerance: number): number[] {
  const groups: PixelLine[][] = [];
  for (const line of [...lines].sort((a, b) => a.at - b.at)) {
    const last = groups.at(-1)?.at(-1);
    if (last && line.at - last.at <= tolerance) groups.at(-1)?.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => {
    const length = group.reduce((sum, line) => sum + line.to - line.from, 0);
    return group.reduce((sum, line) => sum + line.at * (line.to - line.from), 0) / length;
  });
}

/** A border between two places of the grid: where it runs, and its two ends along it. */
type Border = Pick<PixelLine, 'at' | 'from' | 'to'>;

/** True where lines cover most of a border and are no strokes of characters there: a line may end in print. */
function isDrawn(
  lines: readonly PixelLine[],
  ink: BorderInk,
  direction: keyof LineGroup,
  border: Border,
): boolean {
  const tolerance = RULING_SETTINGS.reach * ink.inch;
  const overlap = ({ from, to }: PixelLine): number =>
    Math.max(0, Math.min(to, border.to) - Math.max(from, border.from));
  const near = lines.filter((line) => Math.abs(line.at - border.at) <= tolerance);
  const covered = near.reduce((sum, line) => sum + overlap(line), 0);
  if (covered < DRAWN_SHARE * (border.to - border.from)) return false;
  const line = near.reduce((best, other) => (overlap(other) > overlap(best) ? other : best));
  const start = Math.max(2, END_INCHES * ink.inch);
  const inside = { ...line, from: border.from + start, to: border.to - start };
  const places = SHIFTS.map((shift) => ({ ...inside, at: line.at + shift * line.thickness }));
  const shares = places.map((place) => printBeside(ink.marks[direction], place, ink.inch).on);
  const best = places[shares.indexOf(Math.max(...shares))] ?? inside;
  return Math.max(...shares) >= MARKED_SHARE && !isPrint(ink.ink[direction], best, ink.inch);
}

/** How far beside its mean place a line may lie at one border, in thicknesses of it. */
const SHIFTS = [0, -2, 2] as const;

/** So far (inches) from a line that crosses it a border shows only itself, and this share of it is marked. */
const END_INCHES = 0.015;
const MARKED_SHARE = 0.75;

/** True where one row of pixels close to `at` is mostly ink from `from` to `to`. */
function isInked(ink: InkMap, at: number, from: number, to: number, tolerance: number): boolean {
  const [start, end] = [Math.ceil(from + tolerance), Math.floor(to - tolerance)];
  const reach = Math.ceil(tolerance / 2);
  for (let y = Math.round(at) - reach; y <= Math.round(at) + reach; y++) {
    let covered = 0;
    for (let x = start; x < end; x++) covered += ink.data[y * ink.width + x] ?? 0;
    if (end > start && covered >= INK_SHARE * (end - start)) return true;
  }
  return false;
}
