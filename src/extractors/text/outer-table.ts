import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { areHeads, judgeGeometry, partsBelowHeads } from './judge-geometry.js';
import { largest } from './extremes.js';

type Row = readonly DraftCell[];

/** No form has so many columns: as many blank ones at the right are those of a sheet, or of a table around the page. */
const FLOOD_OF_COLUMNS = 16;

/**
 * Rows of cells without what a table around the page adds to the tables within it: a row with the cells of all of them
 * once more, as a loop over all rows and their cells finds it, and a flood of blank columns at the right.
 */
export function withoutOuterTable(draft: DraftTable): DraftTable {
  const rows = draft.rows.filter((_, at) => !repeatsRowsBelow(draft.rows, at));
  if (rows.length === draft.rows.length) return { ...draft, rows: withoutFlood(rows) };
  const own = withoutFlood(rows);
  const geometry = draft.geometry === 'ordered' ? judgeGeometry(own) : draft.geometry;
  return { ...draft, rows: own, geometry, confidence: CONFIDENCE[geometry] };
}

/** Whether a row holds the very cells of the rows below it one after the other, behind the text of its own cell. */
function repeatsRowsBelow(rows: readonly Row[], at: number): boolean {
  const printed = textsOf(rows[at] ?? []);
  if (printed.length <= FLOOD_OF_COLUMNS) return false;
  const below = rows.slice(at + 1, at + 1 + printed.length).flatMap(textsOf);
  return [printed, printed.slice(1)].some(
    (texts) => texts.length <= below.length && texts.every((text, i) => text === below[i]),
  );
}

function textsOf(row: Row): string[] {
  return row.flatMap(({ text }) => (text === '' ? [] : [text.replace(/\s+/g, '')]));
}

/** Rows without the blank cells at the right that no row has anything in, where they are a flood. */
function withoutFlood(rows: readonly Row[]): readonly Row[] {
  const width = filledWidth(rows);
  const widest = largest(rows.map(endOf), 0);
  return widest - width > FLOOD_OF_COLUMNS ? rows.map((row) => firstColumns(row, width)) : rows;
}

/**
 * A table that holds several, one below the other, without the blank cells that fill up the rows of the narrower ones at
 * the right: beyond their heads there is no column. Heads that are not filled up themselves lost their spans, and tell
 * no width.
 */
export function withoutFilling(draft: DraftTable): DraftTable {
  if (draft.geometry !== 'exact') return draft;
  const rows = partsBelowHeads(draft.rows).flatMap((part) => {
    const [first] = part;
    if (!first || !areHeads(first) || endOf(first) < largest(part.map(endOf), 0)) return part;
    const width = filledWidth(part);
    return part.map((row) => firstColumns(row, width));
  });
  return { ...draft, rows };
}

function firstColumns(row: Row, width: number): Row {
  return row.filter((cell, at) => (cell.place?.column ?? at) < width);
}

function endOf(row: Row): number {
  return largest(row.map(columnEnd), 0);
}

/** Columns up to the last one that some row has anything in. */
function filledWidth(rows: readonly Row[]): number {
  return largest(
    rows.flatMap((row) => row.map((cell, at) => (cell.text === '' ? 0 : columnEnd(cell, at)))),
    0,
  );
}

/** The column behind a cell; without a place of its own it is one column wide. */
function columnEnd({ place }: DraftCell, at: number): number {
  return place ? place.column + place.columnSpan : at + 1;
}

/** Shorter texts may stand in two tables by chance. */
const SHORTEST_COPY = 80;
/** A copy that lost its separators has fewer cells than this share of those it was made of. */
const GLUED_SHARE = 0.6;

/**
 * Tables without those that are nothing but another one's text with most of its separators lost: what a cell around
 * that table holds.
 */
export function withoutGluedCopies(drafts: readonly DraftTable[]): DraftTable[] {
  const printed = drafts.map(({ rows }) => rows.flatMap(textsOf));
  const texts = printed.map((cells) => cells.join(''));
  return drafts.filter(
    (_, at) =>
      !texts.some((text, other) => {
        const [copy = '', glued, cells] = [texts[at], printed[at], printed[other]];
        if (other === at || copy.length < SHORTEST_COPY || !glued || !cells) return false;
        const share = copy.length / text.length;
        return glued.length < cells.length * share * GLUED_SHARE && text.includes(copy);
      }),
  );
}
