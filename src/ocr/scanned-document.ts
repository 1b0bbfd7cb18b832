import type { Block, Table, TextBlock } from '../model/document.js';
import type { ScannedLine, ScannedPage } from './read-scanned-page.js';

/** Blocks and tables of one page in reading order; `tableIndex` of the first table is `firstTable`. */
export interface PageContent {
  readonly blocks: readonly Block[];
  readonly tables: readonly Table[];
}

/** A line that starts this many line heights right of the others opens a paragraph … */
const INDENT_LINES = 0.9;
/** … and one that ends this many line heights before the right edge closes one. */
const SHORT_LINES = 2.2;
/** Lines further apart than this many line heights belong to different paragraphs. */
const GAP_LINES = 1.6;
/** A line with so many times the usual height is a heading. */
const HEADING_HEIGHT = 1.3;
/** Page numbers stand in these shares of the page's height at its top and bottom. */
const MARGIN_SHARE = 0.1;
const PAGE_NUMBER =
  /^[-—–_·.\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*\/\s*\d{1,3}|\s*共\s*\d{1,3}\s*页)?[-—–_·.\s]*$/;
/** Reading whose product of characters falls below this is noise when it is this short: remains of seals, dust. */
const NOISE = { confidence: 0.55, length: 2 } as const;
/** Printed structure that starts a paragraph of its own whatever the lines before it look like. */
const OPENS_PARAGRAPH =
  /^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[章部])/;

/** Joins the lines of a page to paragraphs and puts tables between them, from top to bottom. */
export function toPageContent(page: ScannedPage, pageHeight: number, firstTable: number): PageContent {
  const lines = page.lines.filter((line) => !isNoise(line));
  const tables = page.tables.map((table, i) => ({ ...table, tableIndex: firstTable + i }));
  const breaks = tables.map((table) => table.box?.top ?? 0);
  const items: { top: number; block: Block }[] = tables.map((table) => ({
    top: table.box?.top ?? 0,
    block: { kind: 'table', tableIndex: table.tableIndex },
  }));
  for (const group of groupLines(lines, pageHeight, breaks)) {
    items.push({
      top: group.lines[0]?.box.top ?? 0,
      block: toTextBlock(group, page.pageNumber, usualHeight(lines)),
    });
  }
  return { blocks: items.sort((a, b) => a.top - b.top).map((item) => item.block), tables };
}

function isNoise(line: ScannedLine): boolean {
  return line.text.length <= NOISE.length && line.confidence < NOISE.confidence;
}

function heightOf(line: ScannedLine): number {
  return line.box.bottom - line.box.top;
}

function usualHeight(lines: readonly ScannedLine[]): number {
  const heights = lines.map(heightOf).sort((a, b) => a - b);
  return heights[Math.floor(heights.length / 2)] ?? 0;
}

interface LineGroup {
  readonly lines: ScannedLine[];
  readonly region: TextBlock['region'];
}

function groupLines(
  lines: readonly ScannedLine[],
  pageHeight: number,
  breaks: readonly number[],
): LineGroup[] {
  const body = lines.filter((line) => !isPageNumber(line, pageHeight));
  const left = Math.min(...body.map((line) => line.box.left));
  const right = Math.max(...body.map((line) => line.box.right));
  const height = usualHeight(body);
  const groups: LineGroup[] = lines
    .filter((line) => isPageNumber(line, pageHeight))
    .map((line) => ({ lines: [line], region: 'furniture' as const }));
  let open: LineGroup | null = null;
  for (const line of body) {
    const last: ScannedLine | undefined = open?.lines.at(-1);
    const starts =
      !last ||
      line.box.left > left + INDENT_LINES * height ||
      last.box.right < right - SHORT_LINES * height ||
      line.box.top - last.box.bottom > GAP_LINES * height ||
      Math.abs(heightOf(line) - heightOf(last)) > 0.35 * height ||
      OPENS_PARAGRAPH.test(line.text) ||
      breaks.some((top) => top > last.box.top && top < line.box.bottom);
    if (starts || !open) groups.push((open = { lines: [line], region: 'body' }));
    else open.lines.push(line);
  }
  return groups;
}

function isPageNumber(line: ScannedLine, pageHeight: number): boolean {
  const isAtEdge =
    line.box.bottom < MARGIN_SHARE * pageHeight || line.box.top > (1 - MARGIN_SHARE) * pageHeight;
  return isAtEdge && PAGE_NUMBER.test(line.text);
}

function toTextBlock(group: LineGroup, page: number, usual: number): TextBlock {
  const boxes = group.lines.map((line) => line.box);
  return {
    kind: group.lines.every((line) => heightOf(line) > HEADING_HEIGHT * usual) ? 'heading' : 'paragraph',
    region: group.region,
    text: group.lines.map((line) => line.text).join(''),
    evidence: {
      kind: 'box',
      page,
      box: {
        left: Math.min(...boxes.map((box) => box.left)),
        top: Math.min(...boxes.map((box) => box.top)),
        right: Math.max(...boxes.map((box) => box.right)),
        bottom: Math.max(...boxes.map((box) => box.bottom)),
      },
    },
  };
}
