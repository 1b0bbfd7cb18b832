import { namesNoData } from './align-rows.js';
import { isBareValues, isBlank, lastText } from './doubt-rows.js';
import type { EvidenceRow } from './evidence-rows.js';
import type { FormLine } from './form-lines.js';
import { lineNamed } from './score-rows.js';
import { isValueLike, trailingValues } from './slot.js';

/**
 * A label whose numbers stand on the next line is one row with it. Where the next line carries a group's name the numbers
 * may be the group's own, so the rows stay as they are; both kinds are marked as torn.
 */
export function joinSplitRows(rows: readonly EvidenceRow[], lines: readonly FormLine[]): EvidenceRow[] {
  const joined: EvidenceRow[] = [];
  for (const row of rows) {
    const previous = joined.at(-1);
    const isTorn =
      previous?.table === row.table &&
      isBareLabel(previous, lines) &&
      (isBareValues(row, lines) || namesWholeOf(previous, row, lines)) &&
      previous;
    if (!isTorn) joined.push(row);
    else if (row.slots.every(isValueLike)) {
      const texts = isTorn.slots.filter((slot) => !isValueLike(slot));
      joined[joined.length - 1] = { ...isTorn, slots: [...texts, ...row.slots], isTorn: true };
    } else {
      joined[joined.length - 1] = { ...isTorn, isTorn: true };
      joined.push(row);
    }
  }
  return doubtUnsplit(joined, lines);
}

/** Where most rows have their numbers on the next line, a label without any lost its own there. */
function doubtUnsplit(rows: readonly EvidenceRow[], lines: readonly FormLine[]): EvidenceRow[] {
  const split = new Map<number, number>();
  for (const { table, isTorn, slots } of rows) {
    const count = isTorn === true ? 1 : trailingValues(slots).every(isBlank) ? 0 : -1;
    split.set(table, (split.get(table) ?? 0) + count);
  }
  return rows.map((row) =>
    (split.get(row.table) ?? 0) > 0 && row.isTorn !== true && isBareLabel(row, lines)
      ? { ...row, isTorn: true }
      : row,
  );
}

/** Whether a row's values stand beside the name of the row that heads the one before it in print. */
function namesWholeOf(part: EvidenceRow, whole: EvidenceRow, lines: readonly FormLine[]): boolean {
  const [inner, outer] = [part, whole].map((row) => lineNamed(lastText(row), lines));
  if (!inner || outer?.row.optional !== true || trailingValues(whole.slots).every(isBlank)) return false;
  return inner.row.key.startsWith(`${outer.row.key}.`);
}

function isBareLabel(row: EvidenceRow, lines: readonly FormLine[]): boolean {
  return (
    row.slots.some((slot) => !isValueLike(slot)) &&
    trailingValues(row.slots).every(isBlank) &&
    !namesNoData(row, lines)
  );
}
