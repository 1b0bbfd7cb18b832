import { cellKind } from './cell-kinds.js';
import { isPageMark } from './furniture.js';
import { isBlankLine, type Line } from './lines.js';

const SHORTEST_HEAD = 4;
const LONGEST_HEAD = 40;

/**
 * Numbers of the lines that a page prints around its text: page marks, bare page numbers beside a page break, and
 * running heads (the same line again and again, beside page breaks or page numbers).
 */
export function findPageFurniture(lines: readonly Line[]): Set<number> {
  const filled = lines.map((_, at) => at).filter((at) => !isBlankLine(lines[at]));
  const heads = runningHeads(lines, filled);
  const furniture = new Set<number>(heads);
  filled.forEach((at, index) => {
    const text = lines[at]?.text.trim() ?? '';
    if (!isPageMark(text, true)) return;
    const next = filled[index + 1];
    const isBeforeBreak =
      next === undefined ||
      (lines[next]?.afterPageBreak ?? false) ||
      hasBreakBetween(lines, at, next) ||
      heads.has(next);
    if (isPageMark(text, false) || isBeforeBreak) furniture.add(at);
  });
  return furniture;
}

function hasBreakBetween(lines: readonly Line[], at: number, next: number): boolean {
  return lines.slice(at + 1, next + 1).some((line) => line.afterPageBreak);
}

function runningHeads(lines: readonly Line[], filled: readonly number[]): Set<number> {
  const places = new Map<string, number[]>();
  filled.forEach((at, index) => {
    const text = lines[at]?.text.trim() ?? '';
    if (text.length < SHORTEST_HEAD || text.length > LONGEST_HEAD || cellKind(text) !== 'label') return;
    places.set(text, [...(places.get(text) ?? []), index]);
  });
  const heads = new Set<number>();
  for (const indices of places.values()) {
    if (indices.length < 2) continue;
    if (indices.every((index) => standsAtPageEdge(lines, filled, index)))
      for (const index of indices) heads.add(filled[index] ?? -1);
  }
  return heads;
}

/** The first line of the text or of a page, or one behind a bare page number. */
function standsAtPageEdge(lines: readonly Line[], filled: readonly number[], index: number): boolean {
  const at = filled[index] ?? 0;
  const before = filled[index - 1];
  if (before === undefined || lines[at]?.afterPageBreak === true || hasBreakBetween(lines, before, at))
    return true;
  return isPageMark(lines[before]?.text ?? '', true);
}
