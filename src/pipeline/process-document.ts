import { asAppError } from '../errors/app-error.js';
import { forgetReading } from '../extractors/pdf/index.js';
import { extractorFor } from '../extractors/registry.js';
import { recordConfidence, reviewOf } from '../confidence/score-record.js';
import { type GongkaiRecord, RECORD_SCHEMA } from '../model/record.js';
import { isCutShort } from './cut-short.js';
import { failedRecord, sourceInfo } from './failed-record.js';
import { type DocumentReading, readDocument } from './read-document.js';
import { readSource } from './read-source.js';
import { secondOpinion } from './second-opinion.js';
import { formDiagnostics, traceOf } from './trace.js';
import { searchableText } from './searchable-text.js';
import { EXTRACTOR_VERSION, type PipelineSettings, type SourceInput } from './settings.js';
import { Stopwatch } from './stopwatch.js';

export { reconstructTables } from './reconstruct-tables.js';
export { DEFAULT_SETTINGS, type PipelineSettings, type SourceInput } from './settings.js';

/** A record, and the words of the document that it was made of, as they are searched (see searchable-text.ts). */
export interface SearchableRecord {
  readonly record: GongkaiRecord;
  readonly text: string;
}

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
  return (await processForSearch(bytes, input, settings)).record;
}

/** As `processDocument`, with the document's words; there are none where it could not be read. */
export async function processForSearch(
  bytes: Uint8Array,
  input: SourceInput,
  settings: PipelineSettings,
): Promise<SearchableRecord> {
  const watch = new Stopwatch();
  try {
    const document = await readSource(bytes, input, settings);
    watch.lap('extract');
    const first = readDocument(document, settings, watch);
    const opinion = await secondOpinion(first, document, bytes, input, settings);
    forgetReading(document);
    const reading = isCutShort(document) ? doubtAbsences(opinion) : opinion;
    watch.lap('second opinion');
    const record: GongkaiRecord = {
      schema: RECORD_SCHEMA,
      source: sourceInfo(bytes, input, extractorFor(document.format).mediaType),
      extraction: {
        extractor: document.format,
        version: EXTRACTOR_VERSION,
        pages: document.pages.length,
        duration_ms: watch.total(),
        ...(isCutShort(document) ? { partial: true } : {}),
        ...(settings.trace ? { stages_ms: watch.laps() } : {}),
        diagnostics: [
          ...document.diagnostics.filter(({ code }) => code !== 'POINTS_TO_ATTACHMENT' || !reading.form),
          ...reading.diagnostics,
          ...formDiagnostics(reading.form),
        ],
      },
      ...(settings.trace && reading.form ? { trace: reading.form.tables.map(traceOf) } : {}),
      ...toRecordParts(reading),
    };
    return { record, text: searchableText(document, reading.form !== null) };
  } catch (error) {
    const { code, message } = asAppError(error, 'INVARIANT_BROKEN');
    return { record: failedRecord(bytes, input, code, message, watch.total()), text: '' };
  }
}

/** A field that was not found may stand on a page that was not read. */
const UNREAD_ABSENCE = 0.45;

function doubtAbsences(reading: DocumentReading): DocumentReading {
  const fields = Object.entries(reading.fields).map(([key, field]) => {
    const confidence = Math.min(field.confidence, UNREAD_ABSENCE);
    return [key, field.status === 'absent' ? { ...field, confidence } : field] as const;
  });
  return { ...reading, fields: Object.fromEntries(fields) };
}

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
