import type { EvidenceRow } from './evidence-rows.js';
import { isValueLike, makeSlot, type Slot } from './slot.js';

/** Where a label's own numbering starts another one. */
const NEXT_LABEL = /(?=(?<!\d)\d{1,2}[.．、](?!\d))/;

/**
 * The rows with those parted whose cells hold several rows, a line each: labels and numbers of as many lines, blank ones
 * included where the source keeps them; where it does not a cell has fewer, and such rows stay whole. A blank cell has no
 * number. The parts count as torn: a label and a number that wrap look alike. Empty where nothing is parted.
 */
export function partLines(rows: readonly EvidenceRow[]): EvidenceRow[] {
  const parted = rows.flatMap(partRow);
  return parted.length > rows.length ? parted : [];
}

function partRow(row: EvidenceRow): EvidenceRow[] {
  const last = row.slots.findLastIndex((slot) => printedLines(slot.text).every(isWords) && slot.text !== '');
  const label = row.slots[last];
  const values = row.slots.slice(last + 1).map((slot) => linesOf(slot.text));
  const labels = label ? labelsOf(label.text, values) : null;
  if (!label || !labels) return [row];
  return labels.map((text, i) => ({
    ...row,
    isTorn: true,
    slots: [
      ...(i === 0 ? row.slots.slice(0, last) : []),
      pieceOf(label, text),
      ...row.slots.slice(last + 1).map((slot, at) => pieceOf(slot, values[at]?.[i] ?? '')),
    ],
  }));
}

/** The label's lines, or its numbered parts, where these are as many as the lines of every cell of numbers. */
function labelsOf(text: string, values: readonly (readonly string[])[]): readonly string[] | null {
  const fewest = Math.max(2, ...values.map(countToLast));
  const isFitting = ({ length }: readonly string[]): boolean =>
    length >= fewest && values.every((lines) => lines.length >= length || isBlank(lines));
  const numbered = text.replaceAll('\n', '').split(NEXT_LABEL);
  return [printedLines(text), numbered].find(isFitting) ?? null;
}

/** How many lines there are up to the last that says something: blank ones below it may be the editor's. */
function countToLast(lines: readonly string[]): number {
  return lines.findLastIndex((line) => line !== '') + 1;
}

function printedLines(text: string): string[] {
  return linesOf(text).filter((line) => line !== '');
}

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim());
}

/** Nothing is printed in the cell: all its lines are blank. */
function isBlank([first, ...others]: readonly string[]): boolean {
  return first === '' && others.length === 0;
}

function isWords(line: string): boolean {
  return line !== '' && !isValueLike(makeSlot(line, 0, { kind: 'span', start: 0, end: 0 }));
}

/** A part of a cell's text in the cell's own column. */
function pieceOf(slot: Slot, text: string): Slot {
  const { column, columnSpan, evidence } = slot;
  return { ...makeSlot(text, column, evidence), columnSpan, cell: null };
}
