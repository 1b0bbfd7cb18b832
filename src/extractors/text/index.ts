import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Document } from '../../model/document.js';
import { unifyRadicals } from '../../text/radicals.js';
import { withoutReadings } from '../../text/readings.js';
import { decodeText } from '../decode-text.js';
import type { ExtractSettings, Extractor, SourceHints } from '../extractor.js';
import { documentFromText } from './to-document.js';
import { unwrapText } from './unwrap-text.js';

/**
 * Reads text that something else made of a report: plain text, Markdown, RST, Org, wiki markup, CSV, JSON. Throws AppError
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
  const { text, diagnostics } = decodedText(bytes, settings, hints);
  if (text.trim() === '') throw new AppError('SOURCE_EMPTY', 'The text holds nothing but white space');
  const document = documentFromText(text);
  settings.onPage?.(1);
  return { ...document, diagnostics: [...diagnostics, ...document.diagnostics] };
}

/** The text that the extractor reads and that character evidence counts in. */
export function decodedText(
  bytes: Uint8Array,
  { maxCharacters }: Pick<ExtractSettings, 'maxCharacters'>,
  hints: SourceHints,
): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
  const { text: printed, diagnostics } = decodeText(bytes, { declared: declaredCharset(hints) });
  const text = withoutReadings(unifyRadicals(unwrapText(printed)));
  if (text.length <= maxCharacters) return { text, diagnostics };
  const message = `Only the first ${maxCharacters} of ${text.length} characters were read`;
  return {
    text: text.slice(0, maxCharacters),
    diagnostics: [...diagnostics, { code: 'TRUNCATED_READ', message }],
  };
}

/** The charset an HTTP header names, or undefined. */
function declaredCharset(hints: SourceHints): string | undefined {
  return /charset\s*=\s*["']?([\w-]+)/i.exec(hints.contentType ?? '')?.[1];
}
