import { alignRows, type RowAlignment, type RowMatch } from './align-rows.js';
import { assignColumns, type ColumnAssignment, findHeads, type FoundHeads } from './assign-columns.js';
import type { EvidenceRow } from './evidence-rows.js';
import { isValueLike, trailingValues } from './slot.js';
import { trustEvenTables } from './even-tables.js';
import { doubted, doubtLines, type ReadLine, rivalled } from './doubt-lines.js';
import { doubtRows, isBlank } from './doubt-rows.js';
import { type DownTable, downKey, type FormBlock, type Identity } from './form.js';
import { areForeign } from './foreign-heads.js';
import { type FormLine, formLines } from './form-lines.js';
import { tellOtherOrder } from './head-order.js';
import type { FieldReading, Signals, TableReading } from './form-reading.js';
import { isPieceOfOther } from './rival-rows.js';
import { joinSplitRows } from './split-rows.js';
import { placeValues } from './place-values.js';

/** Printed rows, those that one row was split into joined again, with what each of them is in a table of the form. */
export interface AlignedTable {
  readonly rows: readonly EvidenceRow[];
  readonly alignment: RowAlignment;
}

/** Finds the rows of a table whose rows are labelled on the left. */
export function alignTable(rows: readonly EvidenceRow[], table: DownTable): AlignedTable {
  const joined = joinSplitRows(rows, formLines(table));
  return { rows: joined, alignment: alignRows(joined, table) };
}

/** The most that `readDown` can make of an aligned table: all heads of its columns found. */
export function boundOf({ alignment }: AlignedTable, table: DownTable): number {
  return alignment.score + table.blocks.length;
}

/** Reads an aligned table: tables two and three, and the statistics of form 2014. */
export function readDown(
  { rows: joined, alignment }: AlignedTable,
  table: DownTable,
  identities: readonly Identity[],
): TableReading {
  const placed = handDown(alignment.matches, joined, formLines(table));
  const matches = doubtRows(placed, joined, formLines(table));
  const data = matches.filter((match) => match.line.row.kind === 'data');
  const heads = headsOfBlocks(joined, table, matches);
  const lines = formLines(table)
    .filter(({ row }) => row.kind === 'data')
    .map((line) => readLine(table, line, data, joined, heads));
  const settled = settleOpenLines(doubtLines(lines, identities), identities);
  const coverage = coverageOf(table, data);
  // Where many rows are printed twice, no row can be sure to be the report's own.
  const explained = coverage * (1 - alignment.leftOver);
  const fields = trustEvenTables(settled).flatMap((line) =>
    lineFields(line, explained, isDispensable(line, settled)),
  );
  return {
    table: table.id,
    fields,
    coverage,
    score: alignment.score + headScore(heads),
    hasSecondCopy: alignment.hasSecondCopy,
    hasOtherHeads: [...heads.values()].some(({ isForeign, isDisordered }) => isForeign || isDisordered),
    rows: alignment.matches.map(({ index, line, label, margin }) => ({
      key: line.row.key || (line.row.labels[0] ?? ''),
      label,
      margin,
      printed: joined[index]?.slots.map((slot) => slot.text) ?? [],
    })),
  };
}

/**
 * Numbers beside the name of a group whose first row was found nowhere are that row's: they were set in the middle of
 * its label, where the group's name stands too. The group could have numbers of its own, so the row is doubtful.
 */
function handDown(
  matches: readonly RowMatch[],
  rows: readonly EvidenceRow[],
  lines: readonly FormLine[],
): RowMatch[] {
  const found = new Set(matches.map(({ line }) => line));
  return matches.map((match) => {
    const at = lines.indexOf(match.line);
    const part = lines[at + 1];
    const values = trailingValues(rows[match.index]?.slots ?? []);
    const isFilled = values.length >= match.line.block.columns.length && !values.every(isBlank);
    if (!part || part.block !== match.line.block || part.row.kind !== 'data' || found.has(part) || !isFilled)
      return match;
    const hasOthers = partsOf(lines, at).some((line) => line !== part && found.has(line));
    return hasOthers ? { ...match, line: part, label: 0, margin: 0, isAmbiguous: true } : match;
  });
}

/** The rows that the group, or the row that may stand for its parts, at `index` is made of. */
function partsOf(lines: readonly FormLine[], index: number): FormLine[] {
  const whole = lines[index]?.row;
  if (!whole) return [];
  const below = lines.slice(index + 1);
  if (whole.kind !== 'group')
    return whole.optional === true ? below.filter(({ row }) => row.key.startsWith(`${whole.key}.`)) : [];
  const end = below.findIndex(({ row }) => row.kind !== 'data' || row.optional === true);
  return end < 0 ? below : below.slice(0, end);
}

