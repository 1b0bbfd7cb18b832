import type { Evidence } from '../model/evidence.js';
import { fold } from '../text/fold.js';
import { parseCell, type ParsedCell } from '../text/parse-number.js';

/** One printed cell as the matcher sees it. `column` is its place in its row's grid, meaningful for exact and aligned tables. */
export interface Slot {
  readonly text: string;
  readonly parsed: ParsedCell;
  /** A bare unit name (条, 件) beside a label, which is no part of it. */
  readonly isUnit: boolean;
  /** Digits that are no number by themselves (`00`), as torn numbers leave them. */
  readonly isDigits: boolean;
  readonly column: number;
  readonly columnSpan: number;
  readonly rowSpan: number;
  readonly evidence: Evidence;
  /** The printed cell whose whole text this is: no cell may serve two fields. Null for a piece of a longer text. */
  readonly cell: Evidence | null;
  /** The row of its table, where it stands in one; it tells what stood side by side once rows are cut anew. */
  readonly printedRow?: number;
  /** Nothing is printed here, in a column of labels: the label beside it covers the place. */
  readonly isCovered?: boolean;
  /** Probability that the text is what is printed, where it was read from a picture or struck out. */
  readonly readingConfidence?: number;
}

const UNIT_NAMES = new Set([
  '条',
  '件',
  '次',
  '篇',
  '个',
  '人',
  '万元',
  '元',
  '人次',
  '期',
  '单位',
  '份',
  '批次',
  '期次',
]);

/** A cell of one row and column. */
export function makeSlot(text: string, column: number, evidence: Evidence): Slot {
  const parsed = parseCell(text);
  const words = parsed.kind === 'text' ? fold(text) : '';
  const isUnit = UNIT_NAMES.has(words);
  const isDigits = /^\d+[.,]?$/.test(words);
  return { text, parsed, isUnit, isDigits, column, columnSpan: 1, rowSpan: 1, evidence, cell: evidence };
}

/** A number or a piece of one, a mark, or nothing: what may stand where the form expects a number. */
export function isValueLike(slot: Slot): boolean {
  return slot.parsed.kind !== 'text' || slot.isDigits;
}

/** A number other than 0. Nothing and 0 are alike in tables of all bodies and years, so only these tell two apart. */
export function isCount({ parsed }: Slot): boolean {
  return parsed.kind === 'number' && parsed.value !== 0;
}

/** The values behind the last text of a row. */
export function trailingValues(slots: readonly Slot[]): Slot[] {
  let start = slots.length;
  while (start > 0 && isValueLike(slots[start - 1] as Slot)) start--;
  return slots.slice(start);
}
