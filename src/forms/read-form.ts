import type { Document } from '../model/document.js';
import type { Evidence } from '../model/evidence.js';
import { degradeRows, type EvidenceRow, evidenceRows } from './evidence-rows.js';
import type { FormDefinition, FormTable, Identity } from './form.js';
import type { FormReading, TableReading } from './form-reading.js';
import { readAcross } from './read-across.js';
import { absent, readDown } from './read-down.js';
import { FORMS } from './registry.js';
import { streamHeadRows } from './stream-heads.js';
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
  /** A lead of half this many rows over the second form makes the choice certain; nothing is more certain than … */
  sureLead: 8,
  surest: 0.999,
} as const;

/**
 * Finds the official form in a document's tables and, for each of its fields, the printed cell; null where no table
 * of any form is there. `year` is the report's year where it is known.
 */
export function readForm(document: Document, year: number | null): FormReading | null {
  const rows = evidenceRows(document);
  const stream = once(() => streamText(document));
  const plain = FORMS.map((form) => readAs(form, year, (table) => readTable(rows, table, form.identities)));
  const top = Math.max(...plain.map((reading) => reading.score));
  const reach = top - Math.max(READ_SETTINGS.rivalRows, top * READ_SETTINGS.rivalShare);
  const readings = plain
    .map((reading) =>
      reading.score < reach || isWhole(reading) ? reading : improve(reading, rows, stream, year),
    )
    .sort((a, b) => b.score - a.score);
  const [best, second] = readings;
  if (!best || !best.tables.some((table) => table.coverage >= READ_SETTINGS.minCoverage)) return null;
  return {
    form: best.form,
    confidence: Math.min(
      READ_SETTINGS.surest,
      0.5 + (best.score - (second?.score ?? 0)) / READ_SETTINGS.sureLead,
    ),
    tables: withoutSharedCells(best.tables),
    runnerUp: second && second.score > 0 ? second.form.id : null,
  };
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
  const known = year !== null && year >= form.years.first && year <= form.years.last;
  const score = tables.reduce((sum, table) => sum + table.score, known ? READ_SETTINGS.yearBonus : 0);
  return { form, tables, score };
}

/** Reads the tables that left cells without a place once more, with less trust in what the source claims. */
function improve(
  reading: ScoredForm,
  rows: readonly EvidenceRow[],
  stream: () => StreamText,
  year: number | null,
): ScoredForm {
  const plain = new Map(reading.form.tables.map((table, i) => [table, reading.tables[i]]));
  return readAs(reading.form, year, (table) => {
    const first = plain.get(table) ?? readTable(rows, table, reading.form.identities);
    return isComplete(first) ? first : bestReading(first, rows, stream, table, reading.form.identities);
  });
}

/** Of the readings of one table the one that leaves the fewest fields without a cell; the more trusted one in a tie. */
function bestReading(
  first: TableReading,
  rows: readonly EvidenceRow[],
  stream: () => StreamText,
  table: FormTable,
  identities: readonly Identity[],
): TableReading {
  const others = [
    () => readTable(degradeRows(rows, 'ordered'), table, identities),
    () => readTable(degradeRows(rows, 'stream'), table, identities),
    () => readTable(rowsOfStream(stream(), table), table, identities),
  ];
  let best = first;
  for (const read of others) {
    const other = read();
    if (explained(other) > explained(best)) best = other;
    if (isComplete(best)) break;
  }
  return best;
}

function isWhole(reading: ScoredForm): boolean {
  return reading.tables.every(isComplete);
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
    ? readDown(rows, table, identities)
    : readAcross(rows, table, identities);
}

function isComplete(reading: TableReading): boolean {
  return reading.coverage === 1 && explained(reading) > 0.99;
}

/** Share of the fields that found a cell; the optional ones that are rightly absent do not count. */
function explained(reading: TableReading): number {
  const expected = reading.fields.filter((field) => field.slot !== null || !field.dispensable);
  return expected.filter((field) => field.slot !== null).length / Math.max(1, expected.length);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
