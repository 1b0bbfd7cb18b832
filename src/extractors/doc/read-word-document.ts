import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { ExtractSettings } from '../extractor.js';
import { openCompoundFile } from '../archive/compound-file.js';
import { readFileInformationBlock, type FileInformationBlock } from './file-information-block.js';
import { readFormattedRanges } from './formatted-pages.js';
import { createLabelCounter, readLists, type LabelNext } from './list-labels.js';
import { readPieceTable, readText } from './piece-table.js';
import { viewOf } from './property-modifiers.js';
import { readParagraphs, type Paragraph, type WordParts } from './read-paragraphs.js';
import { readStyleSheet } from './style-sheet.js';

/** A drawn box with text; `anchor` is the character position of the body it hangs on, null where that is unknown. */
export interface TextBox {
  readonly anchor: number | null;
  readonly paragraphs: readonly Paragraph[];
}

/** The stories of a Word document as paragraphs. */
export interface WordDocument {
  readonly body: readonly Paragraph[];
  readonly boxes: readonly TextBox[];
  readonly headersAndFooters: readonly Paragraph[];
  readonly notes: readonly Paragraph[];
  readonly nextLabel: LabelNext;
  readonly diagnostics: readonly Diagnostic[];
}

const SHAPE_BYTES = 26;
const BOX_BYTES = 22;
const BOX_SHAPE_ID_AT = 14;

/**
 * Reads the streams of a `.doc`. Throws SOURCE_ENCRYPTED, SOURCE_CORRUPT, SOURCE_TOO_LARGE, FORMAT_UNSUPPORTED
 * (Word 6/95), and RangeError where a structure points outside its stream.
 */
export function readWordDocument(bytes: Uint8Array, settings: ExtractSettings): WordDocument {
  if (bytes.length > settings.maxBytes) {
    throw new AppError('SOURCE_TOO_LARGE', `${bytes.length} bytes, limit ${settings.maxBytes}`);
  }
  const file = openCompoundFile(bytes);
  if (file.names.includes('EncryptedPackage')) {
    throw new AppError('SOURCE_ENCRYPTED', 'the Word document asks for a password');
  }
  const stream = file.stream('WordDocument');
  if (!stream) throw new AppError('FORMAT_UNSUPPORTED', 'a compound file without a Word document in it');
  const fib = readFileInformationBlock(stream);
  const table = file.stream(fib.tableStreamName);
  if (!table) throw new AppError('SOURCE_CORRUPT', 'Word: the table stream is missing');
  const pieces = readPieceTable(table, fib);
  const parts: WordParts = {
    text: readText(stream, pieces),
    pieces,
    paragraphRanges: readFormattedRanges(stream, table, fib.paragraphPages, 'paragraph'),
    characterRanges: readFormattedRanges(stream, table, fib.characterPages, 'character'),
    styleAt: readStyleSheet(table, fib.styleSheet),
    data: file.stream('Data') ?? new Uint8Array(),
  };
  return readStories(parts, table, fib, settings);
}

/** Cuts the text into its stories, which lie behind each other in a fixed order ([MS-DOC] 2.3). */
function readStories(
  parts: WordParts,
  table: Uint8Array,
  fib: FileInformationBlock,
  settings: ExtractSettings,
): WordDocument {
  const bodyEnd = Math.min(fib.bodyLength, settings.maxCharacters);
  const notesFrom = fib.bodyLength;
  const headersFrom = notesFrom + fib.footnoteLength;
  const endnotesFrom = headersFrom + fib.headerLength + fib.commentLength;
  const boxesFrom = endnotesFrom + fib.endnoteLength;
  const diagnostics: Diagnostic[] = [];
  const body = readParagraphs(parts, 0, bodyEnd);
  if (bodyEnd < fib.bodyLength) {
    diagnostics.push({ code: 'TRUNCATED_READ', message: `only the first ${bodyEnd} characters were read` });
  }
  if (body.some((paragraph) => paragraph.hasHiddenText)) {
    diagnostics.push({ code: 'HIDDEN_TEXT_SKIPPED', message: 'text formatted as hidden was left out' });
  }
  return {
    body,
    boxes: readTextBoxes(parts, table, fib, boxesFrom),
    headersAndFooters: readParagraphs(parts, headersFrom, headersFrom + fib.headerLength),
    notes: [
      ...readParagraphs(parts, notesFrom, headersFrom),
      ...readParagraphs(parts, endnotesFrom, boxesFrom),
    ],
    nextLabel: createLabelCounter(readLists(table, fib.lists, fib.listOverrides)),
    diagnostics,
  };
}

/** Text boxes in the order of their story; PlcfSpa (2.8.37) says by shape id where each hangs. */
function readTextBoxes(
  parts: WordParts,
  table: Uint8Array,
  fib: FileInformationBlock,
  storyFrom: number,
): TextBox[] {
  const anchors = new Map(
    readPlc(table, fib.shapes, SHAPE_BYTES).map(({ from, data }) => [viewOf(data).getInt32(0, true), from]),
  );
  return readPlc(table, fib.textBoxes, BOX_BYTES)
    .map(({ from, to, data }) => ({
      anchor: anchors.get(viewOf(data).getInt32(BOX_SHAPE_ID_AT, true)) ?? null,
      paragraphs: readParagraphs(parts, storyFrom + from, storyFrom + Math.min(to, fib.textBoxLength)),
    }))
    .filter((box) => box.paragraphs.some((paragraph) => paragraph.text.trim() !== ''));
}

/** A PLC ([MS-DOC] 2.2.2): one more character position than data elements. */
function readPlc(
  table: Uint8Array,
  place: { offset: number; size: number },
  dataBytes: number,
): { from: number; to: number; data: Uint8Array }[] {
  const bytes = table.subarray(place.offset, place.offset + place.size);
  if (bytes.length < 4) return [];
  const view = viewOf(bytes);
  const count = Math.floor((bytes.length - 4) / (4 + dataBytes));
  return Array.from({ length: count }, (_, i) => ({
    from: view.getUint32(4 * i, true),
    to: view.getUint32(4 * (i + 1), true),
    data: bytes.subarray(4 * (count + 1) + dataBytes * i, 4 * (count + 1) + dataBytes * (i + 1)),
  }));
}
