import { findHeads, type Heads } from './assign-columns.js';
import { type EvidenceRow, hasColumns, tablesOf } from './evidence-rows.js';
import type { FormColumn } from './form.js';
import { prepareText } from './match-label.js';
import { isValueLike, type Slot, trailingValues } from './slot.js';

/** A form's table of fewer columns is not parted. */
const MIN_COLUMNS = 5;

/** One printed table that has some of a form's columns. */
interface Half {
  readonly table: number;
  readonly heads: Heads;
  readonly above: readonly EvidenceRow[];
  /** The rows below its heads. */
  readonly data: readonly EvidenceRow[];
}

/** A half and where its rows stand in the list of tables. */
interface Placed {
  readonly at: number;
  readonly half: Half;
}

/**
 * The rows with tables put together that print different columns of the same rows: the left and the right half of a wide
 * table, or a table for each kind of applicant. They are joined where both print the same labels in the same order; where
 * the right one prints no labels, by their order, as torn rows. The left one begins with the first column; other tables may
 * stand between them, as where the pages of a wide sheet are printed downwards first. All other rows stay as they are;
 * empty where nothing was joined.
 */
export function joinHalves(rows: readonly EvidenceRow[], columns: readonly FormColumn[]): EvidenceRow[] {
  if (columns.length < MIN_COLUMNS) return [];
  const tables: (readonly EvidenceRow[])[] = tablesOf(rows);
  let hasJoined = false;
  let left = null as Placed | null;
  for (const [at, table] of tables.entries()) {
    const half = halfOf(table, columns);
    const joined = left && half && joinPair(left.half, half);
    hasJoined ||= joined !== null;
    const isNext = left?.at === at - 1;
    const whole = joined ?? (left && isNext && !half ? goOn(left.half, table) : null);
    if (left && whole) {
      // Empty where it was: its rows stand with those of the left half now.
      tables[left.at] = [];
      tables[at] = rowsOf(whole);
      left = { at, half: whole };
    } else if (half?.heads[0]) left = { at, half };
  }
  return hasJoined ? tables.flat() : [];
}

/** The half with the rows of the table behind it, where that goes on without heads in columns just as many. */
function goOn(half: Half, table: readonly EvidenceRow[]): Half | null {
  return startOfNumbers(table) === 0 && table.every(hasColumns) && widthOf(table) === widthOf(rowsOf(half))
    ? { ...half, data: [...half.data, ...table] }
    : null;
}

function startOfNumbers(table: readonly EvidenceRow[]): number {
  return table.findIndex((row) => row.slots.some(({ parsed }) => parsed.kind === 'number'));
}

function widthOf(rows: readonly EvidenceRow[]): number {
  return Math.max(...rows.flatMap(({ slots }) => slots.map(endOf)));
}

function rowsOf(half: Half): readonly EvidenceRow[] {
  return [...half.above, ...half.data];
}

/** The table parted below its heads; null where it has none of the columns, or all. */
function halfOf(table: readonly EvidenceRow[], columns: readonly FormColumn[]): Half | null {
  const start = startOfNumbers(table);
  if (start < 1 || !table.every(hasColumns)) return null;
  const { heads } = findHeads(table.slice(0, start), columns);
  const bottom = Math.max(...table.slice(0, start).map((row, i) => (hasHeadIn(row, heads) ? i : -1)));
  const isPart = heads.some((head) => head !== null) && heads.includes(null);
  return isPart
    ? {
        table: table[0]?.table ?? -1,
        heads,
        above: table.slice(0, bottom + 1),
        data: table.slice(bottom + 1),
      }
    : null;
}

function hasHeadIn({ slots }: EvidenceRow, heads: Heads): boolean {
  return heads.some((head) => head !== null && slots.includes(head));
}

function joinPair(left: Half, right: Half): Half | null {
  const isSame = left.heads.some((head, i) => head !== null && right.heads[i] !== null);
  const isBare = right.data.every(({ slots }) => slots.every(isValueLike));
  const [one, other] = isBare ? [left.data, right.data] : [labelledRows(left), labelledRows(right)];
  if (isSame || one.length === 0 || one.length !== other.length) return null;
  const isAlike = one.every((row, i) => isBare || labelOf(row) === labelOf(other[i]));
  if (!isAlike) return null;
  const width = widthOf(rowsOf(left));
  const shifted = (slot: Slot): Slot => ({ ...slot, column: slot.column + width });
  const heads = left.heads.map((head, i) => head ?? (right.heads[i] ? shifted(right.heads[i]) : null));
  const added = heads.filter((head, i): head is Slot => head !== null && left.heads[i] === null);
  const above = left.above.map((row, i) =>
    i === left.above.length - 1 ? { ...row, slots: [...row.slots, ...added] } : row,
  );
  const data = left.data.map((row) => {
    const beside = other[one.indexOf(row)];
    if (!beside) return row;
    const values = trailingValues(beside.slots).map(shifted);
    return { ...row, slots: [...row.slots, ...values], ...(isBare ? { isTorn: true } : {}) };
  });
  return { ...left, heads, above, data };
}

function labelledRows({ data }: Half): EvidenceRow[] {
  return data.filter((row) => labelOf(row) !== '');
}

/** The words of the last label of a row. */
function labelOf(row: EvidenceRow | undefined): string {
  const label = row?.slots.findLast((slot) => !isValueLike(slot));
  return label ? prepareText(label.text).bare : '';
}

function endOf(slot: Slot): number {
  return slot.column + slot.columnSpan;
}
