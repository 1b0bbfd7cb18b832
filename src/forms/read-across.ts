import { overlap } from '../model/geometry.js';
import { type Head, headsOf } from './across-heads.js';
import { crossRows } from './cross-rows.js';
import { type EvidenceRow, hasColumns } from './evidence-rows.js';
import { isValueLike, type Slot, trailingValues } from './slot.js';
import type { AcrossTable, FormColumn, Identity } from './form.js';
import type { ColumnBasis, FieldReading, Signals, TableReading } from './form-reading.js';
import { isGlued, placeValues, windowsOf } from './place-values.js';
import { absent } from './read-down.js';

/** Heads stand in at most this many rows above their numbers. */
const MAX_HEAD_ROWS = 8;

/** A table has some 25 heads, and prints them once a page; more than this are no table's heads. */
const MOST_HEADS = 200;

/** What a label counts where the heads of the columns are in pieces and only their groups can be read. */
const HEADLESS_LABEL = 0.8;

/** A row of numbers with the heads above it. */
export interface HeadedRow {
  readonly row: EvidenceRow;
  readonly values: readonly Slot[];
  readonly heads: readonly Head[];
}

/**
 * Reads a table of one row of numbers under two levels of heads (table four), also where it is printed as several
 * small tables, with its groups in another order, or as groups crossed with columns.
 */
export function readAcross(
  rows: readonly EvidenceRow[],
  table: AcrossTable,
  identities: readonly Identity[],
): TableReading {
  const crossed = crossRows(rows, table);
  const tables = new Set(crossed.map(({ row }) => row.table));
  const headed = [...crossed, ...headedRows(rows, table).filter(({ row }) => !tables.has(row.table))];
  const placed = new Map<string, FieldReading>();
  let score = 0;
  for (const candidate of wholeFirst(headed, table)) {
    const order = groupOrder(candidate, table, placed);
    const cells = placeCells(candidate, table, order, identities);
    if (!cells) continue;
    score += candidate.heads.reduce((sum, head) => sum + head.score, 0) / (table.columns.length + 1);
    for (const cell of cells) {
      if (!placed.has(cell.key)) placed.set(cell.key, doubtUnnamed(cell, candidate, table, order));
    }
  }
  const keys = table.groups.flatMap((group) => table.columns.map((column) => `${group.key}.${column.key}`));
  const coverage = placed.size / keys.length;
  const fields = keys.map((key) => withCoverage(placed.get(key), coverage) ?? absent(key, coverage, false));
  const printed = headed.map(({ row, heads }) => ({
    key: heads.map((head) => head.slot.text).join(' '),
    label: 1,
    margin: 1,
    printed: row.slots.map((slot) => slot.text),
  }));
  return {
    table: table.id,
    fields,
    score,
    coverage,
    hasSecondCopy: headed.length > table.groups.length,
    hasOtherHeads: false,
    rows: printed,
  };
}

/** A row that prints the whole table first: blank cells of heads above it are no groups of their own. */
function wholeFirst(headed: readonly HeadedRow[], table: AcrossTable): HeadedRow[] {
  const size = table.groups.length * table.columns.length;
  const isWhole = ({ values }: HeadedRow): boolean =>
    values.length >= size && values.some(({ parsed }) => parsed.kind !== 'blank');
  return [...headed.filter(isWhole), ...headed.filter((row) => !isWhole(row))];
}

/** A group that no head names is known by its place alone, and all are where no head tells their order. */
function doubtUnnamed(
  cell: FieldReading,
  candidate: HeadedRow,
  table: AcrossTable,
  order: readonly number[],
): FieldReading {
  const group = table.groups.findIndex(({ key }) => cell.key.startsWith(`${key}.`));
  const isNamed =
    order.length === table.groups.length
      ? cell.signals.basis === 'head' || toldOrder(candidate, table) !== null
      : candidate.heads.some((head) => head.kind === 'group' && head.index === group);
  if (isAgainst(candidate, order))
    return { ...cell, signals: { ...cell.signals, label: 0, unplaced: 1, isRivalled: true } };
  if (isNamed) return cell;
  return { ...cell, signals: { ...cell.signals, label: 0 } };
}

