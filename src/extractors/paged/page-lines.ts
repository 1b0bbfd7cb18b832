import type { TextLine } from '../../tables/text-line.js';

/** A page's lines of text outside tables. */
export interface PageLines {
  readonly pageNumber: number;
  readonly height: number;
  readonly lines: readonly TextLine[];
}

/** Page numbers stand in these shares of the page's height at its top and bottom. */
const MARGIN_SHARE = 0.12;
/** Running heads stand higher and feet lower than this share, and come back on so many pages. */
const RUNNING_SHARE = 0.1;
const LEAST_REPEATS = 2;
const PAGE_NUMBER =
  /^[-—–―－_·.•\s]*(?:第\s*|Page\s+)?\d{1,4}(?:\s*页)?(?:\s*(?:\/|of|共|,|，)+\s*\d{1,4}(?:\s*页)?)?[-—–―－_·.•\s]*$/i;
/** Heights of running heads agree within about this (points). */
const PLACE_STEP = 6;
/** A page number keeps this distance (em) to all other text. */
const FREE_EM = 0.75;
/** A running head says something; rows of numbers may come back at the same height by chance. */
const WORDS = /[A-Za-z\u3400-\u9fff]{2}/;

/** Lines that a page puts around the text: page numbers, and heads and feet that come back on other pages. */
export function findFurniture(pages: readonly PageLines[]): Set<TextLine> {
  const furniture = new Set<TextLine>();
  const running = new Map<string, TextLine[]>();
  for (const page of pages) {
    const isFree = freeLines(page.lines);
    for (const line of page.lines) {
      const isNumber = isInMargin(line, page.height, MARGIN_SHARE) && PAGE_NUMBER.test(line.text);
      if (isNumber && isFree(line)) furniture.add(line);
      if (!isInMargin(line, page.height, RUNNING_SHARE) || !WORDS.test(line.text)) continue;
      const key = `${line.text.replace(/\d+/g, '#')}@${Math.round(line.box.top / PLACE_STEP)}`;
      const known = running.get(key);
      if (known) known.push(line);
      else running.set(key, [line]);
    }
  }
  for (const lines of running.values()) {
    if (lines.length >= LEAST_REPEATS) for (const line of lines) furniture.add(line);
  }
  return furniture;
}

/**
 * Tells which lines of a page keep their distance to all others. A lone number close to other text is the text's own: a
 * value at the top of a page that the table goes on from.
 */
function freeLines(lines: readonly TextLine[]): (line: TextLine) => boolean {
  const byTop = lines.toSorted((a, b) => a.box.top - b.box.top);
  const tops = byTop.map((line) => line.box.top);
  const secondLowest = secondLargestSoFar(byTop.map((line) => line.box.bottom));
  return ({ box, size }) => {
    const distance = FREE_EM * size;
    // The line itself is one of those that start above this height and reach down to it; a second one is too near.
    const starting = countUpTo(tops, box.bottom + distance);
    return (secondLowest[starting - 1] ?? -Infinity) < box.top - distance;
  };
}

/** For each number the second largest of those up to it. */
function secondLargestSoFar(numbers: readonly number[]): number[] {
  let [largest, second] = [-Infinity, -Infinity];
  return numbers.map((number) => {
    second = Math.max(second, Math.min(largest, number));
    largest = Math.max(largest, number);
    return second;
  });
}

/** How many of the numbers, which ascend, are at most `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isInMargin(line: TextLine, height: number, share: number): boolean {
  return line.box.bottom < height * share || line.box.top > height * (1 - share);
}
