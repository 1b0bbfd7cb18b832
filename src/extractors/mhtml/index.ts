import { AppError } from '../../errors/app-error.js';
import { decodeText } from '../decode-text.js';
import type { Extractor } from '../extractor.js';
import { readHtmlPage } from '../markup/read-page.js';
import { parameterOf, readMessage, type MessagePart } from './read-message.js';

/** A page saved with its pictures in one file (MHTML, RFC 2557), as browsers and Word write it. */
export const mhtmlExtractor: Extractor = {
  format: 'mhtml',
  mediaType: 'multipart/related',
  extract(bytes, settings, hints) {
    return Promise.resolve().then(() => {
      if (bytes.length > settings.maxBytes) {
        throw new AppError('SOURCE_TOO_LARGE', `${bytes.length} bytes, limit ${settings.maxBytes}`);
      }
      const part = longestPage(readMessage(bytes));
      if (!part) throw new AppError('SOURCE_CORRUPT', 'MHTML: no HTML part in the message');
      const declared = parameterOf(part.headers.get('content-type') ?? '', 'charset') ?? undefined;
      const { text, diagnostics } = decodeText(part.body, { declared, isMarkup: true });
      const page = readHtmlPage(
        text.slice(0, settings.maxCharacters),
        part.headers.get('content-location') ?? hints.uri ?? null,
      );
      return {
        format: 'mhtml' as const,
        pages: [{ pageNumber: 1, width: null, height: null }],
        ...page,
        diagnostics: [...diagnostics, ...page.diagnostics],
      };
    });
  },
};

/** Frames and advertisements come as HTML parts too; the page itself is the longest. */
function longestPage(parts: readonly MessagePart[]): MessagePart | undefined {
  return parts
    .filter((part) => /^(?:text\/html|application\/xhtml)/i.test(part.headers.get('content-type') ?? ''))
    .sort((a, b) => b.body.length - a.body.length)[0];
}
