import { type Conversion, convertOffice, type OfficeTarget } from '../converter/convert-office.js';
import { AppError, asAppError } from '../errors/app-error.js';
import { type ConvertibleKind, convertibleKind } from '../extractors/convertible-kind.js';
import { extractDocument } from '../extractors/extract-document.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Document } from '../model/document.js';
import type { PipelineSettings, SourceInput } from './settings.js';

/** A conversion takes a second or two; longer than this it hangs. */
const CONVERSION_LIMIT_MS = 60_000;
/** What is left of a document's time for reading the result. */
const READING_RESERVE_MS = 2_000;

const WORD: ConvertibleKind = { name: 'Word', format: 'doc', target: 'docx' };

/**
 * Reads a source: with its format's own extractor, or, where none reads its kind and the settings allow it, from what
 * LibreOffice makes of it (diagnostic CONVERTED). Throws what `extractDocument` throws.
 */
export async function readSource(
  bytes: Uint8Array,
  input: SourceInput,
  settings: PipelineSettings,
): Promise<Document> {
  try {
    const hints = input.uri === null ? input.hints : { ...input.hints, uri: input.uri };
    return await extractDocument(bytes, settings.extract, hints);
  } catch (error) {
    const reason = asAppError(error, 'INVARIANT_BROKEN');
    const kind = await kindToConvert(reason, bytes, settings);
    if (!kind) throw reason;
    const document = await readConverted(bytes, kind, settings);
    if (document instanceof AppError)
      throw new AppError(reason.code, `${reason.message}; ${document.message}`);
    if (reason.code !== 'SOURCE_CORRUPT') return document;
    const damaged: Diagnostic = {
      code: 'TRUNCATED_READ',
      message: `the file is damaged (${reason.message}): parts of it may be missing`,
    };
    return { ...document, diagnostics: [...document.diagnostics, damaged] };
  }
}

async function kindToConvert(
  reason: AppError,
  bytes: Uint8Array,
  settings: PipelineSettings,
): Promise<ConvertibleKind | null> {
  if (settings.converter !== 'auto' && settings.converter !== 'always') return null;
  if (reason.code === 'FORMAT_UNSUPPORTED') return await convertibleKind(bytes);
  const isDamagedWord = reason.code === 'SOURCE_CORRUPT' && settings.converter === 'always';
  const kind = isDamagedWord ? await convertibleKind(bytes) : null;
  return kind?.format === 'doc' ? WORD : null;
}

/** Reads what LibreOffice makes of a source, or gives the reason why it could not. */
export async function readConverted(
  bytes: Uint8Array,
  kind: Pick<ConvertibleKind, 'name' | 'format' | 'target'>,
  settings: PipelineSettings,
): Promise<Document | AppError> {
  const conversion = await convert(bytes, kind.target, settings);
  if (conversion.kind === 'missing')
    return new AppError('FORMAT_UNSUPPORTED', 'LibreOffice, which could convert it, is not installed');
  if (conversion.kind === 'failed')
    return new AppError('FORMAT_UNSUPPORTED', `LibreOffice could not convert it: ${conversion.reason}`);
  try {
    const document = await extractDocument(conversion.bytes, settings.extract);
    const converted: Diagnostic = {
      code: 'CONVERTED',
      message: `${kind.name}, read from the ${kind.target.toUpperCase()} that LibreOffice made of it`,
    };
    return { ...document, format: kind.format, diagnostics: [converted, ...document.diagnostics] };
  } catch (error) {
    return asAppError(error, 'SOURCE_CORRUPT');
  }
}

function convert(
  bytes: Uint8Array,
  target: OfficeTarget,
  { extract }: PipelineSettings,
): Promise<Conversion> {
  const left = (extract.deadline ?? Infinity) - Date.now() - READING_RESERVE_MS;
  const timeoutMs = Math.min(CONVERSION_LIMIT_MS, left);
  if (timeoutMs <= 0) return Promise.resolve({ kind: 'failed', reason: 'no time is left for it' });
  return convertOffice(bytes, target, { timeoutMs, maxBytes: extract.maxBytes });
}
