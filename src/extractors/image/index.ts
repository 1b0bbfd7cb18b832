import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { alignPages } from '../../ocr/align-pages.js';
import { readPageApart } from '../../ocr/read-apart.js';
import { ocrDiagnostics, toPrintedPage } from '../paged/scanned-page.js';
import type { Page } from '../../model/document.js';
import type { Extractor, ExtractSettings } from '../extractor.js';
import type { PrintedPage } from '../paged/printed-page.js';
import { toDocument } from '../paged/to-document.js';
import { decodeImages } from '../paged/decode-image.js';

/** Longer side of an A4 page in points: pictures name no size that could be trusted. */
const PAGE_POINTS = 842;

/** PNG, JPEG and TIFF (all its pages), read by character recognition. */
export const imageExtractor: Extractor = {
  format: 'image',
  mediaType: 'image/*',
  async extract(bytes, settings) {
    if (bytes.length > settings.maxBytes) {
      throw new AppError('SOURCE_TOO_LARGE', `${bytes.length} bytes, limit ${settings.maxBytes}`);
    }
    const pages: PrintedPage[] = [];
    const diagnostics: Diagnostic[] = [];
    for (const image of decodeImages(bytes)) {
      const pageNumber = pages.length + 1;
      if (pageNumber > settings.maxPages) {
        const message = `only the first ${settings.maxPages} pages were read`;
        diagnostics.push({ code: 'TRUNCATED_READ', message });
        break;
      }
      const place = pageOf(image, pageNumber);
      const scanned = await readPageApart(image, { ...place, deadline: settings.deadline });
      pages.push({ ...toPrintedPage(pageNumber, scanned), hasImages: true });
      diagnostics.push(...ocrDiagnostics(pageNumber, scanned));
      settings.onPage?.(pageNumber);
    }
    if (pages.length === 0) throw new AppError('SOURCE_CORRUPT', 'a picture without pages');
    return toDocument({ pages: alignPages(pages), properties: {}, diagnostics }, 'image');
  },
};

/** The pages of a picture with the sizes (points) that evidence is given in, without reading them. */
export function picturePages(bytes: Uint8Array, { maxPages }: Pick<ExtractSettings, 'maxPages'>): Page[] {
  const pages: Page[] = [];
  for (const image of decodeImages(bytes)) {
    if (pages.length === maxPages) break;
    pages.push(pageOf(image, pages.length + 1));
  }
  return pages;
}

function pageOf(image: { readonly width: number; readonly height: number }, pageNumber: number) {
  const scale = PAGE_POINTS / Math.max(image.width, image.height);
  return { pageNumber, width: image.width * scale, height: image.height * scale };
}
