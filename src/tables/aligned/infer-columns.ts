import { isValue, median, middleX, middleY, type Piece, type PieceLine } from './piece.js';

/** A column as the pieces of text in it show it. */
export interface Column {
  readonly left: number;
  readonly right: number;
  /** Its text is set flush left. */
  readonly isSetLeft?: boolean;
}

/** Columns that a piece of text touches: `from` to `to`, both inclusive. */
export interface ColumnRange {
  readonly from: number;
  readonly to: number;
}

/** Two pieces share a column where they overlap by more than this share of the narrower one. */
const SHARED_WIDTH = 0.2;

/** A wrapped line stands at most this far (em) below the one before, which is one of the last so many lines … */
const REMNANT_PITCH_EM = 2.4;
const LINES_ABOVE = 4;
/** … and shares its left edge or its middle within this distance (em). */
const REMNANT_EDGE_EM = 0.6;

/**
 * Columns of a region: narrow pieces found them, wider ones widen them or, where they lie over several, span them.
 * Columns that no line fills together and that lie close are one (a head at the left, its numbers at the right).
 */
export function inferColumns(lines: readonly PieceLine[]): Column[] {
  const seeds = lines.map((line, i) => {
    const above = lines.slice(Math.max(0, i - LINES_ABOVE), i);
    return line.pieces.filter((piece) => !isRemnant(piece, above));
  });
  const columns = columnsOfSeeds(seeds, lines);
  const collisions = countCollisions(lines, columns);
  if (collisions === 0) return withSetting(columns, lines);
  // Short heads under a wider one are no remnants where two of them would share a column.
  const others = columnsOfSeeds(
    lines.map((line) => line.pieces),
    lines,
  );
  return withSetting(countCollisions(lines, others) < collisions ? others : columns, lines);
}

/** Text narrower than its column by more than this (em) shows how the column is set: by its left edge or by its middle. */
const ROOM_EM = 0.5;
const SETTING_EM = 0.15;

function withSetting(columns: readonly Column[], lines: readonly PieceLine[]): Column[] {
  const votes = columns.map(() => 0);
  for (const piece of lines.flatMap((line) => line.pieces)) {
    const { from, to } = columnsOf(piece, columns);
    const column = columns[from];
    if (!column || to > from || widthOf(column) - widthOf(piece) < ROOM_EM * piece.size) continue;
    const isLeft = Math.abs(piece.left - column.left) < SETTING_EM * piece.size;
    const isCentred = Math.abs(middleX(piece) - middleX(column)) < SETTING_EM * piece.size;
    votes[from] = (votes[from] ?? 0) + (isLeft ? 1 : 0) - (isCentred ? 1 : 0);
  }
  // A column as narrow as its text is set as the others are.
  const usual = votes.reduce((sum, vote) => sum + vote, 0);
  return columns.map((column, i) => ({ ...column, isSetLeft: (votes[i] || usual) > 0 }));
}

/** Columns that the seeds of each line make. */
function columnsOfSeeds(given: readonly (readonly Piece[])[], lines: readonly PieceLine[]): Column[] {
  const seeds = given.flatMap((pieces, i) =>
    pieces.map((piece) => ({ piece, weight: (lines[i]?.pieces.length ?? 1) - 1 })),
  );
  let columns: WeighedColumn[] = [];
  for (const { piece, weight } of seeds.sort((a, b) => widthOf(a.piece) - widthOf(b.piece))) {
    const touched = columns.filter((column) => isShared(column, piece));
    if (touched.length > 1) continue;
    const [only] = touched;
    const widened = only
      ? {
          left: Math.min(only.left, piece.left),
          right: Math.max(only.right, piece.right),
          weight: only.weight + weight,
        }
      : { left: piece.left, right: piece.right, weight };
    columns = [...columns.filter((column) => column !== only), widened];
  }
  return mergeComplementary(
    partOverlaps(
      dropBetween(columns, lines).sort((a, b) => a.left - b.left),
      lines,
    ),
    lines,
  );
}

