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
  const orders = lines.flatMap((slots) => headLines(slots, block)).flatMap((order) => runsOf(order, total));
  return orders.some((order) => {
    if (new Set(order.map(({ first }) => first)).size < FEWEST_HEADS) return false;
    const parts = order.filter(({ first }) => first !== total);
    const isTotalFirst = total > 0 && order[0]?.first === total && parts.some(({ first }) => first === 0);
    return isTotalFirst || parts.some((head, i) => parts.slice(0, i).some(({ first }) => head.last < first));
  });
}

/** Cells as they are printed, in texts by their places there: columns told from white space may mistake heads. */
function leftToRight(slots: readonly Slot[]): Slot[] {
  const placeOf = ({ evidence, column }: Slot): number =>
    evidence.kind === 'span' ? evidence.start : column;
  return [...slots].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Heads in several rows that stand behind each other: a row ends with the total. */
function runsOf(order: readonly Reach[], total: number): Reach[][] {
  const runs: Reach[][] = [[]];
  for (const reach of order) {
    const run = runs.at(-1) ?? [];
    run.push(reach);
    if (reach.first === total && run.length > 1) runs.push([]);
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

/** The columns that a head stands over, the last one included: those over several are printed anywhere among them. */
interface Reach {
  readonly first: number;
  readonly last: number;
}

/** What the heads of a row name, in order; where all stand in one cell, its lines are rows of heads of their own. */
function headLines(slots: readonly Slot[], block: FormBlock): Reach[][] {
  const named = slots.filter(({ text }) => namedIn(text, block).length > 0);
  const [only] = named;
  if (only && named.length === 1) return only.text.split('\n').map((line) => namedIn(line, block));
  return [named.flatMap(({ text }) => namedIn(text, block))];
}

/** The columns that a text names, in order. One with other words names none: pieces of heads that ran together. */
function namedIn(head: string, block: FormBlock): Reach[] {
  const { pattern, reachOf } = wordingsOf(block);
  const text = prepareText(head).bare.replace(CORNER, '');
  if (text.replace(pattern, '') !== '') return [];
  return [...text.matchAll(pattern)].flatMap(([name]) => reachOf.get(name) ?? []);
}

/** Every wording of a block's heads, the longest first, and the columns it names. */
const wordingsOf = onceEach((block: FormBlock) => {
  const reachOf = new Map<string, Reach>();
  const add = (labels: readonly string[], reach: Reach): void => {
    for (const label of labels) reachOf.set(prepareText(label).bare, reach);
  };
  block.columns.forEach(({ labels }, column) => add(labels, { first: column, last: column }));
  for (const { labels, first, last } of block.spans ?? []) add(labels, { first, last });
  const names = [...reachOf.keys()].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  return { pattern: new RegExp(names.join('|'), 'g'), reachOf };
});
