import type { Cell, Document, Geometry, Table } from '../model/document.js';
import type { Evidence } from '../model/evidence.js';
import { fold } from '../text/fold.js';
import { parseCell, type ParsedCell } from '../text/parse-number.js';

/** One printed cell as the matcher sees it. `column` is its place in its row's grid, meaningful for exact and aligned tables. */
export interface Slot {
  readonly text: string;
  readonly parsed: ParsedCell;
  /** A bare unit name (条, 件) beside a label, which is no part of it. */
  readonly isUnit: boolean;
  /** Digits that are no number by themselves (`00`), as torn numbers leave them. */
  readonly isDigits: boolean;
  readonly column: number;
  readonly columnSpan: number;
  readonly rowSpan: number;
  readonly evidence: Evidence;
  /** The printed cell whose whole text this is: no cell may serve two fields. Null for a piece of a longer text. */
  readonly cell: Evidence | null;
  /** The row of its table, where it stands in one; it tells what stood side by side once rows are cut anew. */
  readonly printedRow?: number;
  /** Nothing is printed here, in a column of labels: the label beside it covers the place. */
  readonly isCovered?: boolean;
  /** Probability that the text is what is printed, where it was read from a picture. */
  readonly readingConfidence?: number;
}

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
    if (block.kind !== 'table' || !next || next.kind === 'table' || !/^[\d.,]+$/.test(fold(next.text)))
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
  return groupBy(kept, (row) => row.table).flatMap((group) => streamRows(group));
}

/** Cells of a row that nothing is printed in: where they stand among the values of a row above it nobody can tell. */
function isBlankRow(row: EvidenceRow): boolean {
  return row.slots.every((slot) => slot.parsed.kind === 'blank');
}

function rowsOfTable(table: Table): EvidenceRow[] {
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
  return table.geometry === 'stream' ? streamRows(rows) : markCovered(rows);
}

/** A column of labels holds at least so many texts, and so many for each value. */
const LABEL_COLUMN = { fewestTexts: 4, textsForAValue: 2 } as const;

/** Marks the blank cells in columns of labels, in tables that have columns. */
function markCovered(rows: readonly EvidenceRow[]): EvidenceRow[] {
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
  return rows.map((row) => ({
    ...row,
    slots: row.slots.map((slot) => (isCovered(slot) ? { ...slot, isCovered: true } : slot)),
  }));
}

function slotOf(cell: Cell): Slot {
  const slot = makeSlot(cell.text, cell.columnIndex, cell.evidence);
  const reading = cell.confidence === undefined ? {} : { readingConfidence: cell.confidence };
  return {
    ...slot,
    columnSpan: cell.columnSpan,
    rowSpan: cell.rowSpan,
    printedRow: cell.rowIndex,
    ...reading,
  };
}

/** A cell of one row and column. */
export function makeSlot(text: string, column: number, evidence: Evidence): Slot {
  const parsed = parseCell(text);
  const isUnit = parsed.kind === 'text' && UNIT_NAMES.has(fold(text));
  const isDigits = parsed.kind === 'text' && /^\d+[.,]?$/.test(fold(text));
  return { text, parsed, isUnit, isDigits, column, columnSpan: 1, rowSpan: 1, evidence, cell: evidence };
}

/** Cuts a sequence of cells into rows: a text behind a value opens the next row. */
function streamRows(rows: readonly EvidenceRow[]): EvidenceRow[] {
  const first = rows[0];
  if (!first) return [];
  const cut: Slot[][] = [];
  let previousWasValue = true;
  for (const slot of rows.flatMap((row) => row.slots)) {
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

/** A number or a piece of one, a mark, or nothing: what may stand where the form expects a number. */
export function isValueLike(slot: Slot): boolean {
  return slot.parsed.kind !== 'text' || slot.isDigits;
}

/** The values behind the last text of a row. */
export function trailingValues(slots: readonly Slot[]): Slot[] {
  let start = slots.length;
  while (start > 0 && isValueLike(slots[start - 1] as Slot)) start--;
  return slots.slice(start);
}

const UNIT_NAMES = new Set([
  '条',
  '件',
  '次',
  '篇',
  '个',
  '人',
  '万元',
  '元',
  '人次',
  '期',
  '单位',
  '份',
  '批次',
  '期次',
]);

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
