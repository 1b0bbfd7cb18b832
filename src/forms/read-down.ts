import { alignRows, formLines, type RowAlignment, type RowMatch, trailingValues } from './align-rows.js';
import { assignColumns, findHeads, type Heads } from './assign-columns.js';
import { type EvidenceRow, isValueLike, type Slot } from './evidence-rows.js';
import { type DownTable, downKey, type FormBlock, type FormColumn, type FormRow } from './form.js';
import type { FieldReading, Signals, TableReading } from './form-reading.js';

/** Reads a table whose rows are labelled on the left: tables two and three, and the statistics of form 2014. */
export function readDown(rows: readonly EvidenceRow[], table: DownTable): TableReading {
  const joined = joinSplitRows(rows);
  const alignment = alignRows(joined, table);
  const data = alignment.matches.filter((match) => match.line.row.kind === 'data');
  const coverage = coverageOf(table, data);
  const heads = headsOfBlocks(joined, table, alignment);
  const fields = table.blocks.flatMap((block) =>
    block.rows
      .filter((row) => row.kind === 'data')
      .flatMap((row) => {
        const match = data.find((candidate) => candidate.line.row === row && candidate.line.block === block);
        return readRow(table, block, row, match, joined, heads, coverage);
      }),
  );
  return { table: table.id, fields, coverage, score: alignment.score + headScore(heads) };
}

/** A label whose numbers stand on the next line is one row with it. */
function joinSplitRows(rows: readonly EvidenceRow[]): EvidenceRow[] {
  const joined: EvidenceRow[] = [];
  for (const row of rows) {
    const previous = joined.at(-1);
    if (previous && isBareLabel(previous) && isBareValues(row) && previous.table === row.table && isLoose(row)) {
      const texts = previous.slots.filter((slot) => !isValueLike(slot));
      joined[joined.length - 1] = { ...previous, slots: [...texts, ...row.slots] };
    } else joined.push(row);
  }
  return joined;
}

function isLoose(row: EvidenceRow): boolean {
  return row.geometry === 'ordered' || row.geometry === 'stream';
}

function isBareLabel(row: EvidenceRow): boolean {
  return row.slots.some((slot) => !isValueLike(slot)) && trailingValues(row.slots).every(isBlank);
}

function isBareValues(row: EvidenceRow): boolean {
  return row.slots.every(isValueLike) && !row.slots.every(isBlank);
}

function isBlank(slot: Slot): boolean {
  return slot.parsed.kind === 'blank';
}

/** Share of the form's data rows that were found; an optional row that is printed stands for its parts. */
function coverageOf(table: DownTable, data: readonly RowMatch[]): number {
  const lines = formLines(table).filter(({ row }) => row.kind === 'data');
  const found = new Set(data.map((match) => match.line.row));
  const standIns = lines.filter(({ row }) => row.optional === true && found.has(row)).map(({ row }) => `${row.key}.`);
  const expected = lines.filter(
    ({ row }) => row.optional !== true && (found.has(row) || !standIns.some((whole) => row.key.startsWith(whole))),
  );
  return expected.filter(({ row }) => found.has(row)).length / expected.length;
}

/** Heads of each block in each printed table: those between the rows before the block and its first numbers. */
function headsOfBlocks(rows: readonly EvidenceRow[], table: DownTable, alignment: RowAlignment): Map<FormBlock, HeadsFor> {
  const result = new Map<FormBlock, HeadsFor>();
  let previousEnd = -1;
  for (const block of table.blocks) {
    const indexes = alignment.matches
      .filter((match) => match.line.block === block && match.line.row.kind === 'data')
      .map((match) => match.index);
    const first = indexes[0];
    if (first === undefined) continue;
    const above = rows.slice(previousEnd + 1, first).filter((row) => row.table === rows[first]?.table);
    result.set(block, { table: rows[first]?.table ?? -1, heads: findHeads(above, block.columns) });
    previousEnd = indexes.at(-1) ?? previousEnd;
  }
  return result;
}

interface HeadsFor {
  /** The printed table whose columns the heads name. */
  readonly table: number;
  readonly heads: Heads;
}

function headScore(heads: ReadonlyMap<FormBlock, HeadsFor>): number {
  let score = 0;
  for (const [block, found] of heads) {
    score += found.heads.filter((head) => head !== null).length / Math.max(1, block.columns.length);
  }
  return score;
}

function readRow(
  table: DownTable,
  block: FormBlock,
  row: FormRow,
  match: RowMatch | undefined,
  rows: readonly EvidenceRow[],
  heads: ReadonlyMap<FormBlock, HeadsFor>,
  coverage: number,
): FieldReading[] {
  const printed = match && rows[match.index];
  if (!match || !printed) return block.columns.map((column) => absent(downKey(table, row, column), coverage));
  const known = heads.get(block);
  const usable = known?.table === printed.table ? known.heads : block.columns.map(() => null);
  const assignment = assignColumns(printed, block.columns, usable);
  const signals: Signals = {
    geometry: printed.geometry,
    label: match.label,
    margin: match.margin,
    basis: assignment.basis,
    table: printed.tableConfidence,
    coverage,
    unplaced: assignment.unplaced,
  };
  return block.columns.map((column: FormColumn, i) => ({
    key: downKey(table, row, column),
    slot: assignment.slots[i] ?? null,
    head: known?.heads[i]?.text ?? null,
    signals,
  }));
}

/** Nothing was found for a field. */
export function absent(key: string, coverage: number): FieldReading {
  return {
    key,
    slot: null,
    head: null,
    signals: { geometry: 'stream', label: 0, margin: 0, basis: 'guess', table: 0, coverage, unplaced: 0 },
  };
}
