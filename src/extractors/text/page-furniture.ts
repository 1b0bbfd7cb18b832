import { cellKind, opensCell } from './cell-kinds.js';
import { isPageMark } from './furniture.js';
import { isBlankLine, type Line } from './lines.js';

const SHORTEST_HEAD = 4;
const LONGEST_HEAD = 40;
const FEWEST_NUMBERED_PAGES = 2;
/** Share of the pages that must end in their number before bare numbers are taken for page numbers. */
const NUMBERED_SHARE = 0.8;
/** Where some pages end in another number, so many and such a share of all must count one by one. */
const FEWEST_SURE_PAGES = 3;
const SURE_SHARE = 0.6;

/**
 * Numbers of the lines that a page prints around its text. A value must never be taken for one, so bare numbers count
 * only where they number the pages one by one, and repeated lines only beside page breaks or such numbers.
 */
export function findPageFurniture(lines: readonly Line[]): Set<number> {
  const filled = lines.map((_, at) => at).filter((at) => !isBlankLine(lines[at]));
  const heads = runningHeads(lines, filled);
  const furniture = new Set<number>([...heads.lines, ...heads.numbers, ...pageNumbers(lines, filled)]);
  for (const at of filled) if (isPageMark(lines[at]?.text ?? '', false)) furniture.add(at);
  return furniture;
}

/** The last lines of pages where these are bare numbers that count the pages. */
function pageNumbers(lines: readonly Line[], filled: readonly number[]): number[] {
  const ends = filled.filter((at, index) => {
    const next = filled[index + 1];
    return next === undefined || hasBreakBetween(lines, at, next);
  });
  const numbers = ends.map((at) => bareNumber(lines[at]));
  const offset = pageOffset(numbers);
  const isNumber = (number: number | null, page: number): boolean =>
    number !== null && number - page === offset;
  const numbered = ends.filter((_, page) => isNumber(numbers[page] ?? null, page));
  const others = numbers.filter((number, page) => number !== null && !isNumber(number, page));
  const isUsual =
    numbered.length >= FEWEST_NUMBERED_PAGES &&
    (others.length > 0 || numbered.length >= ends.length * NUMBERED_SHARE);
  return isUsual ? numbered : [];
}

/**
 * What the bare numbers beside page breaks are ahead of the count of pages; null where they do not count pages. A few of
 * them may be values, where many others count one by one.
 */
function pageOffset(numbers: readonly (number | null)[]): number | null {
  const counts = new Map<number, number>();
  numbers.forEach((number, page) => {
    if (number !== null) counts.set(number - page, (counts.get(number - page) ?? 0) + 1);
  });
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!best) return null;
  const [offset, count] = best;
  if (counts.size === 1) return count > 1 || offset === 0 ? offset : null;
  return count >= FEWEST_SURE_PAGES && count >= numbers.length * SURE_SHARE ? offset : null;
}

function bareNumber(line: Line | undefined): number | null {
  const text = line?.text.trim() ?? '';
  return /^\d{1,4}$/.test(text) ? Number(text) : null;
}

function hasBreakBetween(lines: readonly Line[], at: number, next: number): boolean {
  return lines.slice(at + 1, next + 1).some((line) => line.afterPageBreak);
}

/** Lines that stand at the top of several pages, and the page numbers right above them. */
function runningHeads(
  lines: readonly Line[],
  filled: readonly number[],
): { lines: number[]; numbers: number[] } {
  const places = new Map<string, number[]>();
  filled.forEach((at, index) => {
    const text = lines[at]?.text.trim() ?? '';
    if (
      text.length < SHORTEST_HEAD ||
      text.length > LONGEST_HEAD ||
      cellKind(text) !== 'label' ||
      opensCell(text)
    )
      return;
    const known = places.get(text);
    if (known === undefined) places.set(text, [index]);
    else known.push(index);
  });
  const heads = { lines: [] as number[], numbers: [] as number[] };
  for (const indices of places.values()) {
    const numbers = indices.map((index) => (index === 0 ? null : numberAbove(lines, filled, index)));
    const offset = pageOffset(numbers);
    const isNumbered = (order: number): boolean => {
      const number = numbers[order] ?? null;
      return number !== null && offset !== null && number - order === offset;
    };
    const isHead = indices.every((index, order) => startsPage(lines, filled, index) || isNumbered(order));
    if (indices.length < 2 || !isHead) continue;
    indices.forEach((index, order) => {
      heads.lines.push(filled[index] ?? -1);
      if (isNumbered(order)) heads.numbers.push(filled[index - 1] ?? -1);
    });
    // No head follows the number of the last page.
    const last = filled.at(-1) ?? -1;
    if (offset !== null && bareNumber(lines[last]) === indices.length + offset) heads.numbers.push(last);
  }
  return heads;
}

/** The bare number above a line, which is no 0; null where there is none. */
function numberAbove(lines: readonly Line[], filled: readonly number[], index: number): number | null {
  const number = bareNumber(lines[filled[index - 1] ?? -1]);
  return number === 0 ? null : number;
}

function startsPage(lines: readonly Line[], filled: readonly number[], index: number): boolean {
  const before = filled[index - 1];
  return before === undefined || hasBreakBetween(lines, before, filled[index] ?? 0);
}
