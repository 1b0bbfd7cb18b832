import type { Diagnostic } from '../../model/diagnostic.js';
import type { ScannedPage } from '../../ocr/read-scanned-page.js';
import type { PageTable } from '../../tables/page-table.js';
import type { PrintedPage } from './printed-page.js';

/** A page read from its picture, as every other page of a source with pages. */
export function toPrintedPage(pageNumber: number, scanned: ScannedPage): Omit<PrintedPage, 'hasImages'> {
  const { width, height, glyphs, tables, quarters, toShown } = scanned;
  return {
    pageNumber,
    width,
    height,
    glyphs,
    rulings: [],
    fills: [],
    scannedTables: tables,
    ...(quarters === 0 ? {} : { quarters }),
    ...(toShown ? { toShown } : {}),
  };
}

/** Cells with text that make a ruled picture a table rather than a frame around one. */
const LEAST_CELLS = 4;
/** Charts have lines in both directions too, but hardly anything in their cells can be read: half of it, below 0.4. */
const LEAST_MEDIAN_CERTAINTY = 0.7;

/** The tables of a picture that may show anything, without charts and frames that were taken for tables. */
export function trueTables({ tables }: ScannedPage): PageTable[] {
  return tables.filter(({ cells }) => {
    const certainties = cells
      .filter((cell) => cell.lines.length > 0)
      .map((cell) => cell.readingConfidence ?? 0)
      .sort((a, b) => a - b);
    const median = certainties[certainties.length >> 1] ?? 0;
    return certainties.length >= LEAST_CELLS && median >= LEAST_MEDIAN_CERTAINTY;
  });
}

/** What a page's reader is told: that it was recognised, and turned for that. */
export function ocrDiagnostics(page: number, { quarters }: ScannedPage): Diagnostic[] {
  const turned =
    quarters === 0 ? '' : ` It lies turned; it was read after ${quarters * 90} degrees clockwise.`;
  return [{ code: 'OCR_USED', page, message: `The page was read from its picture by OCR.${turned}` }];
}
