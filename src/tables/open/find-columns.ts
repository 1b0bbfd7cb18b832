import type { RulingLine } from '../../model/geometry.js';
import { type Chunk, cutChunk, type Strip, stripOf, wordsOf } from './chunk.js';

/** A column by the text that stands in it. */
export interface OpenColumn {
  readonly left: number;
  readonly right: number;
}

/** Columns, both inclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A place parts two columns where so many lines have text on both sides of it … */
const FEWEST_GAPS = 2;
/** … and so many times as many as have text over it. */
const GAPS_OVER_BLOCKS = 2;
/** A text touches a column where it covers this share of the column or of itself. */
const COVERED_SHARE = 0.5;
/** Text reaches into the next column by less than this (em) without standing in it. */
const SLACK_EM = 0.3;
/** Words set wide to fill a line are at most so far apart (em); it takes so many lines to tell that from a column. */
const WIDEST_SPACE_EM = 2.5;
const FEWEST_TO_STRAY = 4;
/** The words on both sides of a border stand at least this far (em) apart. */
const CUT_GAP_EM = 0.2;

/**
 * Columns of the lines of a table's body. Text that overlaps from line to line makes one column; where that joins what
 * stands beside each other on other lines, the place that most lines leave free parts it.
 */
export function findColumns(strips: readonly Strip[]): OpenColumn[] {
  const spread = strips.filter((strip) => strip.chunks.length > 1);
  const chunks = spread.flatMap((strip) => strip.chunks);
  const columns: OpenColumn[] = [];
  for (const { left, right } of chunks.toSorted((a, b) => a.left - b.left)) {
    const last = columns.at(-1);
    if (last && left < last.right)
      columns[columns.length - 1] = { left: last.left, right: Math.max(last.right, right) };
    else columns.push({ left, right });
  }
  return joinStray(
    columns.flatMap((column) => partColumn(column, spread)),
    spread,
  );
}

/** A column of one text that no number shows is the end of a line that was set wide to fill the column before it. */
function joinStray(columns: readonly OpenColumn[], strips: readonly Strip[]): OpenColumn[] {
  if (strips.length < FEWEST_TO_STRAY) return [...columns];
  const chunks = strips.flatMap((strip) => strip.chunks);
  const joined: OpenColumn[] = [];
  for (const column of columns) {
    const own = chunks.filter(({ left, right }) => left < column.right && right > column.left);
    const before = joined.at(-1);
    const [only] = own;
    const isStray =
      own.length === 1 &&
      only !== undefined &&
      !only.isValue &&
      before !== undefined &&
      isSetWide(only, strips);
    if (isStray) joined[joined.length - 1] = { left: before.left, right: column.right };
    else joined.push(column);
  }
  return joined;
}

/** True for the last of some words that fill their column: text right before it, and nothing but words. */
function isSetWide(chunk: Chunk, strips: readonly Strip[]): boolean {
  const strip = strips.find((one) => one.chunks.includes(chunk));
  const before = strip?.chunks[(strip.chunks.indexOf(chunk) || 1) - 1];
  return before !== undefined && !before.isValue && chunk.left - before.right < WIDEST_SPACE_EM * chunk.size;
}

function partColumn(column: OpenColumn, strips: readonly Strip[]): OpenColumn[] {
  const rows = strips
    .map((strip) => strip.chunks.filter((chunk) => chunk.right > column.left && chunk.left < column.right))
    .filter((row) => row.length > 0);
  const places = rows.flatMap((row) =>
    row.slice(1).map((chunk, i) => ((row[i]?.right ?? 0) + chunk.left) / 2),
  );
  let best: { place: number; score: number } | null = null;
  for (const place of places) {
    const gaps = rows.filter(
      (row) =>
        row.some((chunk) => chunk.right <= place) &&
        row.some((chunk) => chunk.left >= place) &&
        !row.some((chunk) => isOver(chunk, place)),
    ).length;
    const blocks = rows.filter((row) => row.some((chunk) => isOver(chunk, place))).length;
    if (gaps < FEWEST_GAPS || gaps < GAPS_OVER_BLOCKS * blocks) continue;
    const score = gaps - GAPS_OVER_BLOCKS * blocks;
    if (!best || score > best.score) best = { place, score };
  }
  if (!best) return [column];
  const { place } = best;
  const free = rows.flat().filter((chunk) => !isOver(chunk, place));
  const left = free.filter((chunk) => chunk.right <= place);
  const right = free.filter((chunk) => chunk.left >= place);
  return [
    ...partColumn(
      { left: column.left, right: Math.max(...left.map((chunk) => chunk.right)) },
      strips.map((strip) => without(strip, place)),
    ),
    ...partColumn(
      { left: Math.min(...right.map((chunk) => chunk.left)), right: column.right },
      strips.map((strip) => without(strip, place)),
    ),
  ];
}