function widthOf(piece: { readonly left: number; readonly right: number }): number {
  return piece.right - piece.left;
}

/** Text over the border of two columns makes no third one, unless two pieces of one line would then share a column. */
function dropBetween(columns: readonly WeighedColumn[], lines: readonly PieceLine[]): WeighedColumn[] {
  let kept = [...columns];
  for (const column of columns.toSorted((a, b) => a.weight - b.weight)) {
    if (!kept.some((other) => other !== column && other.weight >= column.weight && overlaps(column, other)))
      continue;
    const without = kept.filter((other) => other !== column);
    if (countCollisions(lines, without) <= countCollisions(lines, kept)) kept = without;
  }
  return kept;
}

/** How often two pieces of one line stand in one column. */
export function countCollisions(lines: readonly PieceLine[], columns: readonly Column[]): number {
  return lines.reduce((sum, line) => {
    const starts = line.pieces.map((piece) => columnsOf(piece, columns).from);
    return sum + starts.length - new Set(starts).size;
  }, 0);
}

/** Lefts of one column agree within this distance (em); so many pieces show where it begins. */
const LEFT_EDGE_EM = 0.1;
const FEWEST_LEFTS = 2;

/** A head that reaches a little over its column's end takes nothing from the next column, which begins where its text does. */
function partOverlaps(columns: readonly Column[], lines: readonly PieceLine[]): Column[] {
  return columns.map((column, i) => {
    const next = columns[i + 1];
    if (!next || next.left >= column.right || next.left <= column.left) return column;
    const begins = lines.flatMap((line) =>
      line.pieces.filter((piece) => Math.abs(piece.left - next.left) < LEFT_EDGE_EM * piece.size),
    );
    return begins.length >= FEWEST_LEFTS ? { ...column, right: next.left } : column;
  });
}

interface WeighedColumn extends Column {
  /** How many other pieces stand on the lines of those that made it: captions have no weight, values much. */
  readonly weight: number;
}

function overlaps(a: Column, b: Column): boolean {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1;
}

/** The last words of wrapped text stand alone under a longer line and say nothing about columns. */
function isRemnant(piece: Piece, above: readonly PieceLine[]): boolean {
  if (isValue(piece)) return false;
  return above.some((line) =>
    line.pieces.some((other) => {
      const pitch = piece.bottom - other.bottom;
      const isCentred = Math.abs(middleX(other) - middleX(piece)) < REMNANT_EDGE_EM * piece.size;
      const isLeft = Math.abs(other.left - piece.left) < REMNANT_EDGE_EM * piece.size;
      const isLonger = other.right - other.left > piece.right - piece.left + piece.size;
      return pitch > 0 && pitch < REMNANT_PITCH_EM * piece.size && isLonger && (isCentred || isLeft);
    }),
  );
}

function isShared(column: Column, piece: { readonly left: number; readonly right: number }): boolean {
  const shared = Math.min(column.right, piece.right) - Math.max(column.left, piece.left);
  return shared > SHARED_WIDTH * Math.min(column.right - column.left, piece.right - piece.left);
}

/** Columns touched by a piece of text; the nearest one where it stands between two. */
export function columnsOf(
  piece: { readonly left: number; readonly right: number },
  columns: readonly Column[],
): ColumnRange {
  const from = columns.findIndex((column) => isShared(column, piece));
  if (from >= 0) return { from, to: columns.findLastIndex((column) => isShared(column, piece)) };
  const distances = columns.map((column) => Math.max(column.left - piece.right, piece.left - column.right));
  const nearest = distances.indexOf(Math.min(...distances));
  return { from: nearest, to: nearest };
}

/** Neighbouring columns closer than this (em) are one where no line has text in both. */
const COMPLEMENTARY_GAP_EM = 1.8;

