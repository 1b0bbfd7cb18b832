import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Block, Page, Table } from '../../model/document.js';
import { readScannedPage } from '../../ocr/read-scanned-page.js';
import { toPageContent } from '../../ocr/scanned-document.js';
import type { Extractor } from '../extractor.js';
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
    const pages: Page[] = [];
    const blocks: Block[] = [];
    const tables: Table[] = [];
    const diagnostics: Diagnostic[] = [];
    for (const image of decodeImages(bytes)) {
      const pageNumber = pages.length + 1;
      if (pageNumber > settings.maxPages) {
        diagnostics.push({
          code: 'TRUNCATED_READ',
          message: `only the first ${settings.maxPages} pages were read`,
        });
        break;
      }
      const scale = PAGE_POINTS / Math.max(image.width, image.height);
      const page: Page = { pageNumber, width: image.width * scale, height: image.height * scale };
      const scanned = await readScannedPage(image, {
        pageNumber,
        width: image.width * scale,
        height: image.height * scale,
      });
      const content = toPageContent(scanned, image.height * scale, tables.length);
      pages.push(page);
      blocks.push(...content.blocks);
      tables.push(...content.tables);
      diagnostics.push({
        code: 'OCR_USED',
        page: pageNumber,
        message: 'the page is a picture and was read by OCR',
      });
      settings.onPage?.(pageNumber);
    }
    if (pages.length === 0) throw new AppError('SOURCE_CORRUPT', 'a picture without pages');
    return { format: 'image', pages, blocks, tables, properties: {}, diagnostics };
  },
};
