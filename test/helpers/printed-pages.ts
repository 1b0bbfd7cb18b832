import type { PrintedPage } from '../../src/extractors/paged/printed-page.js';
import { toDocument } from '../../src/extractors/paged/to-document.js';
import type { Document, Table } from '../../src/model/document.js';

/** A page of print, 600 by 800 points, with nothing on it but the glyphs and what `parts` says. */
export function printedPage(glyphs: PrintedPage['glyphs'], parts: Partial<PrintedPage> = {}): PrintedPage {
  return {
    pageNumber: 1,
    width: 600,
    height: 800,
    glyphs,
    rulings: [],
    fills: [],
    hasImages: false,
    ...parts,
  };
}

/** The document of pages whose glyphs were printed in the order given. */
export function readPages(pages: readonly Pick<PrintedPage, 'glyphs' | 'rulings'>[]): Document {
  const printed = pages.map(({ glyphs, rulings }, i) =>
    printedPage(
      glyphs.map((glyph, order) => ({ ...glyph, order })),
      { pageNumber: i + 1, rulings },
    ),
  );
  return toDocument({ pages: printed, properties: {}, diagnostics: [] }, 'pdf');
}

/** The rows of a table as text, their cells between ` | ` and the lines of a cell between `lineEnd`. */
export function rowTexts(table: Table | undefined, lineEnd: string): string[] {
  return Array.from({ length: table?.rowCount ?? 0 }, (_, i) =>
    (table?.cells ?? [])
      .filter((cell) => cell.rowIndex === i)
      .map((cell) => cell.text.replaceAll('\n', lineEnd))
      .join(' | '),
  );
}
