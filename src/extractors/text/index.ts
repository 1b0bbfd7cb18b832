import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Document } from '../../model/document.js';
import { decodeText } from '../decode-text.js';
import type { ExtractSettings, Extractor, SourceHints } from '../extractor.js';
import { documentFromText } from './to-document.js';

/**
 * Reads text that something else made of a report: plain text, Markdown, RST, Org, wiki markup, CSV. Throws AppError
 * SOURCE_TOO_LARGE above `maxBytes` and SOURCE_EMPTY where nothing but white space is left.
 */
export const textExtractor: Extractor = {
  format: 'text',
  mediaType: 'text/plain',
  extract: (bytes, settings, hints) => Promise.resolve().then(() => readText(bytes, settings, hints)),
};

function readText(bytes: Uint8Array, settings: ExtractSettings, hints: SourceHints): Document {
  if (bytes.byteLength > settings.maxBytes)
    throw new AppError('SOURCE_TOO_LARGE', `${bytes.byteLength} bytes are more than ${settings.maxBytes}`);
  const { text, diagnostics: charset } = decodeText(bytes, { declared: declaredCharset(hints) });
  if (text.trim() === '') throw new AppError('SOURCE_EMPTY', 'The text holds nothing but white space');
  const document = documentFromText(text.slice(0, settings.maxCharacters));
  settings.onPage?.(1);
  const diagnostics: Diagnostic[] = [...charset];
  if (text.length > settings.maxCharacters) {
    diagnostics.push({
      code: 'TRUNCATED_READ',
      message: `Only the first ${settings.maxCharacters} of ${text.length} characters were read`,
    });
  }
  return { ...document, diagnostics: [...diagnostics, ...document.diagnostics] };
}

/** The charset an HTTP header names, or undefined. */
function declaredCharset(hints: SourceHints): string | undefined {
  return /charset\s*=\s*["']?([\w-]+)/i.exec(hints.contentType ?? '')?.[1];
}
