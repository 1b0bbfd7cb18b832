import { runChecks } from '../checks/run-checks.js';
import { scoreFields } from '../confidence/score-fields.js';
import type { FormReading } from '../forms/form-reading.js';
import { namedForm } from '../forms/named-form.js';
import { readForm } from '../forms/read-form.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Document } from '../model/document.js';
import type { CheckResult, Field, MetaKey, MetaValue, Section } from '../model/record.js';
import { normalizeFields } from '../normalize/fields.js';
import { readMeta } from '../normalize/meta/read-meta.js';
import { comparesReports, reportEvidence } from '../normalize/meta/report-evidence.js';
import { ownReport } from '../normalize/own-report.js';
import { readSections } from '../normalize/sections.js';
import type { PipelineSettings } from './settings.js';
import type { Stopwatch } from './stopwatch.js';

/** A page whose tables are not filled in is a report from this probability on; notices print the form's blank tables too. */
const REPORT_SCORE = 0.5;

/** Whether one table at least was found nearly whole and with numbers in it. */
function isFilled(form: FormReading): boolean {
  return form.tables.some(
    (table) =>
      table.coverage >= FILLED_COVERAGE && table.fields.some((field) => field.slot?.parsed.kind === 'number'),
  );
}

const FILLED_COVERAGE = 0.8;

/** What the steps after the extractor found. */
export interface DocumentReading {
  readonly form: FormReading | null;
  readonly meta: Partial<Record<MetaKey, MetaValue>>;
  readonly sections: readonly Section[];
  readonly fields: Readonly<Record<string, Field>>;
  readonly checks: readonly CheckResult[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads meta data, form, fields and checks out of a document. */
export function readDocument(
  document: Document,
  settings: PipelineSettings,
  watch: Stopwatch,
): DocumentReading {
  const meta = readMeta(document);
  const year = typeof meta.year?.value === 'number' ? meta.year.value : null;
  const own = ownReport(document, year);
  const sections = readSections(own);
  watch.lap('meta');
  const tables = comparesReports(document) ? null : (readForm(own, year) ?? namedForm(own));
  const form = tables && (isFilled(tables) || reportEvidence(document).score >= REPORT_SCORE) ? tables : null;
  watch.lap('forms');
  const normalized = form ? normalizeFields(form) : [];
  const printed = new Map(normalized.map((field) => [field.definition.key, field]));
  const checks = form ? runChecks(form.form, printed, sections) : [];
  const fields = scoreFields(normalized, checks, settings.explain);
  watch.lap('normalise');
  return { form, meta, sections, fields, checks, diagnostics: own === document ? [] : [OTHER_REPORT] };
}

const OTHER_REPORT: Diagnostic = {
  code: 'EXTRA_REPORT',
  message: 'The document holds reports of several years or bodies; the one that its title names was read.',
};