/** Whether the heads of two groups stand side by side the other way round than the groups were taken to. */
function isAgainst({ heads }: HeadedRow, order: readonly number[]): boolean {
  const groups = heads.filter(({ kind, index }) => kind === 'group' && order.includes(index));
  return groups.some((left) =>
    groups.some(
      (right) =>
        left.row === right.row &&
        left.slot.column < right.slot.column &&
        order.indexOf(left.index) > order.indexOf(right.index),
    ),
  );
}

function withCoverage(reading: FieldReading | undefined, coverage: number): FieldReading | undefined {
  return reading && { ...reading, signals: { ...reading.signals, coverage } };
}

/** Rows of at least one group's worth of values that stand below heads of this table. */
export function headedRows(rows: readonly EvidenceRow[], table: AcrossTable): HeadedRow[] {
  const found: HeadedRow[] = [];
  let heads: Head[] = [];
  let blank: HeadedRow | null = null;
  let age = 0;
  for (const row of rows) {
    const own = row.slots.flatMap((slot) => headsOf(slot, row, table));
    const isHead = own.length > 0 && own.length >= row.slots.filter((slot) => !isValueLike(slot)).length / 2;
    if (isHead && blank) {
      found.push(blank);
      blank = null;
      heads = [];
    }
    age = isHead ? 0 : age + 1;
    if (isHead) heads = [...heads, ...own].slice(-MOST_HEADS);
    const values = row.geometry === 'stream' || !isHead ? trailingValues(row.slots) : [];
    if (isHeaded(heads, values, table) && isData(row, own, values)) {
      const candidate = { row, values, heads: headsOver(row, heads, table) };
      if (values.every((slot) => slot.parsed.kind === 'blank')) blank ??= candidate;
      else {
        found.push(candidate);
        blank = null;
        heads = [];
      }
    }
    if (age > MAX_HEAD_ROWS) heads = [];
  }
  return blank ? [...found, blank] : found;
}

/** The heads in a row's own table where these are enough: some words of the tables before it are heads as well. */
function headsOver(row: EvidenceRow, heads: readonly Head[], table: AcrossTable): readonly Head[] {
  const own = heads.filter((head) => head.row.table === row.table);
  return own.filter((head) => head.kind === 'leaf').length >= table.columns.length ? own : heads;
}

function isHeaded(heads: readonly Head[], values: readonly Slot[], table: AcrossTable): boolean {
  const leaves = heads.filter((head) => head.kind === 'leaf').length;
  const size = table.groups.length * table.columns.length;
  if (leaves >= table.columns.length - 1)
    return values.length >= table.columns.length || (values.length > 0 && isGlued(values, size));
  // Heads in pieces: the names of the groups and just as many values as the whole table has will do.
  const groups = new Set(
    heads.filter((head) => head.kind !== 'leaf').map((head) => `${head.kind}${head.index}`),
  );
  return groups.size >= table.groups.length && values.length === size;
}

function isData(row: EvidenceRow, own: readonly Head[], values: readonly Slot[]): boolean {
  const texts = row.slots.length - values.length;
  return row.geometry === 'stream' ? texts <= own.length + 2 : texts <= 1;
}

/** Order of the groups from left to right, or the groups of a small table: as printed where heads tell, else the form's. */
function groupOrder(
  candidate: HeadedRow,
  table: AcrossTable,
  placed: ReadonlyMap<string, unknown>,
): number[] {
  const all = table.groups.map((_, index) => index);
  const open = all.filter((index) => !placed.has(`${table.groups[index]?.key}.${table.columns[0]?.key}`));
  const named = [
    ...new Set(candidate.heads.filter((head) => head.kind === 'group').map((head) => head.index)),
  ];
  const leaves = candidate.heads.filter((head) => head.kind === 'leaf').length;
  const wanted = Math.round(Math.max(candidate.values.length, leaves) / table.columns.length);
  if (wanted < all.length) {
    const latest = named.filter((index) => open.includes(index)).slice(-wanted);
    return latest.length === wanted ? latest : open.slice(0, wanted);
  }
  return toldOrder(candidate, table) ?? all;
}

/** The order of all groups as the heads tell it, by their columns or by themselves; null where they do not. */
function toldOrder(candidate: HeadedRow, table: AcrossTable): number[] | null {
  return orderByColumn(candidate, table) ?? orderOfTopHeads(candidate, table);
}

