import { cellKind, opensCell } from './cell-kinds.js';
import { isPageMark } from './furniture.js';
import { isBlankLine, type Line } from './lines.js';

const SHORTEST_HEAD = 4;
const LONGEST_HEAD = 40;
const FEWEST_NUMBERED_PAGES = 2;
/** Share of the pages that must end in their number before bare numbers are taken for page numbers. */
const NUMBERED_SHARE = 0.8;

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

/** The last line of every page where these lines are bare numbers that count the pages. */
function pageNumbers(lines: readonly Line[], filled: readonly number[]): number[] {
  const ends = filled.filter((at, index) => {
    const next = filled[index + 1];
    return next === undefined || hasBreakBetween(lines, at, next);
  });
  const numbered = ends
    .map((at, page) => ({ at, offset: bareNumber(lines[at]) - page }))
    .filter(({ offset }) => Number.isFinite(offset));
  const isCounting = numbered.every(({ offset }) => offset === numbered[0]?.offset);
  const isUsual = numbered.length >= FEWEST_NUMBERED_PAGES && numbered.length >= ends.length * NUMBERED_SHARE;
  return isCounting && isUsual ? numbered.map(({ at }) => at) : [];
}

function bareNumber(line: Line | undefined): number {
  const text = line?.text.trim() ?? '';
  return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
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
    const numbers = indices.map((index) => numberAbove(lines, filled, index));
    if (indices.length < 2 || !isCounting(numbers)) continue;
    for (const index of indices) heads.lines.push(filled[index] ?? -1);
    indices.forEach((index, order) => {
      if ((numbers[order] ?? 0) > 0) heads.numbers.push(filled[index - 1] ?? -1);
    });
  }
  return heads;
}

/** The bare number above a line; 0 where the line is the first of the text or of a page instead, NaN where neither. */
function numberAbove(lines: readonly Line[], filled: readonly number[], index: number): number {
  const at = filled[index] ?? 0;
  const before = filled[index - 1];
  if (before === undefined) return 0;
  const number = bareNumber(lines[before]);
  if (Number.isFinite(number) && number > 0) return number;
  return hasBreakBetween(lines, before, at) ? 0 : Number.NaN;
}

/** Every line starts a page, and the numbers above them, where there are any, count one by one. */
function isCounting(numbers: readonly number[]): boolean {
  if (numbers.some((number) => Number.isNaN(number))) return false;
  const offsets = numbers
    .map((number, page) => (number === 0 ? null : number - page))
    .filter((offset) => offset !== null);
  return (
    offsets.every((offset) => offset === offsets[0]) &&
    (offsets.length === 0 || offsets.length > 1 || offsets[0] === 0)
  );
}
