import type { Diagnostic } from '../../model/diagnostic.js';
import type { ScannedPage } from '../../ocr/read-scanned-page.js';
import type { PrintedPage } from './printed-page.js';

/** A page read from its picture, as every other page of a source with pages. */
export function toPrintedPage(pageNumber: number, scanned: ScannedPage): Omit<PrintedPage, 'hasImages'> {
  const { width, height, glyphs, tables, quarters } = scanned;
  return {
    pageNumber,
    width,
    height,
    glyphs,
    rulings: [],
    fills: [],
    scannedTables: tables,
    ...(quarters === 0 ? {} : { quarters }),
  };
}

/** What a page's reader is told: that it was recognised, and turned for that. */
export function ocrDiagnostics(page: number, { quarters }: ScannedPage): Diagnostic[] {
  const turned =
    quarters === 0 ? '' : ` It lies turned; it was read after ${quarters * 90} degrees clockwise.`;
  return [{ code: 'OCR_USED', page, message: `The page was read from its picture by OCR.${turned}` }];
}
