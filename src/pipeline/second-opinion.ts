import { AppError } from '../errors/app-error.js';
import { readPagesAgain } from '../extractors/pdf/index.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Document } from '../model/document.js';
import type { Field } from '../model/record.js';
import { reportEvidence } from '../normalize/meta/report-evidence.js';
import { type DocumentReading, readDocument } from './read-document.js';
import { readConverted } from './read-source.js';
import type { PipelineSettings, SourceInput } from './settings.js';
import { Stopwatch } from './stopwatch.js';

/** A field below this confidence is doubtful: it is worth the time of a second reading. */
const DOUBTFUL = 0.9;

/** What a field on which two engines differ can be given at most. */
const DISPUTED = 0.8;

/** A Word document without a form is read again where it is a report from this probability on. */
const LIKELY_REPORT = 0.5;

/** Another way to read the same source. */
interface Rival {
  /** Both readers, as a diagnostic names them. */
  readonly names: string;
  read(): Promise<Document | null>;
  /** Said of the record whichever reading is kept. */
  told(isKept: boolean): Diagnostic | null;
}

/**
 * Where a first reading leaves fields in doubt, reads the source in another way and keeps the reading that doubts less: a
 * PDF with the other engine, binary Word from what LibreOffice makes of it where that is installed. Where the two print
 * different values nothing is sure any more, and the record says so.
 */
export async function secondOpinion(
  first: DocumentReading,
  document: Document,
  bytes: Uint8Array,
  input: SourceInput,
  settings: PipelineSettings,
): Promise<DocumentReading> {
  const rival =
    rivalEngine(first, document, bytes, settings) ?? rivalReader(first, document, bytes, settings);
  const other = await rival?.read();
  if (!rival || !other) return first;
  const second = readDocument(other, settings, new Stopwatch());
  if (!second.form || (first.form && second.form.form.id !== first.form.form.id)) return first;
  const isKept = doubts(second) < doubts(first);
  const told = rival.told(isKept);
  const reading = isKept ? dispute(second, first, rival.names) : dispute(first, second, rival.names);
  return told ? { ...reading, diagnostics: [...reading.diagnostics, told] } : reading;
}

/** pdf.js for the pages of a PDF that pdfium read with doubts. */
function rivalEngine(
  first: DocumentReading,
  document: Document,
  bytes: Uint8Array,
  settings: PipelineSettings,
): Rival | null {
  const isFirstEngine = document.format === 'pdf' && settings.extract.pdfEngine === 'auto';
  if (!isFirstEngine || has(document, 'ENGINE_FELL_BACK') || has(document, 'OCR_USED')) return null;
  if (first.form === null) return null;
  const pages = doubtfulPages(first, document);
  if (pages.size === 0) return null;
  return {
    names: 'pdfium and pdf.js',
    read: () => readPagesAgain(document, bytes, pages, settings.extract).catch(() => null),
    told: () => null,
  };
}

/**
 * The pages on which doubtful fields stand; all where one was found nowhere, since it may stand on any. A blank cell is
 * none of them: pdfium tells when it leaves print out (`isIncomplete`), so the other engine would find nothing there.
 */
function doubtfulPages(reading: DocumentReading, document: Document): Set<number> {
  const places = Object.values(reading.fields)
    .filter((field) => isDoubted(field) && field.status !== 'blank')
    .map(({ evidence }) => evidence.flatMap((one) => (one.kind === 'box' ? [one.page] : [])));
  const isEverywhere = places.some((pages) => pages.length === 0);
  return new Set(isEverywhere ? document.pages.map(({ pageNumber }) => pageNumber) : places.flat());
}

/** LibreOffice for binary Word that the own reader read with doubts, or always where that is asked for. */
function rivalReader(
  first: DocumentReading,
  document: Document,
  bytes: Uint8Array,
  settings: PipelineSettings,
): Rival | null {
  if (document.format !== 'doc' || has(document, 'CONVERTED')) return null;
  const isAsked = settings.converter === 'always';
  if (!isAsked && (settings.converter !== 'auto' || !isDoubtful(first, document))) return null;
  return {
    names: 'the own reader and LibreOffice',
    async read() {
      const other = await readConverted(bytes, { name: 'Word', format: 'doc', target: 'docx' }, settings);
      return other instanceof AppError ? null : other;
    },
    told: (isKept) => ({
      code: 'CONVERTED',
      message: `read a second time from the DOCX that LibreOffice made of it; ${isKept ? 'that' : 'the own'} reading was kept`,
    }),
  };
}

function isDoubtful(first: DocumentReading, document: Document): boolean {
  if (first.form === null) return reportEvidence(document).score >= LIKELY_REPORT;
  return doubts(first) > 0;
}

function has(document: Document, code: Diagnostic['code']): boolean {
  return document.diagnostics.some((diagnostic) => diagnostic.code === code);
}

function doubts(reading: DocumentReading): number {
  if (!reading.form) return Infinity;
  return Object.values(reading.fields).filter(isDoubted).length;
}

function isDoubted(field: Field): boolean {
  return field.confidence < DOUBTFUL;
}

function dispute(kept: DocumentReading, rival: DocumentReading, names: string): DocumentReading {
  const differing = Object.keys(kept.fields).filter((key) => {
    const [a, b] = [kept.fields[key], rival.fields[key]];
    return a && b && a.value !== b.value && b.status !== 'absent';
  });
  if (differing.length === 0) return kept;
  const disputed = new Set(differing);
  const fields: [string, Field][] = Object.entries(kept.fields).map(([key, field]) => [
    key,
    disputed.has(key) ? { ...field, confidence: Math.min(field.confidence, DISPUTED) } : field,
  ]);
  const told: Diagnostic = {
    code: 'ENGINES_DISAGREE',
    message: `${names} read different values for ${differing.length} fields: ${differing.slice(0, 5).join(', ')}`,
  };
  return { ...kept, fields: Object.fromEntries(fields), diagnostics: [...kept.diagnostics, told] };
}
