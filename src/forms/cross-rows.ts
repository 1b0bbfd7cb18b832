import { type Head, headsOf } from './across-heads.js';
import { type EvidenceRow, hasColumns, tablesOf } from './evidence-rows.js';
import type { AcrossTable } from './form.js';
import { isValueLike, type Slot } from './slot.js';

/** A group of the table with its numbers and their heads, as if it stood in a row of its own. */
export interface CrossRow {
  readonly row: EvidenceRow;
  readonly values: readonly Slot[];
  readonly heads: readonly Head[];
}

/** Fewer groups below or beside each other are no such table. */
const FEWEST_GROUPS = 2;

/**
 * The groups of a table that crosses them with its columns instead of printing both in two levels of heads: a row for
 * each group (`行政复议 | 结果维持 | …`), or a column for each and a row for each result.
 */
export function crossRows(rows: readonly EvidenceRow[], table: AcrossTable): CrossRow[] {
  return tablesOf(rows.filter(hasColumns)).flatMap((printed) => {
    const down = groupsDown(printed, table);
    return down.length > 0 ? down : groupsAcross(printed, table);
  });
}

/** A row for each group below one row that heads all columns. */
function groupsDown(rows: readonly EvidenceRow[], table: AcrossTable): CrossRow[] {
  const found: CrossRow[] = [];
  let leaves: readonly Head[] = [];
  for (const row of rows) {
    const heads = row.slots.flatMap((slot) => headsOf(slot, row, table));
    const own = heads.filter(({ kind }) => kind === 'leaf');
    const groups = heads.filter(({ kind }) => kind === 'group');
    if (own.length > 0) leaves = groups.length === 0 && isWhole(own, table) ? own : [];
    const [group] = groups;
    if (own.length > 0 || leaves.length === 0 || groups.length !== 1 || !group) continue;
    const values = leaves.flatMap((leaf) => row.slots.filter((slot) => isUnder(slot, leaf.slot)));
    if (values.length === leaves.length && values.every(isValueLike))
      found.push({ row: { ...row, slots: values }, values, heads: [...leaves, group] });
  }
  return severalGroups(found);
}

/** A column for each group, and a row for each of the form's columns. */
function groupsAcross(rows: readonly EvidenceRow[], table: AcrossTable): CrossRow[] {
  const heads = rows.flatMap((row) => row.slots.flatMap((slot) => headsOf(slot, row, table)));
  const leaves = heads.filter(({ kind }) => kind === 'leaf');
  const isOneColumn = leaves.every(({ slot }) => slot.column === leaves[0]?.slot.column);
  const isOneEach = new Set(leaves.map(({ row }) => row)).size === leaves.length;
  if (!isWhole(leaves, table) || !isOneColumn || !isOneEach) return [];
  const first = Math.min(...leaves.map(({ row }) => row.row));
  const groups = heads.filter(({ kind, row }) => kind === 'group' && row.row < first);
  return severalGroups(
    groups.flatMap((group): CrossRow[] => {
      const values = leaves.flatMap(({ row }) => row.slots.filter((slot) => isUnder(slot, group.slot)));
      if (values.length !== leaves.length || !values.every(isValueLike)) return [];
      const placed = values.map((slot, column): Slot => ({ ...slot, column, columnSpan: 1 }));
      const above = leaves.map((leaf, column): Head => ({
        ...leaf,
        slot: { ...leaf.slot, column, columnSpan: 1 },
      }));
      return [{ row: { ...group.row, slots: placed }, values: placed, heads: [...above, group] }];
    }),
  );
}

/** Each column of the form has one head. */
function isWhole(leaves: readonly Head[], { columns }: AcrossTable): boolean {
  return (
    leaves.length === columns.length && new Set(leaves.map(({ index }) => index)).size === columns.length
  );
}

/** Just one cell's width apart: the cell stands in the head's own column. */
function isUnder(slot: Slot, head: Slot): boolean {
  return slot.column === head.column && slot.columnSpan === head.columnSpan;
}

/** All of them where each names a group of its own and there are several; else none. */
function severalGroups(found: readonly CrossRow[]): CrossRow[] {
  const named = new Set(found.map(({ heads }) => heads.at(-1)?.index));
  return named.size === found.length && found.length >= FEWEST_GROUPS ? [...found] : [];
}
