import type { Cell, Document, Geometry, Table } from '../model/document.js';
import { parseCell } from '../text/parse-number.js';
import { closeBrackets } from './close-brackets.js';
import { isValueLike, makeSlot, type Slot } from './slot.js';
import { fillBehindUnits } from './unit-rows.js';

/** One row of a table as printed, before anything is known about its meaning. */
export interface EvidenceRow {
  readonly table: number;
  readonly row: number;
  readonly geometry: Geometry;
  readonly tableConfidence: number;
  /** Every cell that starts in this row, left to right. */
  readonly slots: readonly Slot[];
  /** Whether its numbers may belong to another row: they, or its label, were found apart. */
  readonly isTorn?: boolean;
  /** Its label is the form's: only the order in which labels and numbers were found apart from each other joins them. */
  readonly isUnlabelled?: boolean;
  /** Its column numbers were set aside, because the row does not fit them. */
  readonly hadColumns?: boolean;
}

/** The rows of each printed table. */
export function tablesOf(rows: readonly EvidenceRow[]): EvidenceRow[][] {
  const tables: EvidenceRow[][] = [];
  for (const row of rows) {
    if (tables.at(-1)?.[0]?.table === row.table) tables.at(-1)?.push(row);
    else tables.push([row]);
  }
  return tables;
}

/** Whether the column numbers of a row mean anything. */
export function hasColumns(row: EvidenceRow): boolean {
  return row.geometry === 'exact' || row.geometry === 'aligned';
}

/** Rows of all tables of a document in reading order. */
export function evidenceRows(document: Document): EvidenceRow[] {
  const cut = cutTables(document);
  return document.tables.flatMap((table) => {
    const rows = rowsOfTable(table);
    return cut.has(table.tableIndex)
      ? rows.map((row, i) => (i === rows.length - 1 ? { ...row, isTorn: true } : row))
      : rows;
  });
}

/** In a text the next line starts this many characters behind a line's end, at most. */
const LINE_END = 2;

/** Tables that a number follows at once: it may be the end of the last number, broken within its cell, or its row's. */
function cutTables({ blocks, tables }: Document): ReadonlySet<number> {
  const cut = new Set<number>();
  blocks.forEach((block, i) => {
    const next = blocks[i + 1];
    if (block.kind !== 'table' || !next || next.kind === 'table' || parseCell(next.text).kind !== 'number')
      return;
    const ends = (tables[block.tableIndex]?.cells ?? []).map(({ evidence }) =>
      evidence.kind === 'span' ? evidence.end : Infinity,
    );
    const start = next.evidence.kind === 'span' ? next.evidence.start : Infinity;
    if (start - Math.max(0, ...ends) <= LINE_END) cut.add(block.tableIndex);
  });
  return cut;
}

/**
 * The same rows with less trust: `ordered` forgets column numbers, `stream` forgets row ends as well and makes a
 * row of every run of texts with the values behind it.
 */
export function degradeRows(rows: readonly EvidenceRow[], geometry: 'ordered' | 'stream'): EvidenceRow[] {
  if (geometry === 'ordered')
    return rows.map((row) => ({
      ...row,
      geometry: weaker(row.geometry, 'ordered'),
      hadColumns: hasColumns(row),
    }));
  const kept = rows.filter((row) => row.geometry === 'stream' || !isBlankRow(row));
  return groupBy(kept, (row) => row.table).flatMap((group) => streamRows(fillBehindUnits(group)));
}

/** Cells of a row that nothing is printed in: where they stand among the values of a row above it nobody can tell. */
function isBlankRow(row: EvidenceRow): boolean {
  return row.slots.every((slot) => slot.parsed.kind === 'blank');
}

function rowsOfTable(table: Table): readonly EvidenceRow[] {
  const byRow = new Map<number, Cell[]>();
  for (const cell of table.cells) {
    const row = byRow.get(cell.rowIndex);
    if (row) row.push(cell);
    else byRow.set(cell.rowIndex, [cell]);
  }
  const rows = [...byRow.entries()]
    .sort(([a], [b]) => a - b)
    .map(([row, cells]) => ({
      table: table.tableIndex,
      row,
      geometry: table.geometry,
      tableConfidence: table.confidence,
      slots: cells.sort((a, b) => a.columnIndex - b.columnIndex).map(slotOf),
    }));
  if (table.geometry === 'stream') return streamRows(fillBehindUnits(rows));
  return markCovered(table.geometry === 'ordered' ? fillBehindUnits(rows) : rows.map(emptier(rows)));
}

/**
 * A column of labels holds at least so many texts, and so many for each value; where its empty places are filled with
 * marks, so many of them at least: fewer may be values of rows that slipped to the left.
 */
const LABEL_COLUMN = { fewestTexts: 4, textsForAValue: 2, fewestMarks: 3 } as const;

