import { overlap } from '../model/geometry.js';
import { fold } from '../text/fold.js';

import { type EvidenceRow, hasColumns } from './evidence-rows.js';
import { isCount, isValueLike, type Slot, trailingValues } from './slot.js';
import type { FormColumn } from './form.js';
import type { ColumnBasis } from './form-reading.js';
import { labelScores, prepareText } from './match-label.js';
import { joinSlots, windowsOf, zerosOf } from './place-values.js';

/** Printed heads of a block's columns, one for each column of the form, null where none was found. */
export type Heads = readonly (Slot | null)[];

export interface FoundHeads {
  readonly heads: Heads;
  /** One head is printed elsewhere than over its column, whose values may then stand under its neighbours' heads. */
  readonly isStray: boolean;
  /** Heads were found in another order than the form's, and not well enough to tell whose column is which. */
  readonly isDisordered: boolean;
}

export interface ColumnAssignment {
  /** One for each column of the form, null where no cell was found. */
  readonly slots: readonly (Slot | null)[];
  readonly basis: ColumnBasis;
  readonly unplaced: number;
  /** Blanks in front are too many, or one too few: all values may be a column off. */
  readonly isRivalled: boolean;
  /** The values of the row in order, whether they found a column or not. */
  readonly values: readonly Slot[];
}

/** Tables of so many columns may lose one without losing their order. */
const MANY_COLUMNS = 5;

/** Shorter names of columns (其他, 合计) also stand inside other words. */
const TELLING_NAME = 3;