function readLine(
  table: DownTable,
  line: FormLine,
  data: readonly RowMatch[],
  rows: readonly EvidenceRow[],
  heads: ReadonlyMap<FormBlock, HeadsFor>,
): ReadLine {
  const match =
    data.find((candidate) => candidate.line.row === line.row && candidate.line.block === line.block) ?? null;
  const printed = (match && rows[match.index]) ?? null;
  const known = heads.get(line.block);
  const none = line.block.columns.map(() => null);
  const usable = known && (known.table === printed?.table ? known : headless(known));
  const assignment = printed && assignColumns(printed, line.block.columns, usable?.heads ?? none);
  return {
    row: line.row,
    keys: line.block.columns.map((column) => downKey(table, line.row, column)),
    heads: known?.heads ?? none,
    match,
    printed,
    assignment: assignment && usable ? doubtHeads(assignment, usable) : assignment,
    chosen: new Map(),
  };
}

/**
 * The heads of another printed table, which goes on without any: they tell no columns there, but if they are in another
 * order than the form's, so are its columns.
 */
function headless(known: HeadsFor): HeadsFor {
  const found = known.heads.filter((head) => head !== null);
  const isPermuted = found.some((head, i) => head.column < (found[i - 1]?.column ?? 0));
  const isDisordered = known.isDisordered || isPermuted;
  return { ...known, heads: known.heads.map(() => null), isStray: false, isDisordered };
}

/**
 * What stands under a head may belong to the column whose own head is printed elsewhere, and cells that were counted to
 * other columns where the heads are out of order, or name columns that the form lacks.
 */
function doubtHeads(
  assignment: ColumnAssignment,
  { isStray, isDisordered, isForeign }: HeadsFor,
): ColumnAssignment {
  const isDoubtful = assignment.basis === 'head' ? isStray : isDisordered;
  if (isForeign || (isDoubtful && isDisordered)) return rivalled(assignment);
  return isDoubtful ? doubted(assignment) : assignment;
}

/** Rows with fewer or more values than columns: lets the identities say where each value belongs, if they can. */
function settleOpenLines(lines: readonly ReadLine[], identities: readonly Identity[]): ReadLine[] {
  const open = lines.filter((line) => isOpen(line.assignment));
  if (open.length === 0) return [...lines];
  const known = knownValues(lines);
  const openKeys = new Set(open.flatMap((line) => line.keys));
  const whole = identities.filter((identity) =>
    [...identity.sum, ...identity.equals].every((key) => known.has(key) || openKeys.has(key)),
  );
  const placed = placeValues(
    open.map((line) => ({ keys: line.keys, values: line.assignment?.values ?? [] })),
    known,
    whole,
  );
  return lines.map((line) => (isOpen(line.assignment) ? { ...line, chosen: placed } : line));
}

function isOpen(assignment: ColumnAssignment | null): boolean {
  return assignment?.basis === 'guess' && assignment.slots.every((slot) => slot === null);
}

/**
 * Values of the settled cells; blanks count 0 as they do in the form's sums, and so do rows that a report of this form
 * need not print. A row that should be there and was not found is unknown, not 0.
 */
function knownValues(lines: readonly ReadLine[]): Map<string, number> {
  const known = new Map<string, number>();
  for (const line of lines) {
    if (isOpen(line.assignment) || (!line.assignment && !isDispensable(line, lines))) continue;
    line.keys.forEach((key, i) => {
      const parsed = line.assignment?.slots[i]?.parsed;
      known.set(key, parsed?.kind === 'number' ? parsed.value : 0);
    });
  }
  return known;
}

/** An optional row, or one that a printed optional row stands for. */
function isDispensable(line: ReadLine, lines: readonly ReadLine[]): boolean {
  const standIn = (other: ReadLine): boolean =>
    other.row.optional === true && other.assignment !== null && line.row.key.startsWith(`${other.row.key}.`);
  return line.row.optional === true || lines.some(standIn);
}

function lineFields(line: ReadLine, coverage: number, dispensable: boolean): FieldReading[] {
  const { match, printed, assignment } = line;
  if (!match || !printed || !assignment) return line.keys.map((key) => absent(key, coverage, dispensable));
  const signals: Signals = {
    geometry: printed.geometry,
    label: printed.isUnlabelled ? 0 : match.label,
    margin: match.margin,
    basis: assignment.basis,
    table: printed.tableConfidence,
    coverage,
    unplaced: assignment.unplaced + (isDoubtful(match, printed) ? 1 : 0),
    isRivalled: match.isOutOfStep || isPieceOfOther(match.label, match.margin) || assignment.isRivalled,
  };
  return line.keys.map((key, i) => {
    const chosen = line.chosen.get(key);
    const basis = chosen?.certain ? ('identity' as const) : signals.basis;
    return {
      key,
      slot: chosen ? chosen.slot : (assignment.slots[i] ?? null),
      head: line.heads[i]?.text ?? null,
      dispensable,
      signals: {
        ...signals,
        basis,
        unplaced:
          chosen?.certain && !assignment.isRivalled && !isDoubtful(match, printed) ? 0 : signals.unplaced,
      },
    };
  });
}

