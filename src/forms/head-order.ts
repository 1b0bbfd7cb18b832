import type { EvidenceRow } from './evidence-rows.js';
import type { FormBlock } from './form.js';
import { prepareText } from './match-label.js';
import { onceEach } from '../text/once-each.js';
import { isValueLike, type Slot } from './slot.js';

/** Fewer heads in a row tell no order. */
const FEWEST_HEADS = 3;

/**
 * Whether a row of heads above a block names its columns in another order than the form's, in a source whose column
 * numbers tell nothing: rows print their heads in order all the same. The total stands beside the heads of columns or
 * of groups of them, before those in the row below, but never before the first column. Where the columns that were told
 * from white space are in another order (`isSuspected`), all rows of heads are looked at as one.
 */
export function tellOtherOrder(
  above: readonly EvidenceRow[],
  first: EvidenceRow | undefined,
  block: FormBlock,
  isSuspected = false,
): boolean {
  if (block.columns.length < FEWEST_HEADS) return false;
  const rows = [...headRows(above), ...(first ? [first] : [])].map((row) => leftToRight(headTexts(row)));
  const lines = isSuspected ? [...rows, leftToRight(rows.flat())] : rows;
  const total = block.columns.findIndex(({ key }) => key === 'total');
  return lines.flatMap((slots) => runsOf(namedIn(slots, block), total)).some((order) => {
    if (new Set(order).size < FEWEST_HEADS) return false;
    const parts = order.filter((column) => column !== total);
    const isTotalFirst = total > 0 && order[0] === total && parts.includes(0);
    return isTotalFirst || parts.some((column, i) => column < (parts[i - 1] ?? 0));
  });
}

/** Cells as they are printed, in texts by their places there: columns told from white space may mistake heads. */
function leftToRight(slots: readonly Slot[]): Slot[] {
  const placeOf = ({ evidence, column }: Slot): number => (evidence.kind === 'span' ? evidence.start : column);
  return [...slots].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Heads in several rows that stand behind each other: a row ends with the total. */
function runsOf(order: readonly number[], total: number): number[][] {
  const runs: number[][] = [[]];
  for (const column of order) {
    const run = runs.at(-1) ?? [];
    run.push(column);
    if (column === total && run.length > 1) runs.push([]);
  }
  return runs;
}

/** The rows between the last one with numbers and the first one of a block. */
export function headRows(above: readonly EvidenceRow[]): readonly EvidenceRow[] {
  return above.slice(above.findLastIndex(({ slots }) => slots.some(isPrinted)) + 1);
}

function isPrinted(slot: Slot): boolean {
  return isValueLike(slot) && slot.parsed.kind !== 'blank';
}

/** The words of a row of heads, and those before the label of a row that its heads ran into. */
export function headTexts({ slots }: EvidenceRow): readonly Slot[] {
  const texts = slots.filter((slot) => !isValueLike(slot) && !slot.isUnit);
  return slots.some(isPrinted) ? texts.slice(0, -1) : texts;
}

/** Words beside the heads of columns. */
const CORNER = /信息内容|申请人情况/g;

/**
 * The columns that a row's texts name, in order; the first of those that a head reaches over. Texts with other words tell
 * none: pieces of heads that ran together.
 */
function namedIn(slots: readonly Slot[], block: FormBlock): number[] {
  const { pattern, columnOf } = wordingsOf(block);
  return slots.flatMap((slot) => {
    const text = prepareText(slot.text).bare.replace(CORNER, '');
    if (text.replace(pattern, '') !== '') return [];
    return [...text.matchAll(pattern)].map(([name]) => columnOf.get(name) ?? 0);
  });
}

/** Every wording of a block's heads, the longest first, and the column it names. */
const wordingsOf = onceEach((block: FormBlock) => {
  const columnOf = new Map<string, number>();
  const add = (labels: readonly string[], column: number): void => {
    for (const label of labels) columnOf.set(prepareText(label).bare, column);
  };
  block.columns.forEach(({ labels }, column) => add(labels, column));
  for (const { labels, first } of block.spans ?? []) add(labels, first);
  const names = [...columnOf.keys()].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  return { pattern: new RegExp(names.join('|'), 'g'), columnOf };
});
