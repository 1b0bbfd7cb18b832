import type { Block, Document, Format } from '../../model/document.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { findRuledTables } from '../../tables/find-ruled-tables.js';
import { findStruck, withoutStruck } from '../../tables/find-struck.js';
import type { PageTable } from '../../tables/page-table.js';
import { refineRuledTable } from '../../tables/refine-ruled-table.js';
import {
  appendPiece,
  isContinuation,
  startTable,
  type StitchedTable,
  toTable,
} from '../../tables/stitch-pages.js';
import { buildLines, lineOf, type TextLine } from '../../tables/text-line.js';
import { asShown } from './as-shown.js';
import { isContinued, joinParagraphs, measureLines, type Paragraph, toTextBlock } from './build-blocks.js';
import { findOpenTables, findUnruledTables, type UnruledTables } from './find-unruled-tables.js';
import { findFurniture } from './page-lines.js';
import { onPages, partColumns, type Sheets } from './part-columns.js';
import { partPrint } from './part-print.js';
import type { PagedReading, PrintedPage } from './printed-page.js';
import { releaseOpen } from './release-open.js';
import { setUpright } from './set-upright.js';
import { isSpacedText, withoutCrowded } from './spaced-text.js';

/** A page with fewer characters than this and a picture holds its text in the picture. */
const LEAST_CHARACTERS = 4;

/** Tables side by side start within so many points of one height: borders are drawn a little off. */
const SAME_TOP = 4;

/** One page after table reconstruction. */
interface PageContent {
  readonly page: PrintedPage;
  readonly tables: readonly StitchedTable[];
  readonly lines: readonly TextLine[];
  /** Text printed over the page's own. */
  readonly watermarks: readonly TextLine[];
}

type Item =
  | { readonly kind: 'table'; readonly table: StitchedTable }
  | { readonly kind: 'text'; readonly paragraph: Paragraph; readonly region: 'body' | 'furniture' };

/** Builds the document from its pages: tables, paragraphs, headings, furniture, in reading order. */
export function toDocument(reading: PagedReading, format: Format): Document {
  const pages = reading.pages.map(setUpright);
  const isSpaced = isSpacedText(pages);
  const { sheets, pageOf } = partColumns(pages);
  const ruled = partWatermarks(sheets.map((page) => readRuled(page, isSpaced)));
  const contents = releaseOpen(ruled).map(toContent);
  const furniture = findFurniture(
    contents.map(({ page, lines }) => ({ pageNumber: page.pageNumber, height: page.height, lines })),
  );
  const bodies = contents.map(({ page, tables, lines }) => ({
    pageNumber: page.pageNumber,
    height: page.height,
    tableTops: tables.map(topOf),
    drawings: page.drawings ?? [],
    rulings: page.rulings,
    lines: lines.filter((line) => !furniture.has(line)),
  }));
  const unruled = isSpaced ? findOpenTables(bodies) : findUnruledTables(bodies);
  const bodyLines = bodies.flatMap(({ lines }) => lines.flatMap((line) => unruled.left.get(line) ?? [line]));
  const usualSize = bodyLines.length > 0 ? measureLines(bodyLines).size : 0;
  const items: Item[] = [];
  for (const content of contents) addPage(items, content, furniture, unruled);
  const document: Document = {
    format,
    pages: pages.map(({ pageNumber, width, height }) => ({ pageNumber, width, height })),
    ...toBlocks(items, usualSize),
    properties: reading.properties,
    diagnostics: [...reading.diagnostics, ...reading.pages.flatMap(textlessPage), ...stitched(items, pageOf)],
  };
  return asShown(onPages(document, pageOf), pages);
}

/** One page with the tables that its ruling lines draw. */
interface RuledContent {
  readonly page: PrintedPage;
  readonly tables: readonly PageTable[];
  readonly lines: readonly TextLine[];
  readonly watermarks: readonly TextLine[];
}

function readRuled(page: PrintedPage, isSpaced: boolean): RuledContent {
  const { body, watermarks } = partPrint(page.glyphs);
  const print = findStruck({ glyphs: body, rulings: page.rulings });
  const found = findRuledTables({ ...page, ...print });
  const { tables, rest } = isSpaced ? withoutCrowded(found, print.glyphs) : found;
  const lines = buildLines(rest).flatMap((line) => withoutStruck([line]) ?? [line]);
  return { page, tables, lines, watermarks: watermarks.map((run) => lineOf(run, 0)) };
}

/** What covers text on one page is a watermark on the others too, where it may stand free. */
function partWatermarks(pages: readonly RuledContent[]): readonly RuledContent[] {
  const keyOf = ({ text, size }: TextLine): string => `${text} ${Math.round(size)}`;
  const known = new Set(pages.flatMap(({ watermarks }) => watermarks.map(keyOf)));
  if (known.size === 0) return pages;
  return pages.map((page) => {
    const found = page.lines.filter((line) => known.has(keyOf(line)));
    if (found.length === 0) return page;
    const lines = page.lines.filter((line) => !found.includes(line));
    return { ...page, lines, watermarks: [...page.watermarks, ...found] };
  });
}

function toContent({ page, tables, lines, watermarks }: RuledContent): PageContent {
  const drawn = tables.map((table) => refineRuledTable(table) ?? startTable(table));
  const scanned = (page.scannedTables ?? []).map(startTable);
  return { page, tables: [...drawn, ...scanned], lines, watermarks };
}

