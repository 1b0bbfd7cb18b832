import type { Box } from '../model/geometry.js';
import { type EdgeGroup, find, union } from './edges.js';
import type { TableSettings } from './settings.js';

/** A rectangle of slots of a grid, without its text. */
export interface GridCell {
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  /** Outer sides of the table on which it has no border. */
  readonly openSides: number;
  /** Between the lines drawn around it, which may differ a little from the grid's borders. */
  readonly box: Box;
}

/** Row and column borders (points, ascending; one more than there are rows or columns) and the cells between them. */
export interface Grid {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly cells: readonly GridCell[];
  /** Share of cells that the lines enclose as plain rectangles, 0 to 1: how well the lines explain the grid. */
  readonly regularity: number;
  readonly drawn: DrawnGrid;
}

/** The grid before slivers of rows and columns were taken out: what stands where is told by the lines as they are drawn. */
export interface DrawnGrid {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** `[row][column]` is the index of the cell that covers the slot. */
  readonly cellAt: readonly (readonly number[])[];
}

/** Which borders between neighbouring slots are drawn. */
interface Walls {
  /** `[row][border]`: the border left of column `border` is drawn along that row. */
  readonly vertical: readonly (readonly boolean[])[];
  /** `[border][column]`: the border above row `border` is drawn along that column. */
  readonly horizontal: readonly (readonly boolean[])[];
}

/** Step 4: rows, columns and cells of a group of crossing edges; null where there are no two cells. */
export function findGrid(group: EdgeGroup, settings: TableSettings): Grid | null {
  const columns = findBorders(
    group.vertical.map((line) => line.at),
    group.horizontal,
    settings,
  );
  const rows = findBorders(
    group.horizontal.map((line) => line.at),
    group.vertical,
    settings,
  );
  if (columns.length < 2 || rows.length < 2) return null;
  const walls = findWalls(group, rows, columns);
  const regions = findRegions(walls, rows.length - 1, columns.length - 1);
  const rectangles = regions.map(splitIntoRectangles);
  const cells = rectangles.flat().map((cell) => toGridCell(cell, walls, rows, columns));
  if (cells.length < 2) return null;
  const drawn = { rows, columns, cellAt: coverOf(cells, rows.length - 1, columns.length - 1) };
  const regularity = rectangles.filter((one) => one.length === 1).length / rectangles.length;
  return dropNarrowSlots({ rows, columns, cells, regularity, drawn }, settings);
}

/** Places of the lines, and the far ends of the crossing lines where they reach out beyond the outermost of them. */
function findBorders(
  places: readonly number[],
  crossing: readonly { readonly from: number; readonly to: number }[],
  settings: TableSettings,
): number[] {
  const borders = [...new Set(places)].sort((a, b) => a - b);
  const [first, last] = [borders[0], borders.at(-1)];
  if (first === undefined || last === undefined) return [];
  const from = Math.min(...crossing.map((line) => line.from));
  const to = Math.max(...crossing.map((line) => line.to));
  if (from < first - settings.missingBorderReach) borders.unshift(from);
  if (to > last + settings.missingBorderReach) borders.push(to);
  return borders;
}

function findWalls(group: EdgeGroup, rows: readonly number[], columns: readonly number[]): Walls {
  const vertical = Array.from({ length: rows.length - 1 }, () =>
    new Array<boolean>(columns.length).fill(false),
  );
  const horizontal = Array.from({ length: rows.length }, () =>
    new Array<boolean>(columns.length - 1).fill(false),
  );
  for (const line of group.vertical) {
    const border = columns.indexOf(line.at);
    for (const row of coveredSlots(rows, line.from, line.to)) (vertical[row] ?? [])[border] = true;
  }
  for (const line of group.horizontal) {
    const border = rows.indexOf(line.at);
    for (const column of coveredSlots(columns, line.from, line.to)) (horizontal[border] ?? [])[column] = true;
  }
  return { vertical, horizontal };
}

/** Slots whose middle lies between `from` and `to`. */
function coveredSlots(borders: readonly number[], from: number, to: number): number[] {
  const slots: number[] = [];
  for (let i = 0; i + 1 < borders.length; i++) {
    const middle = ((borders[i] ?? 0) + (borders[i + 1] ?? 0)) / 2;
    if (middle >= from && middle <= to) slots.push(i);
  }
  return slots;
}

interface Slot {
  readonly row: number;
  readonly column: number;
}

/** Slots that no border parts, region by region in reading order of their first slots. */
function findRegions(walls: Walls, rowCount: number, columnCount: number): Slot[][] {
  const parents = Array.from({ length: rowCount * columnCount }, (_, i) => i);
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const slot = row * columnCount + column;
      if (column > 0 && !walls.vertical[row]?.[column]) union(parents, slot, slot - 1);
      if (row > 0 && !walls.horizontal[row]?.[column]) union(parents, slot, slot - columnCount);
    }
  }
  const regions = new Map<number, Slot[]>();
  for (let slot = 0; slot < parents.length; slot++) {
    const root = find(parents, slot);
    const region = regions.get(root) ?? [];
    regions.set(root, region);
    region.push({ row: Math.floor(slot / columnCount), column: slot % columnCount });
  }
  return [...regions.values()];
}

