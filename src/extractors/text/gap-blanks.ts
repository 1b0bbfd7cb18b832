import { isUnitText } from './regions.js';
import { opensRow } from './cell-kinds.js';
import type { Item } from './words.js';
import { largest, smallest } from './extremes.js';

/** Every cell is followed by `between` empty lines; an empty cell adds that many and its own line. */
export interface GapRule {
  readonly between: number;
}

/** The rule must explain so large a share of all gaps, and even out so large a share of the rows. */
const EXPLAINED_SHARE = 0.95;
const EVEN_SHARE = 0.85;
const FEWEST_ROWS = 6;
const FEWEST_BLANKS = 3;
/**
 * Whether wide gaps between lines are cells without text, in texts with one cell a line. Believed only where blanks put
 * into the gaps make nearly all numbered rows equally long and they were uneven before; null otherwise.
 */
export function learnGapRule(items: readonly Item[]): GapRule | null {
  const gaps = gapsOf(items);
  if (gaps.length < FEWEST_ROWS) return null;
  const between = smallest(gaps, Infinity);
  const rule = { between };
  const inRows = gaps.filter((gap, i) => gap > between && items[i + 1]?.kind === 'value');
  const explained = gaps.filter((gap) => (gap - between) % (between + 1) === 0);
  // Wide gaps in front of labels only are those between rows.
  if (inRows.length < FEWEST_BLANKS) return null;
  if (explained.length < gaps.length * EXPLAINED_SHARE) return null;
  return evenShare(rowLengths(items)) < EVEN_SHARE &&
    evenShare(rowLengths(fillGaps(items, rule))) >= EVEN_SHARE
    ? rule
    : null;
}

/** Empty lines between cells that follow each other on lines of their own; none where lines hold several cells. */
function gapsOf(items: readonly Item[]): number[] {
  const gaps: number[] = [];
  for (let i = 1; i < items.length; i++) {
    const gap = (items[i]?.line ?? 0) - (items[i - 1]?.line ?? 0) - 1;
    if (gap < 0) return [];
    gaps.push(gap);
  }
  return gaps;
}

/** The items with a blank value for every cell that a wide gap stands for, behind the label or value before it. */
export function applyGapRule(items: readonly Item[], rule: GapRule): Item[] {
  const filled = fillGaps(items, rule);
  const width = largest(rowLengths(filled), 0);
  return trimRows(filled, width);
}

function fillGaps(items: readonly Item[], { between }: GapRule): Item[] {
  const filled: Item[] = [];
  let isInRow = false;
  items.forEach((item, index) => {
    const before = items[index - 1];
    const gap = before === undefined ? between : item.line - before.line - 1;
    const blanks = Math.floor((gap - between) / (between + 1));
    if (before !== undefined && isInRow) {
      for (let i = 1; i <= blanks; i++)
        filled.push({
          ...before,
          kind: 'value',
          text: '',
          line: before.line + i,
          start: before.end,
          end: before.end,
        });
    }
    filled.push(item);
    if (item.kind === 'label') isInRow = opensRow(item.text) || isUnitText(item.text);
  });
  return filled;
}

/** For every row's label with values: how many values stand behind it up to the last that is filled. */
function rowLengths(items: readonly Item[]): number[] {
  const lengths: number[] = [];
  let current: number | null = null;
  let sinceLabel = 0;
  for (const item of items) {
    if (item.kind === 'label') {
      if (current !== null && current > 0) lengths.push(current);
      current = opensRow(item.text) || (current !== null && isUnitText(item.text)) ? 0 : null;
      sinceLabel = 0;
    } else {
      sinceLabel++;
      if (item.text !== '' && current !== null) current = sinceLabel;
    }
  }
  if (current !== null && current > 0) lengths.push(current);
  return lengths;
}

/** Share of the rows that are as long as most rows; 0 where there are too few. */
function evenShare(lengths: readonly number[]): number {
  if (lengths.length < FEWEST_ROWS) return 0;
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  return largest(counts.values(), 0) / lengths.length;
}

/** Blanks behind a row's last column are covered cells of the next row; none are kept beyond `width` values. */
function trimRows(items: readonly Item[], width: number): Item[] {
  let count = 0;
  return items.filter((item) => {
    count = item.kind === 'label' ? 0 : count + 1;
    return item.kind === 'label' || item.text !== '' || width === 0 || count <= width;
  });
}
