import type { FormReading, TableReading } from '../forms/form-reading.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { TableTrace } from '../model/record.js';

/** A form chosen with less confidence than this is told to be ambiguous. */
const SURE_FORM = 0.7;

/** What is to be said of the choice of the form, and of tables left out. */
export function formDiagnostics(form: FormReading | null): Diagnostic[] {
  if (!form) {
    return [
      {
        code: 'FORM_NOT_MATCHED',
        message: 'No filled table of an official form was found; the document may not be an annual report.',
      },
    ];
  }
  const diagnostics: Diagnostic[] = [];
  if (form.confidence < SURE_FORM && form.runnerUp) {
    const message = `The tables fit form ${form.form.id} hardly better than form ${form.runnerUp}.`;
    diagnostics.push({ code: 'FORM_AMBIGUOUS', message });
  }
  const repeated = form.tables.filter((table) => table.hasSecondCopy).map((table) => table.table);
  if (repeated.length > 0) {
    const message = `Printed more than once, the first copy was read: ${repeated.join(', ')}.`;
    diagnostics.push({ code: 'EXTRA_REPORT', message });
  }
  return diagnostics;
}

/** How one table was read, for inspection with --trace. */
export function traceOf(table: TableReading): TableTrace {
  return {
    table: table.table,
    score: rounded(table.score),
    coverage: rounded(table.coverage),
    rows: table.rows.map(({ key, label, margin, printed }) => ({
      key,
      label: rounded(label),
      margin: rounded(margin),
      printed,
    })),
    fields: table.fields.map(({ key, slot, signals }) => ({
      key,
      raw: slot?.text ?? null,
      geometry: signals.geometry,
      basis: signals.basis,
      unplaced: signals.unplaced,
    })),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