interface Rectangle {
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** A region whose borders are partly missing is no rectangle: it is cut into runs of columns that rows share. */
function splitIntoRectangles(slots: readonly Slot[]): Rectangle[] {
  const rectangles: { -readonly [key in keyof Rectangle]: Rectangle[key] }[] = [];
  for (const run of runsOf(slots)) {
    const above = rectangles.find(
      (one) =>
        one.columnIndex === run.columnIndex &&
        one.columnSpan === run.columnSpan &&
        one.rowIndex + one.rowSpan === run.rowIndex,
    );
    if (above) above.rowSpan++;
    else rectangles.push(run);
  }
  return rectangles;
}

/** Slots of one row that follow each other. */
function runsOf(slots: readonly Slot[]): Rectangle[] {
  const runs: { -readonly [key in keyof Rectangle]: Rectangle[key] }[] = [];
  for (const { row, column } of slots) {
    const last = runs.at(-1);
    if (last?.rowIndex === row && last.columnIndex + last.columnSpan === column) last.columnSpan++;
    else runs.push({ rowIndex: row, columnIndex: column, rowSpan: 1, columnSpan: 1 });
  }
  return runs;
}

function toGridCell(
  cell: Rectangle,
  walls: Walls,
  rows: readonly number[],
  columns: readonly number[],
): GridCell {
  const { rowIndex, columnIndex, rowSpan, columnSpan } = cell;
  const openSides = countOpenSides(cell, walls);
  return { rowIndex, columnIndex, rowSpan, columnSpan, openSides, box: boxOf(cell, rows, columns) };
}

function countOpenSides(cell: Rectangle, walls: Walls): number {
  const lastRow = cell.rowIndex + cell.rowSpan;
  const lastColumn = cell.columnIndex + cell.columnSpan;
  const rowCount = walls.vertical.length;
  const columnCount = walls.horizontal[0]?.length ?? 0;
  const isOpenAlong = (border: number): boolean =>
    (walls.horizontal[border] ?? []).slice(cell.columnIndex, lastColumn).includes(false);
  const isOpenBeside = (border: number): boolean =>
    walls.vertical.slice(cell.rowIndex, lastRow).some((row) => row[border] === false);
  let open = 0;
  if (cell.rowIndex === 0 && isOpenAlong(0)) open++;
  if (lastRow === rowCount && isOpenAlong(rowCount)) open++;
  if (cell.columnIndex === 0 && isOpenBeside(0)) open++;
  if (lastColumn === columnCount && isOpenBeside(columnCount)) open++;
  return open;
}

/** Word's rows rarely agree to the point: slivers of rows and columns that no cell fills are taken out. */
function dropNarrowSlots(grid: Grid, settings: TableSettings): Grid {
  let { rows, columns, cells } = grid;
  for (let i = columns.length - 2; i >= 0; i--) {
    if ((columns[i + 1] ?? 0) - (columns[i] ?? 0) >= settings.narrowestSlot) continue;
    if (cells.some((cell) => cell.columnIndex === i && cell.columnSpan === 1)) continue;
    columns = columns.toSpliced(i > 0 ? i : i + 1, 1);
    cells = cells.map((cell) => {
      const end = cell.columnIndex + cell.columnSpan;
      const start = cell.columnIndex > i ? cell.columnIndex - 1 : cell.columnIndex;
      return { ...cell, columnIndex: start, columnSpan: (end > i ? end - 1 : end) - start };
    });
  }
  for (let i = rows.length - 2; i >= 0; i--) {
    if ((rows[i + 1] ?? 0) - (rows[i] ?? 0) >= settings.narrowestSlot) continue;
    if (cells.some((cell) => cell.rowIndex === i && cell.rowSpan === 1)) continue;
    rows = rows.toSpliced(i > 0 ? i : i + 1, 1);
    cells = cells.map((cell) => {
      const end = cell.rowIndex + cell.rowSpan;
      const start = cell.rowIndex > i ? cell.rowIndex - 1 : cell.rowIndex;
      return { ...cell, rowIndex: start, rowSpan: (end > i ? end - 1 : end) - start };
    });
  }
  return { ...grid, rows, columns, cells };
}

function boxOf(cell: Rectangle, rows: readonly number[], columns: readonly number[]): Box {
  return {
    left: columns[cell.columnIndex] ?? 0,
    top: rows[cell.rowIndex] ?? 0,
    right: columns[cell.columnIndex + cell.columnSpan] ?? 0,
    bottom: rows[cell.rowIndex + cell.rowSpan] ?? 0,
  };
}

function coverOf(cells: readonly Rectangle[], rowCount: number, columnCount: number): number[][] {
  const cover = Array.from({ length: rowCount }, () => new Array<number>(columnCount).fill(-1));
  for (const [i, { rowIndex, columnIndex, rowSpan, columnSpan }] of cells.entries()) {
    for (const row of cover.slice(rowIndex, rowIndex + rowSpan))
      row.fill(i, columnIndex, columnIndex + columnSpan);
  }
  return cover;
}