/**
 * Empties the cells that hold a mark for nothing (-, /) in columns of labels: those that hold no number, a text before a
 * place for values in at least as many rows as a mark, and values behind most of their marks.
 */
function emptier(rows: readonly EvidenceRow[]): (row: EvidenceRow) => EvidenceRow {
  const counts = new Map<number, { labels: number; marks: number; before: number; numbers: number }>();
  for (const { slots } of rows.filter(hasColumns)) {
    const lastPlace = slots.findLast(isValueLike)?.column ?? 0;
    const lastValue =
      slots.findLast((slot) => isValueLike(slot) && slot.parsed.kind !== 'blank')?.column ?? 0;
    for (const slot of slots) {
      const count = counts.get(slot.column) ?? { labels: 0, marks: 0, before: 0, numbers: 0 };
      counts.set(slot.column, count);
      if (slot.parsed.kind === 'mark') {
        count.marks++;
        if (slot.column < lastValue) count.before++;
      } else if (slot.parsed.kind === 'number' || slot.isDigits) count.numbers++;
      else if (slot.parsed.kind === 'text' && slot.column < lastPlace) count.labels++;
    }
  }
  const fillings = new Set(
    [...counts].flatMap(([column, { labels, marks, before, numbers }]) =>
      numbers === 0 &&
      labels >= Math.max(LABEL_COLUMN.fewestTexts, marks) &&
      marks >= LABEL_COLUMN.fewestMarks &&
      before * 2 > marks
        ? [column]
        : [],
    ),
  );
  // The first column of a row has no level above it that it could lack.
  const isFilling = (slot: Slot, order: number): boolean =>
    order > 0 && slot.parsed.kind === 'mark' && fillings.has(slot.column);
  const emptied = (slot: Slot, order: number): Slot =>
    isFilling(slot, order) ? { ...slot, text: '', parsed: { kind: 'blank' } } : slot;
  return (row) =>
    hasColumns(row) && row.slots.some(isFilling) ? { ...row, slots: row.slots.map(emptied) } : row;
}

/** Marks the blank cells in columns of labels, in tables that have columns. */
function markCovered(rows: readonly EvidenceRow[]): readonly EvidenceRow[] {
  const counts = new Map<number, { texts: number; values: number }>();
  for (const slot of rows.filter(hasColumns).flatMap((row) => row.slots)) {
    const count = counts.get(slot.column) ?? { texts: 0, values: 0 };
    counts.set(slot.column, count);
    if (!isValueLike(slot)) count.texts++;
    else if (slot.parsed.kind !== 'blank') count.values++;
  }
  const covered = new Set(
    [...counts].flatMap(([column, { texts, values }]) =>
      texts >= LABEL_COLUMN.fewestTexts && texts >= values * LABEL_COLUMN.textsForAValue ? [column] : [],
    ),
  );
  const isCovered = (slot: Slot): boolean => slot.parsed.kind === 'blank' && covered.has(slot.column);
  return rows.map((row) =>
    row.slots.some(isCovered)
      ? { ...row, slots: row.slots.map((slot) => (isCovered(slot) ? { isCovered: true, ...slot } : slot)) }
      : row,
  );
}

function slotOf(cell: Cell): Slot {
  const slot = makeSlot(cell.text, cell.columnIndex, cell.evidence);
  const { columnSpan, rowSpan, rowIndex: printedRow, confidence } = cell;
  const reading = confidence === undefined ? {} : { readingConfidence: confidence };
  return { printedRow, ...reading, ...slot, columnSpan, rowSpan };
}

/** Cuts a sequence of cells into rows: a text behind a value opens the next row. */
function streamRows(rows: readonly EvidenceRow[]): EvidenceRow[] {
  const first = rows[0];
  if (!first) return [];
  const cut: Slot[][] = [];
  let previousWasValue = true;
  for (const slot of closeBrackets(rows.flatMap((row) => row.slots))) {
    const isValue = isValueLike(slot);
    if (!isValue && previousWasValue) cut.push([]);
    if (cut.length === 0) cut.push([]);
    cut.at(-1)?.push(slot);
    previousWasValue = isValue;
  }
  return cut.map((slots, row) => ({
    table: first.table,
    row,
    geometry: 'stream',
    tableConfidence: first.tableConfidence,
    slots: slots.map((slot, column) => ({ ...slot, column, columnSpan: 1 })),
  }));
}

const TRUST: readonly Geometry[] = ['exact', 'aligned', 'ordered', 'stream'];

function weaker(a: Geometry, b: Geometry): Geometry {
  return TRUST.indexOf(a) > TRUST.indexOf(b) ? a : b;
}

function groupBy<T>(items: readonly T[], key: (item: T) => number): T[][] {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}