/** The order of the groups by the columns of their heads; null where these cannot be the columns of the numbers below. */
function orderByColumn(candidate: HeadedRow, table: AcrossTable): number[] | null {
  if (!hasColumns(candidate.row)) return null;
  const heads = candidate.heads
    .filter((head) => head.kind === 'group')
    .sort((a, b) => a.slot.column - b.slot.column);
  const order = [...new Set(heads.map((head) => head.index))];
  const isCrowded = heads.some((head, i) => {
    const before = heads[i - 1];
    return (
      before !== undefined &&
      before.index !== head.index &&
      head.slot.column - before.slot.column < table.columns.length / 2
    );
  });
  return order.length === table.groups.length && !isCrowded ? order : null;
}

/**
 * Without columns the order of the top heads (行政复议, 行政诉讼) tells the order of the groups, or that of the heads
 * in the row below them, where the heads of one group's columns stand beside the names of the other groups.
 */
function orderOfTopHeads(candidate: HeadedRow, table: AcrossTable): number[] | null {
  const covered = coveredGroups(table);
  const named = candidate.heads.flatMap((head) => {
    if (head.kind === 'span') return inPrintedOrder(table.spans[head.index]?.groups ?? [], candidate);
    return head.kind === 'group' && !covered.has(head.index) ? [head.index] : [];
  });
  const order = [...new Set(named)];
  if (order.length === table.groups.length) return order;
  const all = [...table.groups.keys()];
  const beside = besideGroups(candidate, table);
  if (!beside) return null;
  const isLast = beside[0]?.kind === 'group';
  return isLast ? [...covered, ...all.filter((index) => !covered.has(index))] : all;
}

/** The groups under a top head as their own heads stand in one row, where each has one there. */
function inPrintedOrder(groups: readonly number[], { heads }: HeadedRow): number[] {
  const own = heads.filter((head) => head.kind === 'group' && groups.includes(head.index));
  const order = [...new Set(own.map((head) => head.index))];
  const isOneRow = own.every((head) => head.row === own[0]?.row);
  return order.length === groups.length && isOneRow ? order : [...groups];
}

/** The groups that a top head stands over. */
function coveredGroups(table: AcrossTable): ReadonlySet<number> {
  return new Set(table.spans.flatMap((span) => span.groups));
}

/** The row of heads that names covered groups beside the columns of the one group that no top head covers; else null. */
function besideGroups({ heads }: HeadedRow, table: AcrossTable): readonly Head[] | null {
  const covered = coveredGroups(table);
  const first = heads.find((head) => head.kind === 'group' && covered.has(head.index));
  const beside = heads.filter((head) => head.row === first?.row);
  return beside.filter((head) => head.kind === 'leaf').length === table.columns.length ? beside : null;
}

function placeCells(
  candidate: HeadedRow,
  table: AcrossTable,
  order: readonly number[],
  identities: readonly Identity[],
): FieldReading[] | null {
  const under = hasColumns(candidate.row) ? placeUnderHeads(candidate, table, order) : null;
  if (under) return under;
  const places = order.flatMap((group) => table.columns.map((column) => ({ group, column })));
  const keys = places.map(({ group, column }) => `${table.groups[group]?.key}.${column.key}`);
  const leaves = candidate.heads.filter((head) => head.kind === 'leaf');
  const label = Math.min(1, HEADLESS_LABEL + (1 - HEADLESS_LABEL) * (leaves.length / keys.length));
  const windows = windowsOf(candidate.values, keys.length);
  const [window] = windows.length === 1 ? windows : [];
  const chosen = window ? null : placeValues([{ keys, values: candidate.values }], new Map(), identities);
  const unplaced = Math.abs(candidate.values.length - keys.length);
  const hadColumns = hasColumns(candidate.row) || candidate.row.hadColumns === true;
  const isContradicted =
    hadColumns && leaves.length === keys.length && hasNumbersBeside(candidate.values, leaves);
  // Blank cells behind the numbers are the converter's; of those before them nobody can tell how many are.
  const isBehindBlanks = window !== undefined && window[0] !== candidate.values[0];
  const isDoubtful = isContradicted || isBehindBlanks || candidate.row.isTorn === true;
  const isRivalled = isDoubtful && window !== undefined && !addsUp(keys, window, identities);
  return places.map(({ group, column }, i) => {
    const cell = chosen?.get(keys[i] ?? '');
    const slot = window?.[i] ?? cell?.slot ?? null;
    const basis: ColumnBasis = window ? 'count' : cell?.certain ? 'identity' : 'guess';
    return reading(candidate, table, group, column, slot, {
      basis,
      unplaced: basis === 'guess' ? unplaced : isDoubtful ? 1 : 0,
      isRivalled,
      label,
    });
  });
}

