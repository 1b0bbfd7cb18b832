import type { Diagnostic } from '../../model/diagnostic.js';
import { unifyRadicals } from '../../text/radicals.js';
import { withoutReadings } from '../../text/readings.js';
import { decodeText } from '../decode-text.js';
import type { Extractor } from '../extractor.js';
import { PictureReader } from '../paged/read-picture.js';
import { pictureDiagnostics, replacePictures } from '../markup/picture-flow.js';
import { readHtmlPage } from '../markup/read-page.js';
import { parseHtml } from '../markup/parse-html.js';
import { toDocument } from '../paged/to-document.js';
import { readPositionedPages } from './positioned-pages.js';

/** Pages of print have a place for every piece of text: nothing else is looked at twice. */
const IS_POSITIONED = /position\s*:\s*absolute|<text\s+top=|style="top:[\d.]+pt;\s*left:/i;
const CHARSET_PARAMETER = /charset\s*=\s*["']?([\w-]+)/i;

/** Web pages and fragments of them; also what office programs save as HTML. */
export const htmlExtractor: Extractor = {
  format: 'html',
  mediaType: 'text/html',
  async extract(bytes, settings, hints) {
    const declared = CHARSET_PARAMETER.exec(hints.contentType ?? '')?.[1];
    const { text: source, diagnostics } = decodeText(bytes, { declared, isMarkup: true });
    const reader = new PictureReader(settings);
    const text = await replacePictures(withoutReadings(source), () => null, reader);
    const isCut = text.length > settings.maxCharacters;
    const kept = isCut ? text.slice(0, settings.maxCharacters) : text;
    const cut: Diagnostic[] = isCut
      ? [
          {
            code: 'TRUNCATED_READ',
            message: `only the first ${settings.maxCharacters} characters were read`,
          },
        ]
      : [];
    const found = [...diagnostics, ...cut, ...pictureDiagnostics(reader)];
    const pages = IS_POSITIONED.test(kept) ? readPositionedPages(parseHtml(unifyRadicals(kept)).root) : null;
    if (pages) return toDocument({ pages, properties: {}, diagnostics: found }, 'html');
    const page = readHtmlPage(kept, hints.uri ?? null);
    return {
      format: 'html' as const,
      pages: [{ pageNumber: 1, width: null, height: null }],
      ...page,
      diagnostics: [...found, ...page.diagnostics],
    };
  },
};
