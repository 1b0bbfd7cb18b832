import { startsLabel } from './cell-kinds.js';
import { centreOf, type LayoutLine, type Token } from './layout-words.js';
import { largest } from './extremes.js';

/** Columns of values on one page, left to right, as the centres of what stands in them. */
export type Columns = readonly number[];

/** Values of one column stand at most so many columns apart (centres). */
const WIDEST_SPREAD = 3;
/** … and closer than this share of the distance between neighbours in a row. */
const NEIGHBOUR_SHARE = 0.5;
const FEWEST_FOR_FIT = 3;
/** Neighbouring columns of printed cells are at least so far apart (centres). */
const NARROWEST_PITCH = 2.5;
/** So many rows, and such a share of all rows, with the most values (so many at least) show all columns. */
const FEWEST_FULL_ROWS = 2;
const FULL_ROW_SHARE = 0.3;
const FEWEST_OF_FULL_ROW = 5;
/** A fit is believed when its squared error is this many times smaller than that of the next best. */
const CLEAR_FIT = 3;
const GOOD_FIT = 1.5;

/** The right edge of the labels (those of rows with values, and numbered ones); what stands right of it heads a column. */
export function labelEdge(page: readonly LayoutLine[]): number {
  const labels = page.flatMap((line) => {
    const last = line.values.length > 0 ? line.labels.at(-1) : undefined;
    return [
      ...(last === undefined ? [] : [last]),
      ...line.labels.filter((token) => startsLabel(token.text) && !token.text.startsWith('第')),
    ];
  });
  return largest(
    labels.map((token) => token.right),
    -1,
  );
}

/**
 * Centres of the columns of values on a page: those of the rows that hold the most values where there are several such
 * rows, else whatever stands above each other, and heads under which no value stands.
 */
export function findColumns(page: readonly LayoutLine[]): Columns {
  const rows = page.filter((line) => line.values.length > 0).map((line) => line.values);
  const full = fullRows(rows);
  if (full !== null)
    return full[0]?.map((_, index) => mean(full.map((row) => centreOf(row[index] ?? NO_TOKEN)))) ?? [];
  const pitch = smallestPitch(rows);
  const columns = cluster(rows.flat(), Math.min(WIDEST_SPREAD, pitch * NEIGHBOUR_SHARE));
  const reach = Math.max(1, Math.min(pitch, WIDEST_SPREAD * 2) * NEIGHBOUR_SHARE);
  for (const head of columnHeads(page)) {
    if (!columns.some((centre) => isOver(head, centre, reach))) columns.push(centreOf(head));
  }
  return columns.sort((a, b) => a - b);
}

/** Words right of the labels in lines without values, narrow ones first. A caption alone on its line heads nothing. */
function columnHeads(page: readonly LayoutLine[]): Token[] {
  const edge = labelEdge(page);
  return page
    .filter((line) => line.values.length === 0 && line.labels.length > 1)
    .flatMap((line) => line.labels.filter((token) => token.left >= edge))
    .sort((a, b) => a.right - a.left - (b.right - b.left));
}

function isOver(head: Token, centre: number, reach: number): boolean {
  return centre >= head.left - reach && centre <= head.right + reach;
}

/**
 * Whether positions mean anything: columns lie as far apart as printed cells do, are not many more than a row ever
 * holds, and no column of values lacks a head while some head lacks values (then the two are shifted).
 */
export function isCoherent(page: readonly LayoutLine[], columns: Columns): boolean {
  const rows = page.filter((line) => line.values.length > 0).map((line) => line.values);
  const most = largest(
    rows.map((row) => row.length),
    0,
  );
  if (fullRows(rows) !== null) return true;
  if (columns.some((centre, index) => index > 0 && centre - (columns[index - 1] ?? 0) < NARROWEST_PITCH))
    return false;
  if (columns.length > 2 * most + 1) return false;
  if (wavers(rows)) return false;
  const heads = columnHeads(page);
  const reach = WIDEST_SPREAD / 2;
  const held = (centre: number): boolean =>
    rows.some((row) => row.some((value) => Math.abs(centreOf(value) - centre) <= WIDEST_SPREAD));
  const isHeadless = columns.some(
    (centre) => held(centre) && !heads.some((head) => isOver(head, centre, reach)),
  );
  const isIdle = heads.some((head) => !columns.some((centre) => held(centre) && isOver(head, centre, reach)));
  return heads.length === 0 || !isHeadless || !isIdle;
}

