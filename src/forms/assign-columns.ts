import { overlap } from '../model/geometry.js';
import { fold } from '../text/fold.js';
import { trailingValues } from './align-rows.js';
import { type EvidenceRow, isUnitName, isValueLike, type Slot } from './evidence-rows.js';
import type { FormColumn } from './form.js';
import type { ColumnBasis } from './form-reading.js';
import { labelScore, prepareText } from './match-label.js';
import { joinSlots } from './place-values.js';

/** Printed heads of a block's columns, one for each column of the form, null where none was found. */
export type Heads = readonly (Slot | null)[];

export interface ColumnAssignment {
  /** One for each column of the form, null where no cell was found. */
  readonly slots: readonly (Slot | null)[];
  readonly basis: ColumnBasis;
  readonly unplaced: number;
  /** The values of the row in order, whether they found a column or not. */
  readonly values: readonly Slot[];
}

/** A head has to be at least this similar to the column's label. */
const MIN_HEAD = 0.72;

/**
 * Finds the heads of columns among the rows above a block's first numbers. Of several cells that fit, the lowest
 * wins (the leaf of a stacked head).
 */
export function findHeads(rows: readonly EvidenceRow[], columns: readonly FormColumn[]): Heads {
  const texts = rows.flatMap((row) => row.slots.filter((slot) => !isValueLike(slot)));
  const heads = columns.map((column) => bestHead(texts, column, columns));
  return dropDisordered(heads);
}

function bestHead(texts: readonly Slot[], column: FormColumn, columns: readonly FormColumn[]): Slot | null {
  let best: Slot | null = null;
  let bestScore = MIN_HEAD;
  for (const slot of texts) {
    const text = prepareText(slot.text);
    const score = labelScore(text, column);
    if (score < bestScore) continue;
    if (columns.some((other) => other !== column && labelScore(text, other) > score)) continue;
    best = slot;
    bestScore = score;
  }
  return best;
}

/** Heads that do not run from left to right in the form's order are no evidence of columns. */
function dropDisordered(heads: Heads): Heads {
  const found = heads.filter((head) => head !== null);
  const ordered = found.every((head, i) => i === 0 || head.column > (found[i - 1]?.column ?? -1));
  return ordered ? heads : heads.map(() => null);
}

/** Finds the cell of each column in one printed row. */
export function assignColumns(row: EvidenceRow, columns: readonly FormColumn[], heads: Heads): ColumnAssignment {
  const hasColumns = row.geometry === 'exact' || row.geometry === 'aligned';
  const values = trailingValues(row.slots).filter((slot) => !isUnitName(slot));
  const underHeads = hasColumns ? assignUnderHeads(row, heads) : null;
  if (underHeads && underHeads.every((slot) => slot !== null)) {
    const placed = new Set(underHeads);
    const unplaced = values.filter((slot) => !placed.has(slot) && isPrinted(slot) && !isJoined(slot, underHeads));
    return { slots: underHeads, basis: 'head', unplaced: unplaced.length, values };
  }
  return assignByCount(values, columns.length, heads);
}

function assignUnderHeads(row: EvidenceRow, heads: Heads): (Slot | null)[] {
  return heads.map((head) => {
    if (!head) return null;
    const under = row.slots.filter(
      (slot) => overlap(slot.column, slot.column + slot.columnSpan, head.column, head.column + head.columnSpan) > 0,
    );
    return under.length === 1 ? (under[0] ?? null) : oneOf(under.filter(isValueLike));
  });
}

/** Several cells under one head: the only printed one, or the pieces of one number. */
function oneOf(slots: readonly Slot[]): Slot | null {
  const printed = slots.filter(isPrinted);
  if (printed.length <= 1) return printed[0] ?? slots[0] ?? null;
  return printed.length === 2 ? joinSlots(printed[0], printed[1]) : null;
}

function isJoined(slot: Slot, placed: readonly (Slot | null)[]): boolean {
  return placed.some((whole) => whole !== null && whole.text.includes(slot.text.trim()) && whole.column <= slot.column);
}

/** Cells in order: blanks that only fill up a row are dropped, first those in front, then those behind. */
function assignByCount(values: readonly Slot[], count: number, heads: Heads): ColumnAssignment {
  const trimmed = trimBlanks(values, count);
  if (trimmed.length === count) return { slots: trimmed, basis: 'count', unplaced: 0, values };
  const spread = headPositions(values, heads);
  if (spread) return { slots: spread, basis: 'count', unplaced: 0, values };
  const allAlike = trimmed.length > count && trimmed.every((slot) => fold(slot.text) === fold(trimmed[0]?.text ?? ''));
  const slots = Array.from({ length: count }, (_, i) => (allAlike ? (trimmed[i] ?? null) : null));
  return { slots, basis: 'guess', unplaced: Math.abs(trimmed.length - count), values: trimmed };
}

function trimBlanks(values: readonly Slot[], count: number): readonly Slot[] {
  let from = 0;
  let to = values.length;
  const surplus = (): boolean => to - from > count;
  if (count > 1) while (surplus() && !isPrinted(values[from])) from++;
  while (surplus() && !isPrinted(values[to - 1])) to--;
  return values.slice(from, to);
}

/** Rows of table two that keep the empty places of their heads: the value stands as far right as its head does. */
function headPositions(values: readonly Slot[], heads: Heads): (Slot | null)[] | null {
  const first = values[0];
  if (!first || heads.some((head) => head === null) || values.filter(isPrinted).length > heads.length) return null;
  const slots = heads.map((head) => values.find((slot) => slot.column === head?.column) ?? null);
  return slots.every((slot) => slot !== null) ? slots : null;
}

function isPrinted(slot: Slot | undefined): boolean {
  return slot !== undefined && slot.parsed.kind !== 'blank';
}
