import { AppError } from '../../errors/app-error.js';
import { decodeText } from '../decode-text.js';
import type { Extractor } from '../extractor.js';
import { PictureReader } from '../paged/read-picture.js';
import { pictureDiagnostics, replacePictures } from '../markup/picture-flow.js';
import { readHtmlPage } from '../markup/read-page.js';
import { longestPage, parameterOf, readMessage, type MessagePart } from '../markup/read-message.js';

/** A page saved with its pictures in one file (MHTML, RFC 2557), as browsers and Word write it. */
export const mhtmlExtractor: Extractor = {
  format: 'mhtml',
  mediaType: 'multipart/related',
  async extract(bytes, settings, hints) {
    if (bytes.length > settings.maxBytes) {
      throw new AppError('SOURCE_TOO_LARGE', `${bytes.length} bytes, limit ${settings.maxBytes}`);
    }
    const parts = readMessage(bytes);
    const part = longestPage(parts);
    if (!part) throw new AppError('SOURCE_CORRUPT', 'MHTML: no HTML part in the message');
    const declared = parameterOf(part.headers.get('content-type') ?? '', 'charset') ?? undefined;
    const decoded = decodeText(part.body, { declared, isMarkup: true });
    const reader = new PictureReader(settings);
    const address = part.headers.get('content-location') ?? null;
    const text = await replacePictures(decoded.text, (source) => pictureAt(parts, source, address), reader);
    const page = readHtmlPage(text.slice(0, settings.maxCharacters), address ?? hints.uri ?? null);
    return {
      format: 'mhtml' as const,
      pages: [{ pageNumber: 1, width: null, height: null }],
      ...page,
      diagnostics: [...decoded.diagnostics, ...pictureDiagnostics(reader), ...page.diagnostics],
    };
  },
};

/** The part a page means: by its content id (RFC 2392), or by its address, taken from that of the page (RFC 2557, 5). */
function pictureAt(parts: readonly MessagePart[], source: string, page: string | null): Uint8Array | null {
  const id = /^cid:(.+)$/i.exec(source)?.[1];
  const absolute = page !== null && URL.canParse(source, page) ? new URL(source, page).href : source;
  const part = parts.find(({ headers }) => {
    if (id !== undefined) return headers.get('content-id')?.replace(/^<|>$/g, '') === decodeId(id);
    const location = headers.get('content-location');
    return location === source || location === absolute;
  });
  return part?.body ?? null;
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
