import type { Document } from '../model/document.js';
import type { Evidence } from '../model/evidence.js';
import { degradeRows, type EvidenceRow, evidenceRows } from './evidence-rows.js';
import type { DownTable, FormColumn, FormDefinition, FormTable, Identity } from './form.js';
import type { FormReading, TableReading } from './form-reading.js';
import { withoutForeignColumns } from './foreign-columns.js';
import { joinHalves } from './join-halves.js';
import { ownCopies } from './own-copies.js';
import { partLines } from './part-lines.js';
import { unfoldTables } from './unfold-tables.js';
import { readAcross } from './read-across.js';
import { absent, type AlignedTable, alignTable, boundOf, readDown } from './read-down.js';
import { FORMS } from './registry.js';
import { forgetRows } from './score-rows.js';
import { blockRows } from './stream-blocks.js';
import { columnRows } from './stream-columns.js';
import { scatteredHeadRows, streamHeadRows } from './stream-heads.js';
import { streamRows } from './stream-rows.js';
import { streamText, type StreamText } from './stream-text.js';

/** Settings of the choice between forms and readings. */
const READ_SETTINGS = {
  /** A form is there when at least this share of one table's rows was found. */
  minCoverage: 0.25,
  /** What a report year inside the form's years is worth, in rows. */
  yearBonus: 4,
  /** A form that explains so many rows, and this share, less than the best one is out of the race. */
  rivalRows: 8,
  rivalShare: 0.5,
  /** What a cell counts that was only guessed. */
  guessShare: 0.5,
  /** A reading with so large a share of its fields is filled in where another one knows more. */
  mostlyRead: 0.5,
  /** A lead of so many rows over the second form makes the choice certain; nothing is more certain than … */
  sureLead: 4,
  surest: 0.999,
} as const;

/**
 * Finds the official form in a document's tables and, for each of its fields, the printed cell; null where no table
 * of any form is there. `year` is the report's year where it is known.
 */
export function readForm(document: Document, year: number | null): FormReading | null {
  const reading = findForm(document, year);
  forgetRows();
  return reading;
}

function findForm(document: Document, year: number | null): FormReading | null {
  const own = ownCopies(document, evidenceRows(document), year);
  const reader = new TableReader(own.document, own.rows, year);
  const [best, second] = withRivals(improve(contenders(reader, year), reader, year), reader, year);
  if (!best || !best.tables.some((table) => table.coverage >= READ_SETTINGS.minCoverage)) return null;
  return {
    form: best.form,
    confidence: Math.min(
      READ_SETTINGS.surest,
      0.5 + (best.score - (second?.score ?? 0)) / (2 * READ_SETTINGS.sureLead),
    ),
    tables: withoutSharedCells(best.tables).map((table) =>
      doubtFields(table, (key) => own.doubted.has(table.table) || own.doubtedKeys.has(key)),
    ),
    runnerUp: second && second.score > 0 ? second.form.id : null,
  };
}

/**
 * The forms that explain the tables best at first sight; those that cannot come near them are not even read. Where the best
 * one finds everything, nothing is gained by another one that leaves no doubt of the choice.
 */
function contenders(reader: TableReader, year: number | null): ScoredForm[] {
  const byBound = [...FORMS].sort((a, b) => reader.bound(b, year) - reader.bound(a, year));
  const plain: ScoredForm[] = [];
  let reach = -Infinity;
  for (const form of byBound) {
    if (reader.bound(form, year) < reach) continue;
    plain.push(readAs(form, year, (table) => reader.plain(table, form)));
    reach = reachOf(plain);
  }
  return plain.filter(({ score }) => score >= reach);
}

/** The score that a form needs to matter beside those that were read. */
function reachOf(readings: readonly ScoredForm[]): number {
  const top = Math.max(...readings.map(({ score }) => score));
  if (readings.some((reading) => reading.score === top && isWhole(reading)))
    return top - READ_SETTINGS.sureLead;
  return top - Math.max(READ_SETTINGS.rivalRows, top * READ_SETTINGS.rivalShare);
}

/** The readings with less trust in the source where that leaves fewer gaps, unless the best one has none. */
function improve(readings: readonly ScoredForm[], reader: TableReader, year: number | null): ScoredForm[] {
  const top = Math.max(...readings.map(({ score }) => score));
  if (readings.some((reading) => reading.score === top && isWhole(reading))) return [...readings];
  return readings.map((reading) =>
    isWhole(reading) ? reading : readAs(reading.form, year, (table) => reader.improved(table, reading.form)),
  );
}

