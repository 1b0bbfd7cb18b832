import { AppError } from '../errors/app-error.js';
import type { Document } from '../model/document.js';
import { detectFormat } from './detect-format.js';
import { DEFAULT_EXTRACT_SETTINGS, type ExtractSettings, type SourceHints } from './extractor.js';
import { extractorFor } from './registry.js';

/**
 * Reads one source of any format: checks its size, tells its format by content, runs that format's extractor. Throws
 * AppError with SOURCE_EMPTY, SOURCE_TOO_LARGE, SOURCE_CORRUPT, SOURCE_ENCRYPTED or FORMAT_UNSUPPORTED.
 */
export async function extractDocument(
  bytes: Uint8Array,
  settings: ExtractSettings = DEFAULT_EXTRACT_SETTINGS,
  hints: SourceHints = {},
): Promise<Document> {
  if (bytes.length > settings.maxBytes) {
    throw new AppError('SOURCE_TOO_LARGE', `${bytes.length} bytes, the limit is ${settings.maxBytes}`);
  }
  const { format, diagnostics } = await detectFormat(bytes, hints);
  const document = await extractorFor(format).extract(bytes, settings, hints);
  return { ...document, diagnostics: [...diagnostics, ...document.diagnostics] };
}
