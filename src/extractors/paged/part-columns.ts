import type { Document } from '../../model/document.js';
import type { Evidence } from '../../model/evidence.js';
import type { RulingLine } from '../../model/geometry.js';
import type { Glyph } from '../../tables/glyph.js';
import type { PrintedPage } from './printed-page.js';

/** A page, or one column of a page with two, numbered in reading order; where a page lies in two, both know it. */
export interface Sheets {
  readonly sheets: readonly PrintedPage[];
  /** The number of the page that each sheet is on, by the sheet's own; null where every sheet is a page. */
  readonly pageOf: ReadonlyMap<number, number> | null;
}

/** Fewer characters are no page of two columns. */
const FEWEST_CHARACTERS = 200;
/** The space between columns is looked for in this part of the page's width, in steps of so many points … */
const MIDDLE = { from: 0.3, to: 0.7 } as const;
const STEP = 2;
/** … and is at least so many points wide. */
const NARROWEST_GUTTER = 10;
/** Titles, running heads and page numbers in these shares of the page's height may cross it. */
const MARGIN = { top: 0.12, bottom: 0.08 } as const;
/** A column of prose has so many lines one below the other of so many characters without a gap (em) that fill this share of its width, and ends sentences, as labels do not. */
const PROSE = { lines: 3, characters: 12, gapEm: 0.6, share: 0.85 } as const;
/** The other column says something too: numbers alone belong to labels in the first. */
const FEWEST_WORDS = 20;
const WORD = /\p{Script=Han}/u;

/**
 * Pages whose text runs in two columns, or that show two pages side by side, parted at the space between them: told by
 * lines of prose that fill one side and never reach the other. The other pages of such a document are parted too where nothing crosses that place.
 */
export function partColumns(pages: readonly PrintedPage[]): Sheets {
  const gutters = pages.map(findGutters);
  const sure = pages.flatMap((page, i) =>
    (gutters[i] ?? [])
      .map(({ from, to }) => ({ at: (from + to) / 2, width: page.width }))
      .filter(({ at }) => hasProseBeside(page, at)),
  );
  if (sure.length === 0) return { sheets: pages, pageOf: null };
  const pageOf = new Map<number, number>();
  const sheets = pages.flatMap((page, i) => {
    const gutter = sure.find(
      ({ at, width }) => width === page.width && gutters[i]?.some(({ from, to }) => from < at && at < to),
    );
    return (gutter ? halvesOf(page, gutter.at) : [page]).map((sheet) => {
      pageOf.set(pageOf.size + 1, page.pageNumber);
      return { ...sheet, pageNumber: pageOf.size };
    });
  });
  return { sheets, pageOf };
}

/** A strip of a page from top to bottom. */
interface Strip {
  readonly from: number;
  readonly to: number;
}

/** The strips in the middle of a page that nothing in its body reaches into. */
function findGutters({ glyphs, rulings, width, height, scannedTables }: PrintedPage): Strip[] {
  if (glyphs.length < FEWEST_CHARACTERS || scannedTables) return [];
  const [first, last] = [Math.floor((MIDDLE.from * width) / STEP), Math.ceil((MIDDLE.to * width) / STEP)];
  const taken = new Uint8Array(last + 1);
  const take = (from: number, to: number): void => {
    const end = Math.min(last, Math.floor(to / STEP));
    for (let i = Math.max(first, Math.floor(from / STEP)); i <= end; i++) taken[i] = 1;
  };
  const [top, bottom] = [MARGIN.top * height, (1 - MARGIN.bottom) * height];
  for (const { box } of glyphs) if (box.bottom > top && box.top < bottom) take(box.left, box.right);
  for (const { direction, at, from, to } of rulings)
    if (direction === 'horizontal' && at > top && at < bottom) take(from, to);
  const gutters: Strip[] = [];
  // A strip that reaches out of the middle may be any width: it is no gutter.
  let start = Infinity;
  for (let i = first; i <= last; i++) {
    if (taken[i] !== 1) continue;
    if ((i - start) * STEP >= NARROWEST_GUTTER) gutters.push({ from: start * STEP, to: i * STEP });
    start = i + 1;
  }
  return gutters;
}