/** The readings best first, among them every form that comes so near to the best one that the choice is not certain. */
function withRivals(readings: readonly ScoredForm[], reader: TableReader, year: number | null): ScoredForm[] {
  const near = Math.max(...readings.map(({ score }) => score)) - READ_SETTINGS.sureLead;
  return FORMS.flatMap((form) => {
    const known = readings.find((reading) => reading.form === form);
    if (known) return [known];
    return reader.bound(form, year) >= near ? [readAs(form, year, (table) => reader.plain(table, form))] : [];
  }).sort((a, b) => b.score - a.score);
}

/**
 * Takes printed cells that two tables of the form lay claim to from the one that was found less completely: every cell
 * is used once at most.
 */
function withoutSharedCells(tables: readonly TableReading[]): TableReading[] {
  const owner = new Map<Evidence, TableReading>();
  for (const table of [...tables].sort((a, b) => b.coverage - a.coverage)) {
    for (const { slot } of table.fields) if (slot?.cell && !owner.has(slot.cell)) owner.set(slot.cell, table);
  }
  return tables.map((table) => ({
    ...table,
    fields: table.fields.map((field) => {
      const cell = field.slot?.cell;
      if (!cell || owner.get(cell) === table) return field;
      return { ...absent(field.key, table.coverage, field.dispensable), head: field.head };
    }),
  }));
}

/** Fields that may be another year's or body's, or that were printed twice and not alike: their sums hold, whoever counted. */
function doubtFields(table: TableReading, isDoubted: (key: string) => boolean): TableReading {
  const fields = table.fields.map((field) => {
    if (!isDoubted(field.key)) return field;
    const signals = { ...field.signals, unplaced: field.signals.unplaced + 1, isRivalled: true };
    return { ...field, signals };
  });
  return { ...table, fields };
}

interface ScoredForm {
  readonly form: FormDefinition;
  readonly tables: readonly TableReading[];
  readonly score: number;
}

function readAs(
  form: FormDefinition,
  year: number | null,
  read: (table: FormTable) => TableReading,
): ScoredForm {
  const tables = form.tables.map(read);
  return { form, tables, score: tables.reduce((sum, table) => sum + table.score, yearBonus(form, year)) };
}

function yearBonus(form: FormDefinition, year: number | null): number {
  const known = year !== null && year >= form.years.first && year <= form.years.last;
  return known ? READ_SETTINGS.yearBonus : 0;
}

/** Reads the tables of forms in one document, each once: a table that two forms share has the same identities in both. */
class TableReader {
  readonly #rows: readonly EvidenceRow[];
  readonly #lessTrusted: readonly ((table: FormTable, form: FormDefinition) => readonly EvidenceRow[])[];
  readonly #fromBlocks: (table: FormTable, form: FormDefinition) => readonly EvidenceRow[];
  readonly #bounds = new Map<FormDefinition, number>();
  readonly #aligned = new Map<DownTable, AlignedTable>();
  readonly #plain = new Map<FormTable, TableReading>();
  readonly #improved = new Map<FormTable, TableReading>();

