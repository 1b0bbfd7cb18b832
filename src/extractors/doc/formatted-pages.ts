import type { Place } from './file-information-block.js';
import type { Piece } from './piece-table.js';
import { viewOf } from './property-modifiers.js';

/** Bytes `from` to `to` of the WordDocument stream share these properties; `style` is set for paragraphs only. */
export interface FormattedRange {
  readonly from: number;
  readonly to: number;
  readonly style: number;
  readonly modifiers: Uint8Array;
}

const PAGE_BYTES = 512;
const PAGE_NUMBER_MASK = 0x3fffff;
const PARAGRAPH_ENTRY_BYTES = 13;
const NOTHING = new Uint8Array();

/** All ranges of a kind, sorted by place: the pages listed by PlcBtePapx or PlcBteChpx ([MS-DOC] 2.8.5, 2.8.6). */
export function readFormattedRanges(
  stream: Uint8Array,
  table: Uint8Array,
  place: Place,
  kind: 'paragraph' | 'character',
): FormattedRange[] {
  const plc = table.subarray(place.offset, place.offset + place.size);
  const view = viewOf(plc);
  const count = Math.floor((plc.length - 4) / 8);
  const ranges: FormattedRange[] = [];
  for (let i = 0; i < count; i++) {
    const pageNumber = view.getUint32(4 * (count + 1) + 4 * i, true) & PAGE_NUMBER_MASK;
    const page = stream.subarray(pageNumber * PAGE_BYTES, (pageNumber + 1) * PAGE_BYTES);
    if (page.length < PAGE_BYTES) continue;
    ranges.push(...(kind === 'paragraph' ? readParagraphPage(page) : readCharacterPage(page)));
  }
  return ranges.sort((a, b) => a.from - b.from);
}

/** PapxFkp ([MS-DOC] 2.9.180). */
function readParagraphPage(page: Uint8Array): FormattedRange[] {
  return readPage(page, PARAGRAPH_ENTRY_BYTES, (at) => {
    if (at === 0) return { style: 0, modifiers: NOTHING };
    // PapxInFkp 2.9.181: a first byte of 0 says that the count stands in the next one, in words.
    const half = page[at] ?? 0;
    const start = half === 0 ? at + 2 : at + 1;
    const size = half === 0 ? 2 * (page[at + 1] ?? 0) : 2 * half - 1;
    const body = page.subarray(start, Math.min(PAGE_BYTES, start + size));
    if (body.length < 2) return { style: 0, modifiers: NOTHING };
    return { style: viewOf(body).getUint16(0, true), modifiers: body.subarray(2) };
  });
}

/** ChpxFkp ([MS-DOC] 2.9.33). */
function readCharacterPage(page: Uint8Array): FormattedRange[] {
  return readPage(page, 1, (at) => {
    const size = at === 0 ? 0 : (page[at] ?? 0);
    return { style: 0, modifiers: page.subarray(at + 1, Math.min(PAGE_BYTES, at + 1 + size)) };
  });
}

function readPage(
  page: Uint8Array,
  entryBytes: number,
  readEntry: (at: number) => { style: number; modifiers: Uint8Array },
): FormattedRange[] {
  const view = viewOf(page);
  const count = page[PAGE_BYTES - 1] ?? 0;
  if ((count + 1) * 4 + count * entryBytes >= PAGE_BYTES) return [];
  return Array.from({ length: count }, (_, i) => ({
    from: view.getUint32(4 * i, true),
    to: view.getUint32(4 * (i + 1), true),
    ...readEntry(2 * (page[4 * (count + 1) + entryBytes * i] ?? 0)),
  }));
}

/** The range that holds byte `offset`, or null. */
export function rangeAt(ranges: readonly FormattedRange[], offset: number): FormattedRange | null {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (!range) return null;
    if (offset < range.from) high = middle - 1;
    else if (offset >= range.to) low = middle + 1;
    else return range;
  }
  return null;
}

/** Byte offset of a character position, with its piece; null outside the text. */
export function offsetOf(
  pieces: readonly Piece[],
  position: number,
): { offset: number; piece: Piece } | null {
  let low = 0;
  let high = pieces.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle];
    if (!piece) return null;
    if (position < piece.from) high = middle - 1;
    else if (position >= piece.to) low = middle + 1;
    else return { offset: piece.offset + (position - piece.from) * piece.bytesPerCharacter, piece };
  }
  return null;
}
