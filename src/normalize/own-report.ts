import type { Block, Document, Table } from '../model/document.js';
import { fold, withoutSpace } from '../text/fold.js';
import { toPlain } from './meta/lines.js';
import { readTitle } from './meta/title-grammar.js';

/** A run of blocks from one report's title to the next report's. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly year: number | null;
}

/** A line that names a report of a year. */
interface TitleMark {
  readonly block: number;
  readonly year: number;
  readonly subject: string;
}

/** A number, with its unit or without, or a mark, which a pipe may end. */
const FIGURE_AT_END = /[\d\-—/](?:万?元|人次|[件条次篇个人期])?[\s|]*$/;

/** A mark that is a word of its own. */
const WORD_AT_END = /(?:^|[\s|])(?:暂?无|没有|不涉及|不适用|未发生)[\s|]*$/;

/** So many lines that end in a number or a mark are what is left of a table. */
const FEWEST_FIGURES = 10;

/** Tables with fewer numbers, marks and blank cells are a site's menu or what it says about a page. */
const FEWEST_CELLS = 8;

/**
 * The document without the tables and text of other reports: where titles of several years or bodies each stand before
 * tables (or, in a text that lost its tables, before lines of figures), only those behind the title of `year` are left (of the first report, where that is unknown). Tables keep
 * their indexes; those left out have no cells. A document with one report is returned as it is.
 */
export function ownReport(document: Document, year: number | null): Document {
  const segments = cutAtTitles(document, year).filter((segment) => hasFigures(document, segment));
  const own = segments.find((segment) => segment.year === year) ?? (year === null ? segments[0] : undefined);
  if (segments.length < 2 || !own) return document;
  const blocks = document.blocks.slice(own.from, own.to);
  const kept = new Set(blocks.flatMap((block) => (block.kind === 'table' ? [block.tableIndex] : [])));
  return {
    ...document,
    blocks,
    tables: document.tables.map((table) => (kept.has(table.tableIndex) ? table : withoutCells(table))),
  };
}

/** Tables before the first title belong to the report that the document is: its title is part of the page around it. */
function cutAtTitles(document: Document, year: number | null): Segment[] {
  const { blocks } = document;
  const starts: TitleMark[] = [];
  for (const mark of blocks.flatMap(titleMarks)) {
    const current = starts.at(-1);
    if (!current || isOtherReport(current, mark)) starts.push(mark);
  }
  const page = blocks.find((block) => block.kind === 'heading' && block.region !== 'body');
  const named = page && page.kind !== 'table' ? titleIn(page.text)?.year : undefined;
  const untitled: Segment = { from: 0, to: starts[0]?.block ?? 0, year: named ?? year };
  const hasUntitled = hasFigures(document, untitled);
  const titled = starts.map((mark, i) => ({
    from: i === 0 && !hasUntitled ? 0 : mark.block,
    to: starts[i + 1]?.block ?? blocks.length,
    year: mark.year,
  }));
  return hasUntitled ? [untitled, ...titled] : titled;
}

function titleMarks(block: Block, index: number): TitleMark[] {
  if (block.kind === 'table' || block.region !== 'body') return [];
  return block.text.split('\n').flatMap((line) => {
    const title = titleIn(line);
    return title && title.year !== null ? [{ block: index, year: title.year, subject: title.subject }] : [];
  });
}

function titleIn(line: string): ReturnType<typeof readTitle> {
  const printed = withoutSpace(line);
  return /报告|年报/.test(printed) ? readTitle(printed, toPlain(printed)) : null;
}

function isOtherReport(a: TitleMark, b: TitleMark): boolean {
  if (a.year !== b.year) return true;
  return !a.subject.includes(b.subject) && !b.subject.includes(a.subject);
}

function hasFigures({ blocks, tables }: Document, { from, to }: Segment): boolean {
  const own = blocks.slice(from, to);
  const cells = own.flatMap((block) =>
    block.kind === 'table' ? (tables[block.tableIndex]?.cells ?? []) : [],
  );
  if (cells.filter(({ text }) => isFigure(text)).length >= FEWEST_CELLS) return true;
  const figures = own.filter((block) => block.kind !== 'table' && endsInFigure(block.text));
  return figures.length >= FEWEST_FIGURES;
}

/** A cell of a report's table: blank, or with a number or a mark at its end. */
function isFigure(text: string): boolean {
  return fold(text) === '' || endsInFigure(text);
}

function endsInFigure(text: string): boolean {
  return FIGURE_AT_END.test(fold(text)) || WORD_AT_END.test(text);
}

function withoutCells(table: Table): Table {
  return { ...table, cells: [] };
}