function isOver(chunk: Chunk, place: number): boolean {
  return chunk.left < place && chunk.right > place;
}

/** A strip without the chunks over a place where columns part: they span both. */
function without(strip: Strip, place: number): Strip {
  return strip.chunks.some((chunk) => isOver(chunk, place))
    ? { ...strip, chunks: strip.chunks.filter((chunk) => !isOver(chunk, place)) }
    : strip;
}

/** Columns that a text stands in: those it covers well, else the one nearest to its middle. */
export function rangeOf(
  chunk: { readonly left: number; readonly right: number; readonly size: number },
  columns: readonly OpenColumn[],
): Range {
  const slack = SLACK_EM * chunk.size;
  const touched = columns.flatMap((column, i) => {
    const shared = Math.min(column.right, chunk.right) - Math.max(column.left, chunk.left);
    const isCovered =
      shared >= COVERED_SHARE * (column.right - column.left) ||
      shared >= COVERED_SHARE * (chunk.right - chunk.left);
    return isCovered && shared > Math.min(slack, 0.9 * (column.right - column.left)) ? [i] : [];
  });
  const [from, to] = [touched[0], touched.at(-1)];
  if (from !== undefined && to !== undefined) return { from, to };
  const middle = (chunk.left + chunk.right) / 2;
  const distances = columns.map((column) => Math.max(column.left - middle, middle - column.right));
  const nearest = distances.indexOf(Math.min(...distances));
  return { from: nearest, to: nearest };
}

/** Strips whose chunks are cut where they run from one column into the next without a gap that tells them apart. */
export function cutAtColumns(strips: readonly Strip[], columns: readonly OpenColumn[]): Strip[] {
  return strips.map((strip) => {
    const chunks = strip.chunks.flatMap((chunk) => cutOne(chunk, columns));
    return chunks.length === strip.chunks.length ? strip : stripOf(chunks, strip.source);
  });
}

/** A label and the values behind it, or values beside each other, are cut where each part stands in its own column. */
function cutOne(chunk: Chunk, columns: readonly OpenColumn[]): Chunk[] {
  const { from, to } = rangeOf(chunk, columns);
  if (from === to) return [chunk];
  const words = wordsOf(chunk.line).filter((word) => !word.isDots);
  const starts: number[] = [];
  for (let column = from + 1; column <= to; column++) {
    const [before, own] = [columns[column - 1], columns[column]];
    const start = words.findIndex(
      (word, i) =>
        i > 0 &&
        before !== undefined &&
        own !== undefined &&
        word.left >= before.right - SLACK_EM * chunk.size &&
        word.left - (words[i - 1]?.right ?? 0) >= CUT_GAP_EM * chunk.size,
    );
    if (start > 0) starts.push(start);
  }
  const cuts = [...new Set(starts)].sort((a, b) => a - b);
  const parts = cutChunk(chunk, cuts);
  return parts.length > 1 && parts.slice(1).every((part) => part.isValue) ? parts : [chunk];
}

/** Strips cut where a vertical rule stands between two words of a chunk. */
export function cutAtRules(strips: readonly Strip[], vertical: readonly RulingLine[]): Strip[] {
  if (vertical.length === 0) return [...strips];
  return strips.map((strip) => {
    const middle = (strip.top + strip.bottom) / 2;
    const crossing = vertical.filter((rule) => rule.from <= middle && rule.to >= middle);
    const chunks = strip.chunks.flatMap((chunk) => {
      const words = wordsOf(chunk.line);
      const starts = crossing.flatMap(({ at }) =>
        words.findIndex((word, i) => i > 0 && word.left >= at - 1 && (words[i - 1]?.right ?? 0) <= at + 1),
      );
      const cuts = [
        ...new Set(
          starts.filter(
            (start) => start > 0 && crossing.some(({ at }) => at > chunk.left && at < chunk.right),
          ),
        ),
      ];
      return cuts.length === 0
        ? [chunk]
        : cutChunk(
            chunk,
            cuts.sort((a, b) => a - b),
          );
    });
    return chunks.length === strip.chunks.length ? strip : stripOf(chunks, strip.source);
  });
}
