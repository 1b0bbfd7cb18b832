import type { Diagnostic } from '../../model/diagnostic.js';
import { decodeText } from '../decode-text.js';
import type { Extractor } from '../extractor.js';
import { PictureReader } from '../paged/read-picture.js';
import { pictureDiagnostics, replacePictures } from '../markup/picture-flow.js';
import { readHtmlPage } from '../markup/read-page.js';

const CHARSET_PARAMETER = /charset\s*=\s*["']?([\w-]+)/i;

/** Web pages and fragments of them; also what office programs save as HTML. */
export const htmlExtractor: Extractor = {
  format: 'html',
  mediaType: 'text/html',
  async extract(bytes, settings, hints) {
    const declared = CHARSET_PARAMETER.exec(hints.contentType ?? '')?.[1];
    const { text: source, diagnostics } = decodeText(bytes, { declared, isMarkup: true });
    const reader = new PictureReader(settings);
    const text = await replacePictures(source, () => null, reader);
    const isCut = text.length > settings.maxCharacters;
    const page = readHtmlPage(isCut ? text.slice(0, settings.maxCharacters) : text, hints.uri ?? null);
    const cut: Diagnostic[] = isCut
      ? [
          {
            code: 'TRUNCATED_READ',
            message: `only the first ${settings.maxCharacters} characters were read`,
          },
        ]
      : [];
    return {
      format: 'html' as const,
      pages: [{ pageNumber: 1, width: null, height: null }],
      ...page,
      diagnostics: [...diagnostics, ...cut, ...pictureDiagnostics(reader), ...page.diagnostics],
    };
  },
};
