import { asAppError } from '../errors/app-error.js';
import { extractDocument } from '../extractors/extract-document.js';
import { extractorFor } from '../extractors/registry.js';
import { readForm } from '../forms/read-form.js';
import type { FormReading } from '../forms/form-reading.js';
import { runChecks } from '../checks/run-checks.js';
import { scoreFields } from '../confidence/score-fields.js';
import { recordConfidence, reviewOf } from '../confidence/score-record.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Document } from '../model/document.js';
import {
  type CheckResult,
  type Field,
  type GongkaiRecord,
  type MetaKey,
  type MetaValue,
  RECORD_SCHEMA,
  type Section,
} from '../model/record.js';
import { normalizeFields } from '../normalize/fields.js';
import { readMeta } from '../normalize/meta/read-meta.js';
import { reportEvidence } from '../normalize/meta/report-evidence.js';
import { ownReport } from '../normalize/own-report.js';
import { readSections } from '../normalize/sections.js';
import { failedRecord, sourceInfo } from './failed-record.js';
import { formDiagnostics, traceOf } from './trace.js';
import { EXTRACTOR_VERSION, type PipelineSettings, type SourceInput } from './settings.js';
import { Stopwatch } from './stopwatch.js';

export { failedRecord, failedTables } from './failed-record.js';
export {
  reconstructTables,
  type CellResult,
  type TableResult,
  type TablesResult,
} from './reconstruct-tables.js';
export { DEFAULT_SETTINGS, EXTRACTOR_VERSION, type PipelineSettings, type SourceInput } from './settings.js';

/**
 * Reads one document from its bytes to its record: the only place where the steps are joined, so that the command
 * line, workers and the API get the same record for the same bytes. Never throws for bad input: the record then
 * carries the error's code.
 */
export async function processDocument(
  bytes: Uint8Array,
  input: SourceInput,
  settings: PipelineSettings,
): Promise<GongkaiRecord> {
  const watch = new Stopwatch();
  try {
    const document = await extractDocument(bytes, settings.extract, input.hints);
    watch.lap('extract');
    const reading = readDocument(document, settings, watch);
    return {
      schema: RECORD_SCHEMA,
      source: sourceInfo(bytes, input, extractorFor(document.format).mediaType),
      extraction: {
        extractor: document.format,
        version: EXTRACTOR_VERSION,
        pages: document.pages.length,
        duration_ms: watch.total(),
        ...(settings.trace ? { stages_ms: watch.laps() } : {}),
        diagnostics: [...document.diagnostics, ...reading.diagnostics, ...formDiagnostics(reading.form)],
      },
      ...(settings.trace && reading.form ? { trace: reading.form.tables.map(traceOf) } : {}),
      ...toRecordParts(reading),
    };
  } catch (error) {
    const { code, message } = asAppError(error, 'INVARIANT_BROKEN');
    return failedRecord(bytes, input, code, message, watch.total());
  }
}

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
interface DocumentReading {
  readonly form: FormReading | null;
  readonly meta: Partial<Record<MetaKey, MetaValue>>;
  readonly sections: readonly Section[];
  readonly fields: Readonly<Record<string, Field>>;
  readonly checks: readonly CheckResult[];
  readonly diagnostics: readonly Diagnostic[];
}

function readDocument(document: Document, settings: PipelineSettings, watch: Stopwatch): DocumentReading {
  const meta = readMeta(document);
  const year = typeof meta.year?.value === 'number' ? meta.year.value : null;
  const own = ownReport(document, year);
  const sections = readSections(own);
  watch.lap('meta');
  const tables = readForm(own, year);
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

function toRecordParts(
  reading: DocumentReading,
): Pick<
  GongkaiRecord,
  'form' | 'form_confidence' | 'meta' | 'fields' | 'sections' | 'checks' | 'confidence' | 'review'
> {
  const confidence = recordConfidence(reading.fields, reading.form?.confidence ?? 0);
  return {
    form: reading.form?.form.id ?? null,
    form_confidence: reading.form?.confidence ?? 0,
    meta: reading.meta,
    fields: reading.fields,
    sections: reading.sections,
    checks: reading.checks,
    confidence,
    review: reviewOf(reading.fields, reading.checks, reading.form !== null),
  };
}