/** Whether every group of a row adds up: one that stood a column off would fail to in some group. */
function addsUp(
  keys: readonly string[],
  window: readonly (Slot | null)[],
  identities: readonly Identity[],
): boolean {
  const values = new Map(keys.map((key, i) => [key, window[i]?.parsed]));
  const total = (some: readonly string[]): number =>
    some.reduce((sum, key) => {
      const parsed = values.get(key);
      return sum + (parsed?.kind === 'number' ? parsed.value : 0);
    }, 0);
  return identities
    .filter(({ sum, equals }) => [...sum, ...equals].every((key) => values.has(key)))
    .every(({ sum, equals }) => total(sum) === total(equals));
}

/** Each leaf head with the group head above it names the field of the cell below it. */
function placeUnderHeads(
  candidate: HeadedRow,
  table: AcrossTable,
  order: readonly number[],
): FieldReading[] | null {
  const leaves = candidate.heads
    .filter((head) => head.kind === 'leaf')
    .sort((a, b) => a.slot.column - b.slot.column);
  const size = table.columns.length;
  const isWhole = order.every((_, i) => namesAll(leaves.slice(i * size, (i + 1) * size), table));
  if (leaves.length !== order.length * size || !isWhole || hasNumbersBeside(candidate.values, leaves))
    return null;
  const readings: FieldReading[] = [];
  for (const [position, leaf] of leaves.entries()) {
    const group = order[Math.floor(position / size)];
    const column = table.columns[leaf.index];
    const below = candidate.row.slots.filter(
      (slot) =>
        overlap(
          slot.column,
          slot.column + slot.columnSpan,
          leaf.slot.column,
          leaf.slot.column + leaf.slot.columnSpan,
        ) > 0,
    );
    if (group === undefined || !column || below.length !== 1) return null;
    readings.push(
      reading(candidate, table, group, column, below[0] ?? null, {
        basis: 'head',
        unplaced: 0,
        isRivalled: false,
        label: leaf.score,
      }),
    );
  }
  const used = new Set(readings.map(({ slot }) => slot));
  const isShifted = candidate.values.some((slot) => slot.parsed.kind !== 'blank' && !used.has(slot));
  if (isShifted) return null;
  return used.size < readings.length ? readings.map(doubtShared) : readings;
}

/** Whether each column of a group has its head, in whatever order. */
function namesAll(leaves: readonly Head[], { columns }: AcrossTable): boolean {
  return new Set(leaves.map(({ index }) => index)).size === columns.length;
}

/** A cell under two heads is that of one of them: the other's column was lost, and whose else was nobody can tell. */
function doubtShared(cell: FieldReading): FieldReading {
  return { ...cell, signals: { ...cell.signals, unplaced: 1, isRivalled: true } };
}

/** Numbers that stand under no head: the row has slipped. */
function hasNumbersBeside(values: readonly Slot[], leaves: readonly Head[]): boolean {
  const end = Math.max(...leaves.map(({ slot }) => slot.column + slot.columnSpan));
  return values.some((slot) => slot.column >= end && slot.parsed.kind !== 'blank');
}

function reading(
  candidate: HeadedRow,
  table: AcrossTable,
  group: number,
  column: FormColumn,
  slot: Slot | null,
  found: Pick<Signals, 'basis' | 'unplaced' | 'isRivalled' | 'label'>,
): FieldReading {
  return {
    key: `${table.groups[group]?.key}.${column.key}`,
    slot,
    head: null,
    dispensable: false,
    signals: {
      geometry: candidate.row.geometry,
      margin: 1,
      table: candidate.row.tableConfidence,
      coverage: 0,
      ...found,
    },
  };
}
