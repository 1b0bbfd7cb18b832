import type { PageTable } from '../tables/page-table.js';

/** Scans of one table lie a little differently on each sheet: widths that differ by less than this share are one. */
const SAME_WIDTH_SHARE = 0.02;
/** Borders this close, as a share of the table's width, are the same border on both sheets. */
const SAME_BORDER_SHARE = 0.012;

interface PageWithTables {
  readonly pageNumber: number;
  readonly scannedTables?: readonly PageTable[];
}

/**
 * Moves the column borders of a page's first table onto those of the table at the end of the page before, where both
 * are as wide: so that tables can be put together over pages as if the sheets had lain alike. Boxes of cells stay.
 */
export function alignPages<P extends PageWithTables>(pages: readonly P[]): P[] {
  const aligned: P[] = [];
  for (const page of pages) {
    const before = aligned.at(-1);
    const last = before?.scannedTables?.at(-1);
    const [first, ...others] = page.scannedTables ?? [];
    const follows = before && last && first && before.pageNumber + 1 === page.pageNumber;
    aligned.push(follows ? { ...page, scannedTables: [alignTable(first, last), ...others] } : page);
  }
  return aligned;
}

function alignTable(table: PageTable, model: PageTable): PageTable {
  const width = table.box.right - table.box.left;
  const modelWidth = model.box.right - model.box.left;
  if (Math.abs(width - modelWidth) > SAME_WIDTH_SHARE * modelWidth) return table;
  const columns = table.columns.map((border) => {
    const moved = model.box.left + ((border - table.box.left) * modelWidth) / width;
    const near = model.columns.find((other) => Math.abs(other - moved) <= SAME_BORDER_SHARE * modelWidth);
    return near ?? moved;
  });
  // Two borders moved onto one would make a column vanish.
  if (new Set(columns).size < columns.length) return table;
  return { ...table, columns, box: { ...table.box, left: model.box.left, right: model.box.right } };
}
