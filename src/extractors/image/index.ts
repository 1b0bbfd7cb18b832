import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { alignPages } from '../../ocr/align-pages.js';
import { readScannedPage } from '../../ocr/read-scanned-page.js';
import type { Extractor } from '../extractor.js';
import type { PrintedPage } from '../paged/printed-page.js';
import { toDocument } from '../paged/to-document.js';
import { decodeImages } from './decode-image.js';

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
      const scale = PAGE_POINTS / Math.max(image.width, image.height);
      const place = { pageNumber, width: image.width * scale, height: image.height * scale };
      const { glyphs, tables } = await readScannedPage(image, place);
      pages.push({ ...place, glyphs, rulings: [], fills: [], hasImages: true, scannedTables: tables });
      diagnostics.push({
        code: 'OCR_USED',
        page: pageNumber,
        message: 'The page is a picture, read by OCR.',
      });
      settings.onPage?.(pageNumber);
    }
    if (pages.length === 0) throw new AppError('SOURCE_CORRUPT', 'a picture without pages');
    return toDocument({ pages: alignPages(pages), properties: {}, diagnostics }, 'image');
  },
};
