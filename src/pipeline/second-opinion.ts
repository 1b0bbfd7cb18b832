import { extractDocument } from '../extractors/extract-document.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Document } from '../model/document.js';
import type { Field } from '../model/record.js';
import { type DocumentReading, readDocument } from './read-document.js';
import type { PipelineSettings, SourceInput } from './settings.js';
import { Stopwatch } from './stopwatch.js';

/** A field below this confidence is doubtful: it is worth the time of a second reading. */
const DOUBTFUL = 0.9;

/** What a field on which two engines differ can be given at most. */
const DISPUTED = 0.8;

/**
 * Where a PDF's first reading leaves fields in doubt, reads it again with the other engine and keeps the reading that
 * doubts less. Where the two print different values nothing is sure any more, and the record says so.
 */
export async function secondOpinion(
  first: DocumentReading,
  document: Document,
  bytes: Uint8Array,
  input: SourceInput,
  settings: PipelineSettings,
): Promise<DocumentReading> {
  if (!isWorthwhile(first, document, settings)) return first;
  const extract = { ...settings.extract, pdfEngine: 'pdfjs' as const };
  const other = await extractDocument(bytes, extract, input.hints).catch(() => null);
  if (!other) return first;
  const second = readDocument(other, settings, new Stopwatch());
  if (!second.form || (first.form && second.form.form.id !== first.form.form.id)) return first;
  const [kept, rival] = doubts(second) < doubts(first) ? [second, first] : [first, second];
  return dispute(kept, rival);
}

function isWorthwhile(first: DocumentReading, document: Document, settings: PipelineSettings): boolean {
  const isFirstEngine = document.format === 'pdf' && settings.extract.pdfEngine === 'auto';
  const isOtherwiseRead = document.diagnostics.some(
    ({ code }) => code === 'ENGINE_FELL_BACK' || code === 'OCR_USED',
  );
  return isFirstEngine && !isOtherwiseRead && first.form !== null && doubts(first) > 0;
}

function doubts(reading: DocumentReading): number {
  if (!reading.form) return Infinity;
  return Object.values(reading.fields).filter((field) => field.confidence < DOUBTFUL).length;
}

function dispute(kept: DocumentReading, rival: DocumentReading): DocumentReading {
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
    message: `pdfium and pdf.js read different values for ${differing.length} fields: ${differing.slice(0, 5).join(', ')}`,
  };
  return { ...kept, fields: Object.fromEntries(fields), diagnostics: [...kept.diagnostics, told] };
}
