import { headsOf } from './across-heads.js';
import type { EvidenceRow } from './evidence-rows.js';
import type { AcrossTable } from './form.js';
import type { Slot } from './slot.js';

/** A number written out. */
const NUMERALS = /^[〇零一二三四五六七八九十百千两]+$/;

/** Whether a printed table may show an `across` table: told before texts are compared with labels, which costs more. */
export function mayName(rows: readonly EvidenceRow[], { groups }: AcrossTable): boolean {
  return rows.some(({ slots }) =>
    slots.some(({ text }) => groups.some(({ labels }) => labels.some((label) => text.includes(label)))),
  );
}

/**
 * Whether printed tables name every group of an `across` table, and all of its columns but one, over numbers: laid out
 * otherwise, in pieces or in numerals they are another printing of it all the same.
 */
export function nameWhole(printed: readonly (readonly EvidenceRow[])[], table: AcrossTable): boolean {
  const rows = printed.flat();
  const heads = rows.flatMap((row) => row.slots.flatMap((slot) => headsOf(slot, row, table)));
  const found = (kind: 'group' | 'leaf'): number =>
    new Set(heads.filter((head) => head.kind === kind).map(({ index }) => index)).size;
  return (
    found('group') === table.groups.length &&
    found('leaf') >= table.columns.length - 1 &&
    rows.some(({ slots }) => slots.some(isNumber))
  );
}

function isNumber({ text, parsed }: Slot): boolean {
  return parsed.kind === 'number' || NUMERALS.test(text.trim());
}
