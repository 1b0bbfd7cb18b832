import type { Diagnostic } from '../../model/diagnostic.js';
import type { Box } from '../../model/geometry.js';
import type { PageReader, PageRequest } from '../../ocr/page-reader.js';
import type { Matrix } from '../../ocr/matrix.js';
import { mapBox, type ColorImage } from '../../ocr/raster.js';
import type { PageTable } from '../../tables/page-table.js';
import { trueTables } from '../paged/scanned-page.js';
import type { PdfPage } from './pdf-reader.js';

/** Pages of one source whose pictures are looked at beside their text. */
export const MOST_PAGES_WITH_PICTURES = 30;
/** A picture of a table is at least so wide and high, as shares of the page. */
const LEAST_WIDTH = 0.35;
const LEAST_HEIGHT = 0.06;
/** Print over a picture (a background, a watermark) is what the page says; a table's picture has hardly any. */
const MOST_CHARACTERS_OVER = 8;
const PAPER = 255;

/** The pictures of a page that are big enough for a table and not printed over. */
export function picturesOfTables({ width, height, pictures = [], glyphs }: PdfPage): Box[] {
  return pictures.filter((box) => {
    if (box.right - box.left < LEAST_WIDTH * width || box.bottom - box.top < LEAST_HEIGHT * height)
      return false;
    const over = glyphs.filter((glyph) => isInside(glyph.box, box));
    return over.length <= MOST_CHARACTERS_OVER;
  });
}

function isInside(inner: Box, outer: Box): boolean {
  const x = (inner.left + inner.right) / 2;
  const y = (inner.top + inner.bottom) / 2;
  return x > outer.left && x < outer.right && y > outer.top && y < outer.bottom;
}

/**
 * The page with the tables that its pictures show, in their places. Whatever else pictures show is left alone: photographs,
 * emblems, screenshots. Throws what `reader` throws.
 */
export async function readPictures(
  page: PdfPage,
  reader: PageReader,
  { place, draw }: PageRequest,
): Promise<{ page: PdfPage; diagnostics: Diagnostic[] }> {
  const boxes = picturesOfTables(page);
  const scanned = await reader.read({
    place: { ...place, onlyTables: true },
    draw: async () => onlyWithin(await draw(), page, boxes),
  });
  const found = trueTables(scanned);
  // What lies on its side beside upright text cannot be put into its order.
  if (found.length === 0 || scanned.quarters !== 0) return { page, diagnostics: [] };
  const message = `${found.length} tables of the page are pictures and were read by OCR.`;
  return {
    page: { ...page, scannedTables: found.map((table) => inPlace(table, scanned.toShown)) },
    diagnostics: [{ code: 'OCR_USED', page: page.pageNumber, message }],
  };
}

/** A table that was straightened to be read, with cells and text where the page shows them; borders stay straight. */
function inPlace(table: PageTable, toShown: Matrix | null): PageTable {
  if (!toShown) return table;
  const moved = <T extends { readonly box: Box }>(one: T): T => ({ ...one, box: mapBox(one.box, toShown) });
  const cells = table.cells.map((cell) => ({
    ...moved(cell),
    lines: cell.lines.map((line) => ({ ...moved(line), glyphs: line.glyphs.map(moved) })),
  }));
  return { ...table, cells };
}

/** The page's image with everything outside `boxes` (points) white. */
function onlyWithin(image: ColorImage, page: PdfPage, boxes: readonly Box[]): ColorImage {
  const { width, height } = image;
  const data = new Uint8Array(image.data.length).fill(PAPER);
  const [x, y] = [width / page.width, height / page.height];
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.left * x));
    const right = Math.min(width, Math.ceil(box.right * x));
    for (let row = Math.max(0, Math.floor(box.top * y)); row < Math.min(height, box.bottom * y); row++) {
      const from = 4 * (row * width + left);
      data.set(image.data.subarray(from, 4 * (row * width + right)), from);
    }
  }
  return { width, height, data };
}