/** Whether a row's numbers may be those of another. */
function isDoubtful(match: RowMatch, printed: EvidenceRow): boolean {
  return (
    printed.isTorn === true ||
    match.isAmbiguous ||
    match.isOutOfStep ||
    hasTwoUnits(printed) ||
    endsInNumber(printed) ||
    holdsLetterOfLabel(match, printed)
  );
}

/** No label of a form ends in a number: one that does ran into the row's first value, and a blank may stand for that. */
function endsInNumber({ slots }: EvidenceRow): boolean {
  const label = slots.findLast((slot) => !isValueLike(slot) && !slot.isUnit);
  return label !== undefined && /[\d０-９]\s*$/.test(label.text);
}

/** A mark that is a word (无) may be a piece of the row's own label (4.无正当理由大量反复申请), where that lacks it. */
function holdsLetterOfLabel({ line }: RowMatch, { slots }: EvidenceRow): boolean {
  const label = line.row.labels[0] ?? '';
  const marks = slots.filter(({ parsed }) => parsed.kind === 'mark').map(({ text }) => text.trim());
  return marks.some(
    (mark) =>
      /\p{Script=Han}/u.test(mark) &&
      label.includes(mark) &&
      !slots.some((slot) => !isValueLike(slot) && slot.text.includes(mark)),
  );
}

/** Two units side by side are those of two rows that ran together. */
function hasTwoUnits({ slots }: EvidenceRow): boolean {
  return slots.some((slot, i) => (slot.isUnit && slots[i + 1]?.isUnit === true) || isUnitTwice(slot.text));
}

function isUnitTwice(text: string): boolean {
  return /^(\p{Script=Han}{1,2})\s+\1$/u.test(text.trim());
}

/** Share of the form's data rows that were found; an optional row that is printed stands for its parts. */
function coverageOf(table: DownTable, data: readonly RowMatch[]): number {
  const lines = formLines(table).filter(({ row }) => row.kind === 'data');
  const found = new Set(data.map((match) => match.line.row));
  const standIns = lines
    .filter(({ row }) => row.optional === true && found.has(row))
    .map(({ row }) => `${row.key}.`);
  const expected = lines.filter(
    ({ row }) =>
      row.optional !== true && (found.has(row) || !standIns.some((whole) => row.key.startsWith(whole))),
  );
  return expected.filter(({ row }) => found.has(row)).length / expected.length;
}

/** Heads of each block in each printed table: those between the rows before the block and its first numbers. */
function headsOfBlocks(
  rows: readonly EvidenceRow[],
  table: DownTable,
  matches: readonly RowMatch[],
): Map<FormBlock, HeadsFor> {
  const result = new Map<FormBlock, HeadsFor>();
  let previousEnd = -1;
  for (const block of table.blocks) {
    const indexes = matches
      .filter((match) => match.line.block === block && match.line.row.kind === 'data')
      .map((match) => match.index);
    const first = indexes[0];
    if (first === undefined) continue;
    const above = rows.slice(previousEnd + 1, first).filter((row) => row.table === rows[first]?.table);
    const found = findHeads(above, block.columns);
    const isForeign = areForeign(above, rows[first], block.columns);
    const isDisordered =
      rows[first]?.geometry === 'exact'
        ? found.isDisordered
        : tellOtherOrder(above, rows[first], block, found.isDisordered);
    result.set(block, { table: rows[first]?.table ?? -1, ...found, isDisordered, isForeign });
    previousEnd = indexes.at(-1) ?? previousEnd;
  }
  return result;
}

interface HeadsFor extends FoundHeads {
  /** The printed table whose columns the heads name. */
  readonly table: number;
  /** They name other columns than the form's. */
  readonly isForeign: boolean;
}

function headScore(heads: ReadonlyMap<FormBlock, HeadsFor>): number {
  let score = 0;
  for (const [block, found] of heads) {
    score += found.heads.filter((head) => head !== null).length / Math.max(1, block.columns.length);
  }
  return score;
}

/** Nothing was found for a field. */
export function absent(key: string, coverage: number, dispensable: boolean): FieldReading {
  return {
    key,
    slot: null,
    head: null,
    dispensable,
    signals: {
      geometry: 'stream',
      label: 0,
      margin: 0,
      basis: 'guess',
      table: 0,
      coverage,
      unplaced: 0,
      isRivalled: false,
    },
  };
}
