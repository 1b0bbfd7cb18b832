import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { alignPages } from '../../ocr/align-pages.js';
import type { ColorImage } from '../../ocr/raster.js';
import { shrinkPicture } from '../../ocr/shrink-picture.js';
import type { Page } from '../../model/document.js';
import type { Extractor, ExtractSettings } from '../extractor.js';
import { type PicturePage, picturePages } from '../paged/decode-image.js';
import { recognisePages } from '../paged/recognise-pages.js';
import { ocrDiagnostics, toPrintedPage } from '../paged/scanned-page.js';
import { toDocument } from '../paged/to-document.js';

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
    const { pages, diagnostics } = firstPages(bytes, settings);
    if (pages.length === 0) throw new AppError('SOURCE_CORRUPT', 'a picture without pages');
    const { read, late } = await recognisePages(pages, settings, async (page, reader) => {
      const { pageNumber, width, height } = page;
      const place = { pageNumber, width, height, deadline: settings.deadline };
      const draw = (): ColorImage => shrinkPicture(page.picture.decode());
      return { pageNumber, scanned: await reader.read({ place, draw }) };
    });
    if (late && read.length === 0) throw late;
    if (late) diagnostics.push({ code: late.code, page: read.length + 1, message: late.message });
    const printed = read.map((page) => ({
      ...toPrintedPage(page.pageNumber, page.scanned),
      hasImages: true,
    }));
    const used = read.flatMap((page) => ocrDiagnostics(page.pageNumber, page.scanned));
    const reading = { pages: alignPages(printed), properties: {}, diagnostics: [...used, ...diagnostics] };
    return toDocument(reading, 'image');
  },
};

/** The pages of a picture with the sizes (points) that evidence is given in, without reading them. */
export function picturePageSizes(bytes: Uint8Array, settings: Pick<ExtractSettings, 'maxPages'>): Page[] {
  return firstPages(bytes, settings).pages.map(({ pageNumber, width, height }) => ({
    pageNumber,
    width,
    height,
  }));
}

interface SizedPage {
  readonly pageNumber: number;
  readonly width: number;
  readonly height: number;
  readonly picture: PicturePage;
}

function firstPages(
  bytes: Uint8Array,
  { maxPages }: Pick<ExtractSettings, 'maxPages'>,
): { pages: SizedPage[]; diagnostics: Diagnostic[] } {
  const all = picturePages(bytes);
  const pages = all.slice(0, maxPages).map((picture, index): SizedPage => {
    const scale = PAGE_POINTS / Math.max(picture.width, picture.height);
    return { pageNumber: index + 1, width: picture.width * scale, height: picture.height * scale, picture };
  });
  const message = `only the first ${maxPages} pages were read`;
  return { pages, diagnostics: all.length > maxPages ? [{ code: 'TRUNCATED_READ', message }] : [] };
}