/** Whether lines of prose fill one side of the gutter, and the other side has words as well. */
function hasProseBeside({ glyphs }: PrintedPage, gutter: number): boolean {
  const isLeft = ({ box }: Glyph): boolean => box.right <= gutter;
  const sides = [glyphs.filter(isLeft), glyphs.filter((glyph) => !isLeft(glyph))];
  const hasWords = (side: readonly Glyph[]): boolean =>
    side.filter(({ text }) => WORD.test(text)).length >= FEWEST_WORDS;
  return sides.every(hasWords) && sides.some(isProse);
}

function isProse(glyphs: readonly Glyph[]): boolean {
  const [left, right] = [
    leastOf(glyphs.map(({ box }) => box.left)),
    mostOf(glyphs.map(({ box }) => box.right)),
  ];
  let full = 0;
  let hasEnd = false;
  for (const { start, end, characters, isSentence } of linesOf(glyphs)) {
    const isFull = characters >= PROSE.characters && end - start >= PROSE.share * (right - left);
    full = isFull ? full + 1 : 0;
    hasEnd = full > 0 && (hasEnd || isSentence);
    if (full >= PROSE.lines && hasEnd) return true;
  }
  return false;
}

/** Runs of characters on one line without a gap, in the order of the source. */
function linesOf(glyphs: readonly Glyph[]): Line[] {
  const lines: (Line & { bottom: number })[] = [];
  for (const { box, size, text } of glyphs) {
    const last = lines.at(-1);
    const isNext =
      last &&
      Math.abs(box.bottom - last.bottom) < size / 2 &&
      Math.abs(box.left - last.end) < PROSE.gapEm * size;
    if (isNext) {
      last.end = box.right;
      last.characters++;
      last.isSentence ||= text === '。';
    } else {
      lines.push({
        start: box.left,
        end: box.right,
        characters: 1,
        isSentence: text === '。',
        bottom: box.bottom,
      });
    }
  }
  return lines;
}

interface Line {
  readonly start: number;
  end: number;
  characters: number;
  /** A sentence ends in it. */
  isSentence: boolean;
}

function leastOf(numbers: readonly number[]): number {
  return numbers.reduce((least, number) => Math.min(least, number), Infinity);
}

function mostOf(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), -Infinity);
}

/** The columns of a page; what crosses the gutter belongs to the left one. */
function halvesOf(page: PrintedPage, gutter: number): PrintedPage[] {
  const isLeftLine = ({ direction, at, from }: RulingLine): boolean =>
    (direction === 'vertical' ? at : from) < gutter;
  const part = (isHere: (isLeft: boolean) => boolean): PrintedPage => ({
    ...page,
    glyphs: page.glyphs.filter(({ box }) => isHere(box.left < gutter)),
    rulings: page.rulings.filter((line) => isHere(isLeftLine(line))),
    fills: page.fills.filter(({ left }) => isHere(left < gutter)),
  });
  return [part((isLeft) => isLeft), part((isLeft) => !isLeft)];
}

/** The document with the pages that its sheets are on. */
export function onPages(document: Document, pageOf: ReadonlyMap<number, number> | null): Document {
  if (pageOf === null) return document;
  const page = (sheet: number): number => pageOf.get(sheet) ?? sheet;
  const evidence = (one: Evidence): Evidence => (one.kind === 'box' ? { ...one, page: page(one.page) } : one);
  return {
    ...document,
    blocks: document.blocks.map((block) =>
      block.kind === 'table' ? block : { ...block, evidence: evidence(block.evidence) },
    ),
    tables: document.tables.map((table) => ({
      ...table,
      pages: [...new Set(table.pages.map(page))],
      cells: table.cells.map((cell) => ({ ...cell, evidence: evidence(cell.evidence) })),
    })),
  };
}
