import type { EvidenceRow } from './evidence-rows.js';
import { makeSlot, type Slot } from './slot.js';
import type { DownTable } from './form.js';
import { type FormLine, formLines } from './form-lines.js';
import { endOfWording, type FoundLabel, findLabelChain, valuesOf } from './label-chain.js';
import { hasBlankBetween, streamEvidence, type StreamText } from './stream-text.js';
import { standAmongWords, type StreamToken, touchLetters } from './stream-tokens.js';

/** A stream is no table of a source; its rows carry this number instead of a table's. */
export const STREAM_TABLE = -1;

/** How sure one can be of rows that were cut out of a running text. */
export const STREAM_CONFIDENCE = 0.9;

/**
 * The rows of a table in a document without usable rows: each label of the form that is found, in order, with the values
 * up to the next label.
 */
export function streamRows(stream: StreamText, table: DownTable): EvidenceRow[] {
  const chain = findLabelChain(stream, formLines(table));
  return chain.map((found, i) => {
    const values = valuesOf(stream, chain, i);
    return { ...toRow(stream, found, values, i), isTorn: isDoubtful(stream, found, values) };
  });
}

/** Whether values may be missing between the others, or may not be values at all. */
function isDoubtful(stream: StreamText, found: FoundLabel, values: readonly StreamToken[]): boolean {
  const [first, last] = [values[0], values.at(-1)];
  if (!first || !last) return false;
  // Cells that a label covers are blank, too, and stand in front of the first of several values.
  const from = first === last ? found.end : first.start;
  const heads = found.line.block.columns.flatMap(({ labels }) => labels);
  return (
    hasBlankBetween(stream, from, last.start) ||
    hasSignOrMark(stream, values) ||
    touchLetters(stream.text, values) ||
    standAmongWords(stream.text, values, endOfWording(stream, found, last.start), heads)
  );
}

/** Whether a dash between digits may be the sign of the next number or a mark of its own. */
function hasSignOrMark({ text }: StreamText, values: readonly StreamToken[]): boolean {
  return values.some(({ start }) => /^\d[-+]\d/.test(text.slice(start - 1, start + 2)));
}

function toRow(
  stream: StreamText,
  found: FoundLabel,
  values: readonly StreamToken[],
  row: number,
): EvidenceRow {
  const wording =
    found.quality === 1 ? (found.line.row.labels[0] ?? '') : stream.text.slice(found.start, found.end);
  const label = makeSlot(wording, 0, streamEvidence(stream, found.start));
  return {
    table: STREAM_TABLE,
    row,
    geometry: 'stream',
    tableConfidence: STREAM_CONFIDENCE,
    slots: [label, ...values.map((token, i) => valueSlot(stream, token, i + 1))],
  };
}

/** A row that nothing but the order of labels and values put together; `start` is where its table stands. */
export function tornRow(
  stream: StreamText,
  line: FormLine,
  values: readonly StreamToken[],
  start: number,
): EvidenceRow {
  const label = makeSlot(line.row.labels[0] ?? '', 0, streamEvidence(stream, start));
  return {
    table: STREAM_TABLE,
    row: 0,
    geometry: 'stream',
    tableConfidence: STREAM_CONFIDENCE,
    slots: [label, ...values.map((token, i) => valueSlot(stream, token, i + 1))],
    isTorn: true,
    isUnlabelled: true,
  };
}

/** A value of the stream as a cell, with its own place where the source is a text. */
export function valueSlot(stream: StreamText, token: StreamToken, column: number): Slot {
  const whole = isWholePiece(stream, token);
  const made = makeSlot(token.text, column, streamEvidence(stream, token.start));
  const slot = whole ? made : { ...made, cell: null };
  if (slot.parsed.kind !== 'text' || !slot.isDigits) return slot;
  return { ...slot, parsed: { kind: 'number', value: Number(token.text), unit: null, exact: false } };
}

/** Whether nothing else stands in the cell or paragraph of a value. */
function isWholePiece({ origins }: StreamText, { start, end }: StreamToken): boolean {
  const piece = origins[start];
  return (start === 0 || origins[start - 1] !== piece) && origins[end + 1] !== piece;
}