/** The head over several columns, where flattened tables print it before each of theirs. */
const ABOVE_LEAF = /^\s*法人或(?:者)?其[他它]组织[\s\-—–_/／.·:：>→（(]*(?=\S)/;

/** A head has to be at least this similar to the column's label. */
const MIN_HEAD = 0.72;

/**
 * Finds the heads of columns among the rows above a block's first numbers. Of several cells that fit, the lowest
 * wins (the leaf of a stacked head).
 */
export function findHeads(rows: readonly EvidenceRow[], columns: readonly FormColumn[]): FoundHeads {
  const texts = rows.flatMap((row) => row.slots.filter((slot) => !isValueLike(slot)));
  const found = columns.map((_, index) => bestHead(texts, columns, index));
  const isExact = rows.every(({ geometry }) => geometry === 'exact');
  if (isOrdered(found) || (isExact && standApart(found)))
    return { heads: found, isStray: false, isDisordered: false };
  const heads = rows.every(hasColumns) ? dropDisordered(found) : noHeads(found);
  const isStray = heads.some((head) => head !== null);
  return {
    heads,
    isStray,
    isDisordered: rows.every(hasColumns) && (isStray ? isAmong(found, heads) : stepBack(found)),
  };
}

/** Whether every column has a head of its own, so that they name the columns in whatever order the source has them. */
function standApart(heads: Heads): boolean {
  return heads.every(
    (head, i) =>
      head !== null &&
      heads.every((other, j) => i === j || (other !== null && sharedColumns(head, other) <= 0)),
  );
}

function bestHead(texts: readonly Slot[], columns: readonly FormColumn[], index: number): Slot | null {
  let best: Slot | null = null;
  let bestScore = MIN_HEAD;
  for (const slot of texts) {
    const text = prepareText(slot.text.replace(ABOVE_LEAF, ''));
    const scores = labelScores(text, columns);
    const score = scores[index] ?? 0;
    if (score < bestScore || scores.some((other) => other > score)) continue;
    if (namesOther(text.bare, columns, index)) continue;
    best = slot;
    bestScore = score;
  }
  return best;
}

/** Whether the text also holds the name of another column, as where the heads of two columns were taken for one. */
function namesOther(bare: string, columns: readonly FormColumn[], index: number): boolean {
  const own = (columns[index]?.labels ?? []).map((label) => prepareText(label).bare);
  return columns.some(
    ({ labels }, other) =>
      other !== index &&
      labels
        .map((label) => prepareText(label).bare)
        .some(
          (name) =>
            name.length >= TELLING_NAME && bare.includes(name) && !own.some((mine) => mine.includes(name)),
        ),
  );
}

/**
 * Heads run from left to right in the form's order. One of many that does not stands where nothing is printed under it
 * and is left out; where more do not, heads are no evidence of columns.
 */
function dropDisordered(heads: Heads): Heads {
  const without = heads.map((_, left) => heads.map((head, i) => (i === left ? null : head)));
  const ordered = without.filter((rest, left) => heads[left] !== null && isOrdered(rest));
  const [rest] = ordered;
  return rest && ordered.length === 1 && heads.length >= MANY_COLUMNS ? rest : noHeads(heads);
}

function noHeads(heads: Heads): Heads {
  return heads.map(() => null);
}

function isOrdered(heads: Heads): boolean {
  const found = heads.filter((head) => head !== null);
  return found.every((head, i) => i === 0 || head.column > (found[i - 1]?.column ?? -1));
}

/**
 * Whether a head stands wholly to the left of one that the form has before it. Columns that have a head each never share
 * a place, so two rows of heads that do were not laid out on one grid, and tell no order between them.
 */
function stepBack(heads: Heads): boolean {
  const found = heads.filter((head) => head !== null);
  return found.some((head, i) =>
    found
      .slice(i + 1)
      .some((later) => later === head || (later.column < head.column && sharedColumns(later, head) <= 0)),
  );
}

/** Whether the head that was left out stands between others: not where nothing is printed but over another column. */
function isAmong(found: Heads, kept: Heads): boolean {
  const columns = kept.flatMap((head) => (head ? [head.column] : []));
  return found.some(
    (head, i) =>
      head !== null &&
      kept[i] === null &&
      head.column > Math.min(...columns) &&
      head.column < Math.max(...columns) &&
      !columns.includes(head.column),
  );
}

/** Finds the cell of each column in one printed row. */
export function assignColumns(
  row: EvidenceRow,
  columns: readonly FormColumn[],
  heads: Heads,
): ColumnAssignment {
  const values = trailingValues(row.slots).filter((slot) => !slot.isUnit);
  const under = hasColumns(row) ? assignUnderHeads(row, values, heads) : null;
  if (under) return under;
  const texts = row.slots.filter((slot) => !isValueLike(slot) && !slot.isUnit).length;
  const counted = assignByCount(values, columns.length, heads, texts);
  const isContradicted = hasColumns(row) && heads.length > 0 && heads.every((head) => head !== null);
  return isContradicted ? { ...counted, unplaced: counted.unplaced + 1 } : counted;
}

/** Under their heads, unless the row is shifted against them: a label under a head, or a number beside all heads. */
function assignUnderHeads(row: EvidenceRow, values: readonly Slot[], heads: Heads): ColumnAssignment | null {
  const cells = heads.map((head) => (head ? cellUnder(row, head, heads) : null));
  const isShort = cells.some((cell, i) => cell === null && heads[i] !== null);
  if (isShort || !hasEnoughHeads(heads)) return null;
  const used = new Set(cells.flatMap((cell) => cell?.parts ?? []));
  const left = values.filter((slot) => !used.has(slot) && isPrinted(slot));
  if (left.length > 0 || isLabelUnder(row, heads)) return null;
  // A row with more cells than its heads may have got one by a number torn in two.
  const end = Math.max(...heads.map((head) => (head ? head.column + head.columnSpan : 0)));
  const unplaced =
    values.some((slot) => slot.column + slot.columnSpan > end) || isTornBetween(cells) || hasRoomApart(cells)
      ? 1
      : 0;
  const isShared = cells.some(
    (cell, i) => cell !== null && isCount(cell.whole) && isSameCell(cell, cells[i - 1]),
  );
  return {
    slots: cells.map((cell) => cell?.whole ?? null),
    basis: 'head',
    unplaced: isShared ? 1 : unplaced,
    isRivalled: isShared,
    values,
  };
}

/** A number in a cell under two heads is that of one of them, or the numbers of both ran together. */
function isSameCell(a: HeadedCell, b: HeadedCell | null | undefined): boolean {
  return b?.whole === a.whole;
}

/** Whether numbers that were put together could each stand under a head of their own, since there are heads over nothing. */
function hasRoomApart(cells: readonly (HeadedCell | null)[]): boolean {
  const counts = cells.map((cell) => cell?.parts.filter(isPrinted).length ?? 0);
  return counts.some((count) => count > 1) && counts.reduce((sum, count) => sum + count, 0) <= counts.length;
}

/** Whether a piece of a number that was put together could as well be the end or the start of the number beside it. */
function isTornBetween(cells: readonly (HeadedCell | null)[]): boolean {
  return cells.some((cell, i) => {
    const [first, last] = cell?.parts.filter(isPrinted) ?? [];
    if (!first || !last) return false;
    return canJoin(cells[i - 1]?.whole, first) || canJoin(last, cells[i + 1]?.whole);
  });
}

/**
 * All columns have their heads, or all but one of many: that column is not printed, or its head is illegible, and then
 * nothing but a blank may stand under it.
 */
function hasEnoughHeads(heads: Heads): boolean {
  const lost = heads.filter((head) => head === null).length;
  return lost === 0 || (lost === 1 && heads.length >= MANY_COLUMNS);
}

/** What stands under one head: a cell, or the pieces of one number. */
interface HeadedCell {
  readonly whole: Slot;
  readonly parts: readonly Slot[];
}

function cellUnder(row: EvidenceRow, head: Slot, heads: Heads): HeadedCell | null {
  const touched = row.slots.filter((slot) => covers(head, slot));
  const own = touched.filter((slot) => !isMoreUnderAnother(slot, head, heads));
  const under = touched.length > 1 && own.length > 0 ? own : touched;
  const [only] = under;
  if (only && under.length === 1) return { whole: only, parts: under };
  const values = under.filter(isValueLike);
  const printed = values.filter(isPrinted);
  const whole =
    printed.length <= 1
      ? (printed[0] ?? values[0])
      : printed.length === 2
        ? joinSlots(printed[0], printed[1])
        : null;
  return whole ? { whole, parts: values } : null;
}

/** Whether another head stands over more of a cell's width: borders that differ by a sliver from row to row reach under both. */
function isMoreUnderAnother(slot: Slot, head: Slot, heads: Heads): boolean {
  const shared = sharedColumns(slot, head);
  return heads.some((other) => other !== null && other !== head && sharedColumns(slot, other) > shared);
}

/** A row whose texts all stand under heads has slipped to the right. */
function isLabelUnder(row: EvidenceRow, heads: Heads): boolean {
  const texts = row.slots.filter((slot) => !isValueLike(slot) && !slot.isUnit);
  return texts.length > 0 && texts.every((text) => heads.some((head) => head !== null && covers(head, text)));
}

function covers(head: Slot, slot: Slot): boolean {
  return sharedColumns(head, slot) > 0;
}

function sharedColumns(a: Slot, b: Slot): number {
  return overlap(a.column, a.column + a.columnSpan, b.column, b.column + b.columnSpan);
}

/**
 * Cells in order. Blanks at the ends that only fill up a row are left out where there is one way to do so; where there
 * are several, or too few or too many cells, the identities have to tell.
 */
function assignByCount(
  values: readonly Slot[],
  count: number,
  heads: Heads,
  texts: number,
): ColumnAssignment {
  const windows = windowsOf(values, count);
  const [window] = windows;
  if (window && windows.length === 1)
    return { slots: window, basis: 'count', values, ...surplusDoubt(values, window, texts) };
  const zeros = zerosOf(values, count);
  if (zeros) return { slots: zeros, basis: 'count', unplaced: 0, isRivalled: false, values: zeros };
  const spread = headPositions(values, heads);
  if (spread) return { slots: spread, basis: 'count', unplaced: 0, isRivalled: false, values };
  const allAlike = values.length > count && printedOf(values).every((slot, _, all) => sameText(slot, all[0]));
  const slots = Array.from({ length: count }, (_, i) =>
    allAlike && !window ? (printedOf(values)[i] ?? null) : null,
  );
  const surplus = Math.abs(printedOf(values).length - count);
  // Of numbers that are all the same nobody can tell which columns the blanks between them belong to.
  const hasBlanks = allAlike && !values.every(isPrinted);
  return {
    slots,
    basis: 'guess',
    unplaced: window ? 0 : Math.max(surplus, hasBlanks ? 1 : 0),
    isRivalled: false,
    values,
  };
}

/** Tables three and four have three columns of labels: texts and the blanks they leave in front of a row's values. */
const MOST_COVERED = 3;

/**
 * Blanks left out in front are doubtful where there are more than labels can leave, and where a row has one number only,
 * since one of them may be that number's own place. So are blanks on both sides, and one taken for the first value in a
 * column of labels.
 */
function surplusDoubt(
  values: readonly Slot[],
  window: readonly (Slot | null)[],
  texts: number,
): Pick<ColumnAssignment, 'unplaced' | 'isRivalled'> {
  const left = values.findIndex((slot) => slot === window[0]);
  const isTorn = left + window.length < values.length && mayBeTorn(window);
  const isBetween = left > 0 && left + window.length < values.length;
  const isRivalled = (left > 0 && left + texts > MOST_COVERED) || window[0]?.isCovered === true;
  return {
    unplaced: isRivalled || isBetween || (window.length === 1 && left > 0) || isTorn ? 1 : 0,
    isRivalled,
  };
}

/** Whether two numbers side by side may be one that was torn. */
export function mayBeTorn(slots: readonly (Slot | null)[]): boolean {
  return slots.some((slot, i) => canJoin(slot, slots[i + 1]));
}

function canJoin(a: Slot | null | undefined, b: Slot | null | undefined): boolean {
  return joinSlots(a ?? undefined, b ?? undefined) !== null;
}

function printedOf(values: readonly Slot[]): readonly Slot[] {
  return values.filter(isPrinted);
}

function sameText(a: Slot, b: Slot | undefined): boolean {
  return b !== undefined && fold(a.text) === fold(b.text);
}

/**
 * Rows of table two that keep the empty places of their heads: the value stands as far right as its head does. Where a
 * value stands under none, the places are others.
 */
function headPositions(values: readonly Slot[], heads: Heads): (Slot | null)[] | null {
  const first = values[0];
  if (!first || heads.some((head) => head === null) || values.filter(isPrinted).length > heads.length)
    return null;
  const slots = heads.map((head) => values.find((slot) => slot.column === head?.column) ?? null);
  const isComplete = printedOf(values).every((slot) => slots.includes(slot));
  return isComplete && slots.every((slot) => slot !== null) ? slots : null;
}

function isPrinted(slot: Slot | undefined): boolean {
  return slot !== undefined && slot.parsed.kind !== 'blank';
}