function mergeComplementary(columns: readonly Column[], lines: readonly PieceLine[]): Column[] {
  const size = median(lines.map((line) => line.size));
  const rows = besideEachOther(lines, columns, size);
  const kinds = kindsOf(columns, lines);
  const isFilledBy = (i: number): boolean =>
    rows.some((ranges) => ranges.some((r) => r.to === i) && ranges.some((r) => r.from === i + 1));
  const pairs = headsBesideValues(kinds, isFilledBy);
  const canJoin = columns.map((column, i) => {
    const next = columns[i + 1];
    if (pairs.size > 0) return pairs.has(i);
    if (!next || next.left - column.right >= COMPLEMENTARY_GAP_EM * size) return false;
    // Labels of groups and of rows may never stand on one line, and are columns of their own all the same.
    if (kinds[i]?.hasValues !== true && kinds[i + 1]?.hasValues !== true) return false;
    return !isFilledBy(i);
  });
  const merged: Column[] = [];
  for (const [i, column] of columns.entries()) {
    const last = merged.at(-1);
    // A column that could go to either side stays on its own.
    const joins = canJoin[i - 1] === true && canJoin[i - 2] !== true && canJoin[i] !== true;
    if (last && joins)
      merged[merged.length - 1] = { left: last.left, right: Math.max(last.right, column.right) };
    else merged.push(column);
  }
  return merged;
}

/** What stands in a column and in no other one. */
interface ColumnKind {
  readonly hasValues: boolean;
  readonly hasWords: boolean;
}

function kindsOf(columns: readonly Column[], lines: readonly PieceLine[]): ColumnKind[] {
  const kinds = columns.map(() => ({ hasValues: false, hasWords: false }));
  for (const piece of lines.flatMap((line) => line.pieces)) {
    const { from, to } = columnsOf(piece, columns);
    const kind = kinds[from];
    if (!kind || from < to) continue;
    if (isValue(piece)) kind.hasValues = true;
    else kind.hasWords = true;
  }
  return kinds;
}

/** So many heads with their numbers far to the right of them show that a table is set so. */
const FEWEST_PAIRS = 2;

/**
 * The first columns of pairs of a head set flush left and its numbers set flush right, as they follow each other: each
 * number then stands nearer to the next head than to its own.
 */
function headsBesideValues(
  kinds: readonly ColumnKind[],
  isFilledBy: (index: number) => boolean,
): ReadonlySet<number> {
  const isPair = (i: number): boolean => {
    const [head, values] = [kinds[i], kinds[i + 1]];
    return (
      head?.hasWords === true &&
      !head.hasValues &&
      values?.hasValues === true &&
      !values.hasWords &&
      !isFilledBy(i)
    );
  };
  const pairs = kinds.flatMap((_, i) => (isPair(i) ? [i] : []));
  return new Set(pairs.length >= FEWEST_PAIRS ? pairs : []);
}

/** Columns that are filled at about one height: a value of two lines stands above and below the line of the others. */
function besideEachOther(
  lines: readonly PieceLine[],
  columns: readonly Column[],
  size: number,
): (readonly ColumnRange[])[] {
  const own = lines.map((line) => line.pieces.map((piece) => columnsOf(piece, columns)));
  return lines.map((line, i) => {
    const beside = [...(own[i] ?? [])];
    for (let k = i + 1; k < lines.length && middleY(lines[k] ?? line) - middleY(line) < size; k++)
      beside.push(...(own[k] ?? []));
    return beside;
  });
}

/** Places of the borders between columns: halfway through the gaps. */
export function columnBorders(columns: readonly Column[]): number[] {
  const [first, last] = [columns[0], columns.at(-1)];
  if (!first || !last) return [];
  const inner = columns.slice(1).map((column, i) => ((columns[i]?.right ?? 0) + column.left) / 2);
  return [first.left, ...inner, last.right];
}

/** How the text of a column is set: its pieces share their left edges, or their middles. */
export function isLeftAligned(pieces: readonly Piece[]): boolean {
  if (pieces.length < 2) return false;
  return spread(pieces.map((piece) => piece.left)) < spread(pieces.map(middleX));
}

function spread(numbers: readonly number[]): number {
  const middle = median(numbers);
  return median(numbers.map((number) => Math.abs(number - middle)));
}
