import { parseCell } from '../text/parse-number.js';
import type { EvidenceRow } from './evidence-rows.js';
import { isValueLike, type Slot } from './slot.js';

/** Settings of the search for cells that left no trace behind their unit. */
const UNIT_SETTINGS = {
  /** So many units at least, and such a share of all, have their number behind them. */
  fewestFilled: 4,
  filledShare: 0.2,
} as const;

/** Heads of the columns of such tables: behind a page's end they stand between a unit and its number. */
const HEAD = /^(?:统计)?指标|^统计数|^单位|^项目|^序号|^数量/;

/**
 * The rows of one table with a blank cell behind every unit that no number follows: the source prints label, unit and
 * number of each row in this order and dropped the cells without a number. A row that ran on into the next label ends
 * there. Tables in which some unit stands elsewhere are left as they are.
 */
export function fillBehindUnits(rows: readonly EvidenceRow[]): EvidenceRow[] {
  const slots = rows.flatMap((row) => row.slots);
  const units = slots.flatMap((slot, at) => (isUnit(slot) ? [at] : []));
  const filled = units.filter((at) => isFilled(slots[at + 1]));
  const isClean = units.every((at) => isLabel(slots[at - 1]) && !isUnit(slots[at + 1]));
  const isUsual =
    filled.length >= UNIT_SETTINGS.fewestFilled && filled.length >= units.length * UNIT_SETTINGS.filledShare;
  if (!isClean || !isUsual || filled.length === units.length) return [...rows];
  return rows.flatMap((row, index) => cutBehindUnits(row, rows[index + 1]?.slots[0]));
}

/** One row as the rows that its units end; `next` is the cell behind it. */
function cutBehindUnits(row: EvidenceRow, next: Slot | undefined): EvidenceRow[] {
  const pieces: Slot[][] = [[]];
  row.slots.forEach((slot, at) => {
    const behind = row.slots[at + 1] ?? next;
    pieces.at(-1)?.push(slot);
    if (!isUnit(slot) || (behind !== undefined && (isValueLike(behind) || HEAD.test(behind.text)))) return;
    pieces.at(-1)?.push(blankBehind(slot));
    pieces.push([]);
  });
  return pieces.filter((slots) => slots.length > 0).map((slots) => ({ ...row, slots }));
}

function blankBehind(unit: Slot): Slot {
  const { column, columnSpan } = unit;
  return {
    ...unit,
    ...{ text: '', parsed: parseCell(''), isUnit: false, isDigits: false },
    ...{ column: column + columnSpan, columnSpan: 1, cell: null },
  };
}

function isUnit(slot: Slot | undefined): boolean {
  return slot?.isUnit === true && !HEAD.test(slot.text);
}

function isLabel(slot: Slot | undefined): boolean {
  return slot !== undefined && !isValueLike(slot) && !slot.isUnit;
}

function isFilled(slot: Slot | undefined): boolean {
  return slot !== undefined && slot.parsed.kind !== 'blank' && isValueLike(slot);
}
