import type { PageStyle } from './page-style.js';
import { isElement, type HtmlElement } from './parse-html.js';

/** Where a box stands in a grid of boxes, counted from 0. */
export interface GridPlace {
  readonly element: HtmlElement;
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** Fewer boxes are no table. */
const FEWEST_BOXES = 12;
/** Lines and tracks beyond these were made to hurt. */
const MOST_TRACKS = 1_000;

interface Range {
  /** Counted from 0; null where the next free place is meant. */
  readonly start: number | null;
  readonly span: number;
}

/**
 * The places of the boxes in an element laid out as a grid (display: grid): as their styles say it (grid-area, grid-row,
 * grid-column, names of grid-template-areas), and the next free place for those that say none (CSS Grid Layout 1, 8.5).
 * Boxes with absolute places are such a grid as well. Null where the element is no grid, has text of its own beside the
 * boxes, or does not tell its columns.
 */
export function gridPlaces(element: HtmlElement, style: PageStyle): GridPlace[] | null {
  if (element.children.length < FEWEST_BOXES) return null;
  if (!style.isGrid(element)) return absolutePlaces(element, style);
  const declared = style.declarationsOf(element);
  const areas = readAreas(declared.get('grid-template-areas') ?? '');
  const columnCount = countTracks(declared.get('grid-template-columns') ?? '');
  const boxes = element.children.filter(isElement).filter((box) => !style.isHidden(box));
  const wanted = boxes.map((box) => wantedPlace(style.declarationsOf(box), areas));
  const isPlaced = wanted.every(({ row, column }) => row.start !== null && column.start !== null);
  if (!isPlaced && columnCount === 0) return null;
  return placeAll(boxes, wanted, columnCount);
}

/** Edges so close (pixels) are one border. */
const SAME_EDGE = 3;

/** The same of boxes that are placed one by one (position: absolute; left; top; width; height) in pixels. */
function absolutePlaces(element: HtmlElement, style: PageStyle): GridPlace[] | null {
  const boxes = element.children.filter(isElement);
  if (!boxes[0] || !style.isPlaced(boxes[0])) return null;
  const placed = boxes.flatMap((box) => {
    const declared = style.declarationsOf(box);
    const [left, top, width, height] = ['left', 'top', 'width', 'height'].map((name) =>
      pixelsOf(declared.get(name)),
    );
    return left === undefined || left === null || top === undefined || top === null || style.isHidden(box)
      ? []
      : [{ element: box, left, top, right: left + (width ?? 0), bottom: top + (height ?? 0) }];
  });
  if (placed.length < boxes.length) return null;
  const columns = bordersOf(placed.map(({ left }) => left));
  const rows = bordersOf(placed.map(({ top }) => top));
  return placed.map(({ element: box, left, top, right, bottom }) => {
    const [row, column] = [countBelow(rows, top), countBelow(columns, left)];
    const rowSpan = Math.max(1, countBelow(rows, bottom) - row);
    return {
      element: box,
      row,
      column,
      rowSpan,
      columnSpan: Math.max(1, countBelow(columns, right) - column),
    };
  });
}

function pixelsOf(text: string | undefined): number | null {
  const pixels = /^(-?\d+(?:\.\d+)?)(?:px)?$/.exec(text ?? '')?.[1];
  return pixels === undefined ? null : Number(pixels);
}

function bordersOf(edges: readonly number[]): number[] {
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.filter((edge, i) => i === 0 || edge - (sorted[i - 1] ?? 0) > SAME_EDGE);
}

/** How many borders lie before an edge. */
function countBelow(borders: readonly number[], edge: number): number {
  return borders.filter((border) => border < edge - SAME_EDGE).length;
}

interface Wanted {
  readonly row: Range;
  readonly column: Range;
}

function placeAll(
  boxes: readonly HtmlElement[],
  wanted: readonly Wanted[],
  columnCount: number,
): GridPlace[] {
  const taken = new Set<string>();
  let next = { row: 0, column: 0 };
  return boxes.map((element, i) => {
    const { row, column } = wanted[i] ?? { row: ANYWHERE, column: ANYWHERE };
    const spans = { rowSpan: row.span, columnSpan: column.span };
    let at = { row: row.start ?? next.row, column: column.start ?? (row.start === null ? next.column : 0) };
    const isTaken = (): boolean => cellsOf({ ...at, ...spans }).some((key) => taken.has(key));
    const isOut = (): boolean => columnCount > 0 && at.column + column.span > columnCount;
    while (row.start === null && column.start === null && at.row < MOST_TRACKS && (isTaken() || isOut()))
      at = isOut() ? { row: at.row + 1, column: 0 } : { ...at, column: at.column + 1 };
    while (row.start !== null && column.start === null && at.column < MOST_TRACKS && isTaken())
      at = { ...at, column: at.column + 1 };
    while (row.start === null && column.start !== null && at.row < MOST_TRACKS && isTaken())
      at = { ...at, row: at.row + 1 };
    for (const key of cellsOf({ ...at, ...spans })) taken.add(key);
    if (row.start === null) next = at;
    return { element, ...at, ...spans };
  });
}

function cellsOf({ row, column, rowSpan, columnSpan }: Omit<GridPlace, 'element'>): string[] {
  const keys: string[] = [];
  for (let r = row; r < row + rowSpan; r++)
    for (let c = column; c < column + columnSpan; c++) keys.push(`${r}:${c}`);
  return keys;
}

const ANYWHERE: Range = { start: null, span: 1 };

function wantedPlace(style: ReadonlyMap<string, string>, areas: ReadonlyMap<string, Wanted>): Wanted {
  const [area, columnStart, rowEnd, columnEnd] = (style.get('grid-area') ?? '')
    .split('/')
    .map((one) => one.trim());
  const named = area === undefined || columnStart !== undefined ? undefined : areas.get(area);
  if (named) return named;
  if (area !== undefined && columnStart !== undefined)
    return { row: toRange(area, rowEnd), column: toRange(columnStart, columnEnd) };
  return { row: readRange(style, 'grid-row'), column: readRange(style, 'grid-column') };
}

function readRange(style: ReadonlyMap<string, string>, name: string): Range {
  const [start, end] = (style.get(name) ?? '').split('/').map((one) => one.trim());
  return toRange(start === '' ? style.get(`${name}-start`) : start, end ?? style.get(`${name}-end`));
}

/** `2`, `2 / 5`, `2 / span 3`, `span 3`: lines are counted from 1. */
function toRange(start: string | undefined, end: string | undefined): Range {
  const line = lineOf(start);
  const span = spanOf(start) ?? spanOf(end);
  const last = lineOf(end);
  const length = span ?? (line !== null && last !== null ? last - line : 1);
  return { start: line, span: Math.min(MOST_TRACKS, Math.max(1, length)) };
}

function lineOf(text: string | undefined): number | null {
  const line = /^\d+$/.test(text ?? '') ? Number(text) - 1 : -1;
  return line >= 0 && line < MOST_TRACKS ? line : null;
}

function spanOf(text: string | undefined): number | null {
  const span = /^span\s+(\d+)$/.exec(text ?? '')?.[1];
  return span === undefined ? null : Number(span);
}

/** The rectangles that the names in grid-template-areas take up: a string a row, a name a column. */
function readAreas(text: string): Map<string, Wanted> {
  const areas = new Map<string, Wanted>();
  const rows = [...text.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, a, b]) =>
    (a ?? b ?? '').trim().split(/\s+/),
  );
  for (const [row, names] of rows.entries()) {
    for (const [column, name] of names.entries()) {
      const known = areas.get(name);
      if (/^\.+$/.test(name)) continue;
      const top = known?.row.start ?? row;
      const left = known?.column.start ?? column;
      areas.set(name, {
        row: { start: top, span: row - top + 1 },
        column: { start: left, span: Math.max(known?.column.span ?? 1, column - left + 1) },
      });
    }
  }
  return areas;
}

/** How many tracks `repeat(10, 1fr)` or `2fr 1fr 80px` makes; 0 where that depends on the room. */
function countTracks(text: string): number {
  const plain = text
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/repeat\(\s*(\d+)\s*,((?:[^()]|\([^()]*\))*)\)/g, (_, times: string, tracks: string) =>
      ` ${tracks.replace(/\([^()]*\)/g, '')} `.repeat(Math.min(MOST_TRACKS, Number(times))),
    )
    .replace(/\([^()]*\)/g, '');
  if (/repeat|subgrid/.test(plain)) return 0;
  return plain.split(/\s+/).filter((track) => track !== '').length;
}