/** Whether values of one column stand so unevenly that they look like two: nearer than values in one row ever do. */
function wavers(rows: readonly (readonly Token[])[]): boolean {
  const pitch = smallestPitch(rows);
  const columns = cluster(rows.flat(), Math.min(WIDEST_SPREAD, pitch * NEIGHBOUR_SHARE));
  return columns.some(
    (centre, index) => index > 0 && centre - (columns[index - 1] ?? 0) < pitch * NEIGHBOUR_SHARE,
  );
}

const NO_TOKEN = { left: 0, right: 0 };

/** The rows with most values, where they are many enough to show all columns; null where rows are too uneven. */
function fullRows(rows: readonly (readonly Token[])[]): readonly (readonly Token[])[] | null {
  const most = largest(
    rows.map((row) => row.length),
    0,
  );
  const full = rows.filter((row) => row.length === most);
  return most >= FEWEST_OF_FULL_ROW &&
    full.length >= FEWEST_FULL_ROWS &&
    full.length >= rows.length * FULL_ROW_SHARE
    ? full
    : null;
}

function smallestPitch(rows: readonly (readonly Token[])[]): number {
  let smallest = Infinity;
  for (const row of rows) {
    row.forEach((token, index) => {
      const before = row[index - 1];
      if (before !== undefined) smallest = Math.min(smallest, centreOf(token) - centreOf(before));
    });
  }
  return smallest;
}

function cluster(tokens: readonly Token[], spread: number): number[] {
  const groups: number[][] = [];
  for (const centre of tokens.map(centreOf).sort((a, b) => a - b)) {
    const group = groups.at(-1);
    if (group !== undefined && centre - mean(group) <= spread) group.push(centre);
    else groups.push([centre]);
  }
  return groups.map(mean);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/**
 * Which of the table's columns those of a later page are; the page may be set wider or narrower. With as many columns it
 * is their order; with fewer, the choice under which one straight line maps the one onto the other. Null where no
 * choice is clearly the best.
 */
export function matchColumns(columns: Columns, reference: Columns): readonly number[] | null {
  if (columns.length === reference.length) return columns.map((_, index) => index);
  if (columns.length > reference.length || columns.length < FEWEST_FOR_FIT) return null;
  const fits = choices(reference.length, columns.length)
    .map((choice) => ({
      choice,
      error: fitError(
        columns,
        choice.map((index) => reference[index] ?? 0),
      ),
    }))
    .sort((a, b) => a.error - b.error);
  const [best, second] = fits;
  if (best === undefined || best.error > GOOD_FIT) return null;
  return second === undefined || second.error > Math.max(0.1, best.error) * CLEAR_FIT ? best.choice : null;
}

function choices(from: number, count: number, start = 0): number[][] {
  if (count === 0) return [[]];
  const found: number[][] = [];
  for (let first = start; first <= from - count; first++) {
    for (const rest of choices(from, count - 1, first + 1)) found.push([first, ...rest]);
  }
  return found;
}

/** Mean squared distance left by the straight line that maps `from` onto `to` best. */
function fitError(from: readonly number[], to: readonly number[]): number {
  const [meanFrom, meanTo] = [mean(from), mean(to)];
  const variance = from.reduce((sum, x) => sum + (x - meanFrom) ** 2, 0);
  const slope =
    variance === 0
      ? 1
      : from.reduce((sum, x, index) => sum + (x - meanFrom) * ((to[index] ?? 0) - meanTo), 0) / variance;
  return mean(from.map((x, index) => (meanTo + slope * (x - meanFrom) - (to[index] ?? 0)) ** 2));
}

/**
 * The column of each value of a row: in order where the row has them all, else the nearest one right of the value
 * before it. Null where two values fall into one column.
 */
export function placeValues(values: readonly Token[], columns: Columns): readonly number[] | null {
  if (values.length === columns.length) return columns.map((_, index) => index);
  if (values.length > columns.length) return null;
  const nearest = values.map((value) => {
    const distances = columns.map((centre) => Math.abs(centre - centreOf(value)));
    return distances.indexOf(Math.min(...distances));
  });
  return nearest.every((column, index) => index === 0 || column > (nearest[index - 1] ?? -1))
    ? nearest
    : null;
}