/** Tables with the height that they are read at: of those that start side by side the left one comes first. */
function inRows(tables: readonly StitchedTable[]): { top: number; table: StitchedTable }[] {
  const rows = [...tables].sort((a, b) => topOf(a) - topOf(b)).map((table) => ({ top: topOf(table), table }));
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1];
    if (before && row.top - before.top < SAME_TOP) row.top = before.top;
  }
  return rows.sort((a, b) => a.top - b.top || leftOf(a.table) - leftOf(b.table));
}

function leftOf(table: StitchedTable): number {
  return table.pieces[0]?.box.left ?? 0;
}

/** Height at which a table starts on its first page. */
function topOf(table: StitchedTable): number {
  return table.pieces[0]?.box.top ?? 0;
}

function textlessPage(page: PrintedPage): Diagnostic[] {
  if (page.glyphs.length >= LEAST_CHARACTERS || !page.hasImages || page.scannedTables) return [];
  return [
    {
      code: 'PAGE_WITHOUT_TEXT',
      page: page.pageNumber,
      message: 'The page is a picture without a text layer.',
    },
  ];
}

function stitched(items: readonly Item[], pageOf: Sheets['pageOf']): Diagnostic[] {
  return items.flatMap((item): Diagnostic[] => {
    const first = item.kind === 'table' ? item.table.pieces[0] : undefined;
    if (item.kind !== 'table' || !first || item.table.pieces.length < 2) return [];
    const message = `A table goes on over ${item.table.pieces.length} pages.`;
    const page = pageOf?.get(first.pageNumber) ?? first.pageNumber;
    return [{ code: 'TABLE_STITCHED', page, message }];
  });
}

/** Appends a page's items in reading order; what goes on from the page before is joined to it. */
function addPage(
  items: Item[],
  content: PageContent,
  furniture: ReadonlySet<TextLine>,
  unruled: UnruledTables,
): void {
  const { page, tables, lines } = content;
  const body = lines.flatMap((line) => (furniture.has(line) ? [] : (unruled.left.get(line) ?? [line])));
  const measure = measureLines(body);
  const found: { top: number; item: Item }[] = [];
  const starting = unruled.tables.filter(({ pageNumber }) => pageNumber === page.pageNumber);
  const tops = [...tables.map(topOf), ...starting.map(({ top }) => top)];
  for (const group of splitAt(body, tops)) {
    for (const paragraph of joinParagraphs(group, measure, page.pageNumber)) {
      found.push({
        top: paragraph.lines[0]?.box.top ?? 0,
        item: { kind: 'text', paragraph, region: 'body' },
      });
    }
  }
  for (const { table, top } of inRows(tables)) found.push({ top, item: { kind: 'table', table } });
  for (const { table, top } of starting) found.push({ top, item: { kind: 'table', table } });
  for (const line of [...lines.filter((one) => furniture.has(one)), ...content.watermarks]) {
    const paragraph = { pageNumber: page.pageNumber, lines: [line], isFull: false };
    items.push({ kind: 'text', paragraph, region: 'furniture' });
  }
  const [first, ...others] = found.sort((a, b) => a.top - b.top).map(({ item }) => item);
  if (!first) return;
  const index = items.findLastIndex((item) => item.kind === 'table' || item.region === 'body');
  const before = items[index];
  const joined = before ? joinItems(before, first, measure) : null;
  if (joined) items[index] = joined;
  else items.push(first);
  items.push(...others);
}

/** Lines between two tables form a run of their own. */
function splitAt(lines: readonly TextLine[], tops: readonly number[]): TextLine[][] {
  const groups: TextLine[][] = [];
  let passed = -1;
  for (const line of lines) {
    const above = tops.filter((top) => top <= line.box.top).length;
    if (above !== passed) groups.push([]);
    passed = above;
    groups.at(-1)?.push(line);
  }
  return groups;
}

function joinItems(before: Item, after: Item, measure: ReturnType<typeof measureLines>): Item | null {
  if (before.kind === 'table' && after.kind === 'table') {
    const piece = after.table.pieces[0];
    // Tables by alignment are whole already: their pieces hold no cells.
    if (!piece || piece.cells.length === 0 || !isContinuation(before.table, piece)) return null;
    return { kind: 'table', table: appendPiece(before.table, piece) };
  }
  if (before.kind !== 'text' || after.kind !== 'text') return null;
  if (!isContinued(before.paragraph, after.paragraph, measure)) return null;
  const paragraph = {
    ...after.paragraph,
    pageNumber: before.paragraph.pageNumber,
    lines: [...before.paragraph.lines, ...after.paragraph.lines],
  };
  return { ...before, paragraph };
}

function toBlocks(items: readonly Item[], usualSize: number): Pick<Document, 'blocks' | 'tables'> {
  const blocks: Block[] = [];
  const tables: Document['tables'][number][] = [];
  for (const item of items) {
    if (item.kind === 'table') {
      blocks.push({ kind: 'table', tableIndex: tables.length });
      tables.push(toTable(item.table, tables.length));
    } else {
      blocks.push(toTextBlock(item.paragraph, item.region, usualSize));
    }
  }
  return { blocks, tables };
}
