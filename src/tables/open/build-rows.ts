import type { RulingLine } from '../../model/geometry.js';
import type { Chunk, Strip } from './chunk.js';
import { type OpenColumn, type Range, rangeOf } from './find-columns.js';

/** A row of a table's body: the lines it takes, from top to bottom. */
export interface OpenRow {
  readonly strips: readonly Strip[];
}

/** At least this share of what stands behind the labels are values where the lines are those of numbers. */
const VALUE_SHARE = 0.4;
/** Lines of one label stand this close (em); rows of a table of texts stand so much further apart. */
const WRAP_GAP_EM = 0.55;
const ROW_GAP_RATIO = 1.3;
/** White space that parts rows is wider than that inside them by this (em), between at least so many rows. */
const APART_EM = 0.3;
const FEWEST_APART = 3;
/** A label that ends with such a word goes on below. */
const CONNECTOR =
  /(?:\b(?:and|or|of|the|to|for|in|by|with|from|on|at|per|a|an|than|as|not|other)|[,(/–—-])$/i;
const INTERVAL = /^[([]|[)\]]$/;
const GOES_ON = /^[a-z(&/]/;
/** A line this much (em) shorter than the labels' column would have held the next word. */
const FULL_SLACK_EM = 0.6;
/** A text stands in the middle of a table within this (em) and this share of the table's width. */
const CENTRE_EM = 0.8;
const CENTRE_SHARE = 0.03;
/** … but labels of rows are set in by at most this (em). */
const LABEL_INDENT_EM = 4;
/** Labels start at one place within this (em). */
const SAME_LEFT_EM = 0.3;

/** True where numbers tell the rows apart. */
export function isNumeric(strips: readonly Strip[], columns: readonly OpenColumn[]): boolean {
  const cells = strips.flatMap((strip) => strip.chunks.filter((chunk) => rangeOf(chunk, columns).from > 0));
  return cells.length > 0 && cells.filter((chunk) => chunk.isValue).length >= VALUE_SHARE * cells.length;
}

/** The lines of a table's body as its rows. */
export function buildRows(
  strips: readonly Strip[],
  columns: readonly OpenColumn[],
  rules: readonly RulingLine[],
): OpenRow[] {
  const apart = rowsApart(strips, columns);
  if (apart) return apart;
  return isNumeric(strips, columns) ? numberRows(strips, columns, rules) : textRows(strips, columns, rules);
}

/** Rows that white space parts from each other, each of several lines of wrapped cells; null where it does not. */
function rowsApart(strips: readonly Strip[], columns: readonly OpenColumn[]): OpenRow[] | null {
  const gaps = strips.slice(1).map((strip, i) => (strip.top - (strips[i]?.bottom ?? 0)) / strip.size);
  const smallest = Math.min(...gaps);
  const rows = groupBy(
    strips,
    gaps.map((gap) => gap < smallest + APART_EM),
  );
  const wrapped = rows.filter((row) => row.strips.length > 1);
  if (rows.length < FEWEST_APART || 2 * wrapped.length < rows.length) return null;
  const isWhole = rows.every(
    (row) =>
      row.strips.filter((strip) => isFullRow(strip, columns)).length <= 1 &&
      cellsOf(row, columns).every((cell) => !isStacked(cell)),
  );
  return isWhole ? rows : null;
}

/** True where a cell holds several values, which would read as one; an interval below its value is no second one. */
export function isStacked({ chunks }: RowCell): boolean {
  return chunks.filter((chunk) => chunk.isValue && !INTERVAL.test(chunk.text)).length > 1;
}

/** True for a line with a label and text in at least half of the other columns. */
function isFullRow(strip: Strip, columns: readonly OpenColumn[]): boolean {
  const seats = new Set(strip.chunks.map((chunk) => rangeOf(chunk, columns).from));
  const goesOn = strip.chunks.slice(1).every((chunk) => GOES_ON.test(chunk.text));
  return seats.has(0) && 2 * (seats.size - 1) >= columns.length - 1 && !goesOn;
}

/** What a line of a table of numbers holds. */
type LineKind = 'row' | 'label' | 'values' | 'rest';

/** A line with values is a row; lines of labels alone are wrapped labels of a row, or rows that head others. */
function numberRows(
  strips: readonly Strip[],
  columns: readonly OpenColumn[],
  rules: readonly RulingLine[],
): OpenRow[] {
  const kinds = strips.map((strip) => kindOf(strip, columns));
  const labels = labelsOf(strips, columns, 0);
  const isSetHigh = strips.some(
    (_, i) => kinds[i] === 'row' && kinds[i + 1] === 'label' && startsLower(strips[i + 1]),
  );
  let hasRow = false;
  const joinsNext = strips.map((strip, i): boolean => {
    hasRow ||= kinds[i] === 'row' || kinds[i] === 'values';
    const joins = joinsBelow(strip, i);
    hasRow &&= joins;
    return joins;
  });
  return groupBy(strips, joinsNext);

  function joinsBelow(strip: Strip, i: number): boolean {
    const next = strips[i + 1];
    if (!next || isRuledApart(strip, next, rules) || !isClose(strip, next)) return false;
    if (kinds[i] === 'rest' || kinds[i + 1] === 'rest')
      return kinds[i + 1] === 'rest' && kinds[i] !== 'label' && restGoesOn(strip, next, strips, columns);
    if (kinds[i] === 'label') {
      if (kinds[i + 1] === 'values') return isFlanked(strips, i, kinds);
      if (hasRow && (kinds[i + 1] === 'row' || labelOpens(strips, i + 1, kinds))) return false;
      return labelGoesOn(strip, next, labels, isSetHigh);
    }
    if (kinds[i + 1] !== 'label') return false;
    if (kinds[i] === 'values') return isFlanked(strips, i - 1, kinds);
    return labelGoesOn(strip, next, labels, isSetHigh) && !labelOpens(strips, i + 1, kinds);
  }
}

function kindOf(strip: Strip, columns: readonly OpenColumn[]): LineKind {
  if (spannedBy(strip, columns)) return 'label';
  const ranges = strip.chunks.map((chunk) => rangeOf(chunk, columns));
  const isLabelled = ranges.some(({ from }) => from === 0);
  const behind = strip.chunks.filter((_, i) => (ranges[i]?.from ?? 0) > 0);
  if (behind.length === 0) return 'label';
  if (isLabelled) return 'row';
  return behind.some((chunk) => chunk.isValue) ? 'values' : 'rest';
}

/** Where the labels, or the texts of another column, start and end. */
interface Labels {
  readonly left: number;
  readonly right: number;
}

function labelsOf(strips: readonly Strip[], columns: readonly OpenColumn[], column: number): Labels {
  const own = strips.flatMap((strip) => {
    const chunk = strip.chunks.find((one) => {
      const { from, to } = rangeOf(one, columns);
      return from === column && to === column;
    });
    return chunk ? [chunk] : [];
  });
  return {
    left: Math.min(...own.map((chunk) => chunk.left)),
    right: Math.max(...own.map((chunk) => chunk.right)),
  };
}

function startsLower(strip: Strip | undefined): boolean {
  return GOES_ON.test(strip?.chunks[0]?.text ?? '');
}

/** True where the label of one line goes on in that of the next. */
function labelGoesOn(strip: Strip, next: Strip, { right }: Labels, isSetHigh: boolean): boolean {
  const [above, below] = [strip.chunks[0], next.chunks[0]];
  if (!above || !below || above.text.endsWith(':') || below.isValue) return false;
  if (above.isLeading && strip.chunks.length === 1) return false;
  if (GOES_ON.test(below.text) || CONNECTOR.test(above.text.trim())) return true;
  // Where the next word would have stood on the line above, the label ended there.
  const isFull = isFilled(above, below, right);
  const indent = (below.left - above.left) / above.size;
  // What is set in below a label alone is a row that it heads; below a row it is the rest of the row's label.
  if (strip.chunks.length === 1) return isFull && Math.abs(indent) < SAME_LEFT_EM;
  return isFull && (isSetHigh ? indent > -SAME_LEFT_EM : indent > SAME_LEFT_EM);
}

/** True where a line of a label belongs to the row below it rather than to the one above. */
function labelOpens(strips: readonly Strip[], at: number, kinds: readonly LineKind[]): boolean {
  const [strip, next] = [strips[at], strips[at + 1]];
  const first = strip?.chunks[0];
  return (
    kinds[at + 1] === 'row' &&
    first !== undefined &&
    next !== undefined &&
    !GOES_ON.test(first.text) &&
    GOES_ON.test(next.chunks[0]?.text ?? '')
  );
}

/** Values between the two lines of their label. */
function isFlanked(strips: readonly Strip[], at: number, kinds: readonly LineKind[]): boolean {
  const [above, values, below] = [strips[at], strips[at + 1], strips[at + 2]];
  if (!above || !values || !below || kinds[at] !== 'label' || kinds[at + 2] !== 'label') return false;
  return values.top - above.top < 0.9 * above.size && below.top - values.top < 0.9 * above.size;
}

/** True where words right of the labels, on a line of their own, wrap what stands above them. */
function restGoesOn(
  strip: Strip,
  next: Strip,
  strips: readonly Strip[],
  columns: readonly OpenColumn[],
): boolean {
  return next.chunks.every((below) => {
    const column = rangeOf(below, columns).from;
    const above = strip.chunks.findLast((chunk) => rangeOf(chunk, columns).from === column);
    if (!above || GOES_ON.test(below.text) || CONNECTOR.test(above.text.trim())) return true;
    return isFilled(above, below, labelsOf(strips, columns, column).right);
  });
}

/** True where the next word had no room left on the line above: the text goes on. */
function isFilled(above: Chunk, below: Chunk, right: number): boolean {
  const word = below.text.split(/\s/)[0] ?? '';
  const width = ((below.right - below.left) * (word.length + 1)) / Math.max(1, below.text.length);
  return above.right + width > right + FULL_SLACK_EM * above.size && /\s/.test(above.text);
}

/** The columns that a line of one text heads, where it starts at the labels or stands in the middle of several columns. */
export function spannedBy(strip: Strip, columns: readonly OpenColumn[]): Range | null {
  const [only, ...others] = strip.chunks;
  const [first, last] = [columns[0], columns.at(-1)];
  if (!only || others.length > 0 || only.isValue || !first || !last || columns.length < 3) return null;
  const off = Math.abs(only.left + only.right - first.left - last.right) / 2;
  const isCentred = off < CENTRE_EM * only.size + CENTRE_SHARE * (last.right - first.left);
  const range = rangeOf(only, columns);
  if (isCentred && range.to > 0 && only.left > first.left + LABEL_INDENT_EM * only.size)
    return { from: 0, to: columns.length - 1 };
  return only.left < first.right && range.to > range.from ? { from: 0, to: 0 } : null;
}

function isClose(strip: Strip, next: Strip): boolean {
  return next.top - strip.bottom < WRAP_GAP_EM * Math.max(strip.size, next.size);
}

function isRuledApart(strip: Strip, next: Strip, rules: readonly RulingLine[]): boolean {
  const [above, below] = [(strip.top + strip.bottom) / 2, (next.top + next.bottom) / 2];
  return rules.some((rule) => rule.at > above && rule.at < below);
}

function groupBy(strips: readonly Strip[], joinsNext: readonly boolean[]): OpenRow[] {
  const rows: Strip[][] = [];
  for (const [i, strip] of strips.entries()) {
    if (i > 0 && joinsNext[i - 1] === true) rows.at(-1)?.push(strip);
    else rows.push([strip]);
  }
  return rows.map((own) => ({ strips: own }));
}

/** Texts wrap in their cells: rows are told by rules, else by white space, else by what fills the first column. */
function textRows(
  strips: readonly Strip[],
  columns: readonly OpenColumn[],
  rules: readonly RulingLine[],
): OpenRow[] {
  const pairs = strips.slice(0, -1).map((strip, i) => ({ strip, next: strips[i + 1] ?? strip }));
  const parted = pairs.map(({ strip, next }) => isRuledApart(strip, next, rules));
  if (parted.filter(Boolean).length >= 2)
    return groupBy(
      strips,
      parted.map((isParted) => !isParted),
    );
  const gaps = pairs.map(({ strip, next }) => (next.top - strip.top) / Math.max(strip.size, 1));
  const smallest = Math.min(...gaps);
  const isWide = gaps.map((gap) => gap > ROW_GAP_RATIO * smallest);
  const full = strips.map((strip) => new Set(strip.chunks.map((chunk) => rangeOf(chunk, columns).from)).size);
  const wrapped =
    isWide.some(Boolean) && pairs.some((_, i) => isWide[i] === false && (full[i + 1] ?? 0) < columns.length);
  if (wrapped) {
    const rows = groupBy(
      strips,
      isWide.map((wide, i) => !wide && parted[i] !== true),
    );
    return rows.flatMap((row) => partRefilled(row, columns));
  }
  const opens = strips.map((strip) => strip.chunks.some((chunk) => rangeOf(chunk, columns).from === 0));
  const first = full[0] === columns.length ? 1 : 0;
  const isSetLow = opens[first] === false && opens.at(-1) === true;
  return groupBy(
    strips,
    pairs.map(({ strip, next }, i) => {
      if (parted[i] === true) return false;
      return isSetLow ? opens[i] === false && isClose(strip, next) : isRestOf(strip, next, columns);
    }),
  );
}

/** A cell's lines follow each other: where one was blank on a line and goes on below, another row starts. */
function partRefilled(row: OpenRow, columns: readonly OpenColumn[]): OpenRow[] {
  const parts: Strip[][] = [[]];
  let ended = new Set<number>();
  let open = new Set<number>();
  for (const strip of row.strips) {
    const seats = new Set(strip.chunks.map((chunk) => rangeOf(chunk, columns).from));
    if ([...seats].some((seat) => ended.has(seat))) {
      parts.push([]);
      ended = new Set();
      open = new Set();
    }
    for (const seat of open) if (!seats.has(seat)) ended.add(seat);
    open = seats;
    parts.at(-1)?.push(strip);
  }
  return parts.map((strips) => ({ strips }));
}

/** True for a line without a first cell, or whose first cell goes on from the one above. */
function isRestOf(strip: Strip, next: Strip, columns: readonly OpenColumn[]): boolean {
  const own = next.chunks.find((chunk) => rangeOf(chunk, columns).from === 0);
  if (!own) return !next.chunks.some((chunk) => chunk.isValue) && isClose(strip, next);
  const above = strip.chunks.find((chunk) => rangeOf(chunk, columns).from === 0);
  return (
    above !== undefined &&
    next.chunks.length < columns.length &&
    isClose(strip, next) &&
    (GOES_ON.test(own.text) || CONNECTOR.test(above.text))
  );
}

/** A cell of the body: its chunks, which may be several lines. */
export interface RowCell {
  readonly range: Range;
  readonly chunks: readonly Chunk[];
}

/** The cells of a row from left to right; what shares a column is one cell. */
export function cellsOf(row: OpenRow, columns: readonly OpenColumn[]): RowCell[] {
  const cells: { range: Range; chunks: Chunk[] }[] = [];
  const spanned = row.strips.length === 1 && row.strips[0] ? spannedBy(row.strips[0], columns) : null;
  if (spanned) return [{ range: spanned, chunks: row.strips[0]?.chunks ?? [] }];
  for (const chunk of row.strips.flatMap((strip) => strip.chunks)) {
    const range = rangeOf(chunk, columns);
    const host = cells.find((cell) => cell.range.from <= range.to && cell.range.to >= range.from);
    if (!host) cells.push({ range, chunks: [chunk] });
    else {
      host.chunks.push(chunk);
      host.range = { from: Math.min(host.range.from, range.from), to: host.range.to };
    }
  }
  return cells.sort((a, b) => a.range.from - b.range.from);
}
