import { headsOf } from './across-heads.js';
import type { EvidenceRow } from './evidence-rows.js';
import type { AcrossTable } from './form.js';
import { isCount, type Slot } from './slot.js';

/** A number written out. */
const NUMERALS = /^[〇零一二三四五六七八九十百千两]+$/;

/**
 * The printed tables among `printed` that name every group of an `across` table, and all of its columns but one, over
 * numbers: those that were laid out otherwise or in numerals are another printing of it all the same.
 */
export function tablesNaming(
  printed: readonly (readonly EvidenceRow[])[],
  table: AcrossTable,
): readonly (readonly EvidenceRow[])[] {
  return printed.filter((rows) => mayName(rows, table) && namesWhole(rows, table) && rows.some(hasNumber));
}

/** Told before texts are compared with labels, which costs more. */
function mayName(rows: readonly EvidenceRow[], { groups: [first] }: AcrossTable): boolean {
  return rows.some(({ slots }) =>
    slots.some(({ text }) => first?.labels.some((label) => text.includes(label)) === true),
  );
}

function namesWhole(rows: readonly EvidenceRow[], table: AcrossTable): boolean {
  const heads = rows.flatMap((row) => row.slots.flatMap((slot) => headsOf(slot, row, table)));
  const found = (kind: 'group' | 'leaf'): number =>
    new Set(heads.filter((head) => head.kind === kind).map(({ index }) => index)).size;
  return found('group') === table.groups.length && found('leaf') >= table.columns.length - 1;
}

function hasNumber({ slots }: EvidenceRow): boolean {
  return slots.some((slot: Slot) => isCount(slot) || NUMERALS.test(slot.text.trim()));
}
