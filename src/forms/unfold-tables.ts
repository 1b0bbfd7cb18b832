import { type EvidenceRow, hasColumns, tablesOf } from './evidence-rows.js';
import { isValueLike, type Slot } from './slot.js';

/** A table is folded where at least so many rows, and this share of them, start over in the same column. */
const FOLD = { fewestRows: 5, share: 0.5 } as const;
/** A table is folded at most so many times. */
const MOST_FOLDS = 3;

/**
 * The rows with tables unfolded that print a long list in several columns of label and number side by side: the left
 * column first, then the one to the right of it. A row's cells that reach over the fold stay on the left. Empty where
 * no table is folded.
 */
export function unfoldTables(rows: readonly EvidenceRow[]): EvidenceRow[] {
  const unfolded = tablesOf(rows).flatMap((table) => unfold(table, MOST_FOLDS));
  return unfolded.length > rows.length ? unfolded : [];
}

function unfold(rows: readonly EvidenceRow[], folds: number): EvidenceRow[] {
  const column = folds > 0 && rows.every(hasColumns) ? foldOf(rows) : null;
  if (column === null) return [...rows];
  const isRight = (slot: Slot): boolean => slot.column >= column;
  const side = (keep: (slot: Slot) => boolean): EvidenceRow[] =>
    rows.map((row) => ({ ...row, slots: row.slots.filter(keep) })).filter(({ slots }) => slots.length > 0);
  return [...side((slot) => !isRight(slot)), ...unfold(side(isRight), folds - 1)];
}

/** The first column in which most rows print a label behind a number or its empty place. */
function foldOf(rows: readonly EvidenceRow[]): number | null {
  const starts = new Map<number, number>();
  for (const { slots } of rows) {
    const start = slots.find(
      (slot, i) => i > 1 && isLabel(slot) && isValue(slots[i - 1]) && isLabel(slots[0]),
    );
    if (start) starts.set(start.column, (starts.get(start.column) ?? 0) + 1);
  }
  const [best] = [...starts].sort(([, a], [, b]) => b - a);
  return best && best[1] >= Math.max(FOLD.fewestRows, rows.length * FOLD.share) ? best[0] : null;
}

function isLabel(slot: Slot | undefined): boolean {
  return slot !== undefined && !slot.isUnit && !isValueLike(slot);
}

function isValue(slot: Slot | undefined): boolean {
  return slot !== undefined && isValueLike(slot);
}