  constructor(document: Document, rows: readonly EvidenceRow[], year: number | null) {
    this.#rows = withoutForeignColumns(rows, year);
    const unfolded = once(() => unfoldTables(this.#rows));
    const parted = once(() => partLines(this.#rows));
    const ordered = once(() => degradeRows(this.#rows, 'ordered'));
    const cut = once(() => degradeRows(this.#rows, 'stream'));
    const stream = once(() => streamText(document));
    this.#lessTrusted = [
      (table) => joinHalves(this.#rows, widestColumns(table)),
      () => unfolded(),
      () => parted(),
      () => ordered(),
      () => cut(),
      (table) => rowsOfStream(stream(), table),
      (table, form) =>
        table.arrangement === 'down'
          ? columnRows(stream(), table, form.identities)
          : scatteredHeadRows(stream(), table, form.identities),
    ];
    this.#fromBlocks = (table, form) =>
      table.arrangement === 'down' ? blockRows(stream(), table, form.identities) : [];
  }

  /** The most that a form can score as `plain` reads its tables. */
  bound(form: FormDefinition, year: number | null): number {
    const known = this.#bounds.get(form);
    if (known !== undefined) return known;
    const bound = form.tables.reduce(
      (sum, table) => {
        if (table.arrangement === 'across') return sum + this.plain(table, form).score;
        return sum + boundOf(this.#align(table), table);
      },
      yearBonus(form, year),
    );
    this.#bounds.set(form, bound);
    return bound;
  }

  /** Reads a table as the source has it. */
  plain(table: FormTable, form: FormDefinition): TableReading {
    const known = this.#plain.get(table) ?? this.#read(table, form.identities);
    this.#plain.set(table, known);
    return known;
  }

  #read(table: FormTable, identities: readonly Identity[]): TableReading {
    return table.arrangement === 'down'
      ? readDown(this.#align(table), table, identities)
      : readAcross(this.#rows, table, identities);
  }

  #align(table: DownTable): AlignedTable {
    const known = this.#aligned.get(table) ?? alignTable(this.#rows, table);
    this.#aligned.set(table, known);
    return known;
  }

  /**
   * Reads a table that leaves fields without a cell once more, with less trust in what the source claims: of all
   * readings the one that leaves the fewest, the more trusted one in a tie. Its score is that of the best, so that forms
   * are compared by all that speaks for them.
   */
  improved(table: FormTable, form: FormDefinition): TableReading {
    const known = this.#improved.get(table);
    if (known) return known;
    let best = this.plain(table, form);
    for (const rowsFor of this.#lessTrusted) {
      if (isComplete(best)) break;
      const other = readTable(rowsFor(table, form), table, form.identities);
      const score = Math.max(best.score, other.score);
      best = { ...(explained(other) > explained(best) ? other : best), score };
    }
    if (!isComplete(best)) best = this.#withBlocks(best, table, form);
    // A reading of the words alone does not see what the heads of the table said.
    const isUnheaded = this.plain(table, form).hasOtherHeads && !best.hasOtherHeads;
    const settled = isUnheaded ? doubtFields(best, () => true) : best;
    this.#improved.set(table, settled);
    return settled;
  }

  /** What was found apart from its labels fills the gaps of a reading that agrees with it, or takes its place. */
  #withBlocks(best: TableReading, table: FormTable, form: FormDefinition): TableReading {
    const rows = this.#fromBlocks(table, form);
    if (rows.length === 0) return best;
    const other = readTable(rows, table, form.identities);
    if (explained(other) <= explained(best)) return best;
    return explained(best) >= READ_SETTINGS.mostlyRead && agree(best, other) ? filledIn(best, other) : other;
  }
}

function isWhole(reading: ScoredForm): boolean {
  return reading.tables.every(isComplete);
}

/** The columns of the widest rows of a table that has its labels on the left. */
function widestColumns(table: FormTable): readonly FormColumn[] {
  if (table.arrangement === 'across') return [];
  return table.blocks.reduce<readonly FormColumn[]>(
    (most, { columns }) => (columns.length > most.length ? columns : most),
    [],
  );
}

function rowsOfStream(stream: StreamText, table: FormTable): EvidenceRow[] {
  return table.arrangement === 'down' ? streamRows(stream, table) : streamHeadRows(stream, table);
}

function readTable(
  rows: readonly EvidenceRow[],
  table: FormTable,
  identities: readonly Identity[],
): TableReading {
  return table.arrangement === 'down'
    ? readDown(alignTable(rows, table), table, identities)
    : readAcross(rows, table, identities);
}

function isComplete(reading: TableReading): boolean {
  return reading.coverage === 1 && explained(reading) > 0.99;
}

/** Whether a reading has the very number of another one wherever that one has any. */
function agree(known: TableReading, other: TableReading): boolean {
  return known.fields.every(({ slot }, i) => !slot || slot.evidence === other.fields[i]?.slot?.evidence);
}

/** A reading with the cells of another one that agrees with it for the fields it has none for. */
function filledIn(known: TableReading, other: TableReading): TableReading {
  const fields = known.fields.map((field, i) => (field.slot ? field : (other.fields[i] ?? field)));
  return { ...known, fields };
}

/**
 * Share of the fields that found a cell, one that was only guessed counting half; the optional ones that are rightly
 * absent do not count.
 */
function explained(reading: TableReading): number {
  const expected = reading.fields.filter((field) => field.slot !== null || !field.dispensable);
  const found = expected.reduce((sum, { slot, signals }) => {
    const share = signals.basis === 'guess' ? READ_SETTINGS.guessShare : 1;
    return sum + (slot === null ? 0 : share);
  }, 0);
  return found / Math.max(1, expected.length);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
