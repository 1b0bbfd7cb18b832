import type { Document } from '../../model/document.js';
import type { Evidence } from '../../model/evidence.js';
import type { Box } from '../../model/geometry.js';
import { mapBox } from '../../ocr/raster.js';
import type { PrintedPage } from './printed-page.js';
import { turnBox } from './set-upright.js';

/** Quarters that bring a page back to where it was. */
const FULL_TURN = 4;

/**
 * A box on a page as it was read in the frame of the page as displayed, which `page.quarters` turns set upright and the
 * inverse of `page.toShown` straightened.
 */
export function boxAsShown(
  page: Pick<PrintedPage, 'width' | 'height' | 'quarters' | 'toShown'>,
  read: Box,
): Box {
  const box = page.toShown ? mapBox(read, page.toShown) : read;
  return page.quarters ? turnBox(box, page, (FULL_TURN - page.quarters) as 1 | 2 | 3) : box;
}

/** The document with sizes and boxes of pages that were turned or straightened to be read as they are displayed. */
export function asShown(document: Document, pages: readonly PrintedPage[]): Document {
  const moved = pages.filter((page) => page.quarters ?? page.toShown);
  const turned = new Map(moved.map((page) => [page.pageNumber, page]));
  if (turned.size === 0) return document;
  const evidence = (one: Evidence): Evidence => {
    const page = one.kind === 'box' ? turned.get(one.page) : undefined;
    return page && one.kind === 'box' ? { ...one, box: boxAsShown(page, one.box) } : one;
  };
  return {
    ...document,
    pages: document.pages.map((page) => {
      const quarters = turned.get(page.pageNumber)?.quarters ?? 0;
      return quarters % 2 === 0 ? page : { ...page, width: page.height, height: page.width };
    }),
    blocks: document.blocks.map((block) =>
      block.kind === 'table' ? block : { ...block, evidence: evidence(block.evidence) },
    ),
    tables: document.tables.map((table) => {
      const page = turned.get(table.pages[0] ?? 0);
      return {
        ...table,
        box: page && table.box ? boxAsShown(page, table.box) : table.box,
        cells: table.cells.map((cell) => ({ ...cell, evidence: evidence(cell.evidence) })),
      };
    }),
  };
}
