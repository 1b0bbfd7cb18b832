import { AppError } from '../../errors/app-error.js';

/** Where a structure lies in the table stream. */
export interface Place {
  readonly offset: number;
  readonly size: number;
}

/** What is needed of the FIB ([MS-DOC] 2.5.1): lengths of the stories in characters, places of the structures. */
export interface FileInformationBlock {
  readonly tableStreamName: '0Table' | '1Table';
  readonly bodyLength: number;
  readonly footnoteLength: number;
  readonly headerLength: number;
  readonly commentLength: number;
  readonly endnoteLength: number;
  readonly textBoxLength: number;
  readonly styleSheet: Place;
  readonly pieceTable: Place;
  readonly paragraphPages: Place;
  readonly characterPages: Place;
  readonly lists: Place;
  readonly listOverrides: Place;
  readonly shapes: Place;
  readonly textBoxes: Place;
}

const WORD_97_IDENT = 0xa5ec;
const WORD_6_IDENTS: readonly number[] = [0xa5dc, 0xa5db, 0xa59c, 0xa59b, 0xa697, 0xa699];
/** nFib of Word 97; Word 6 and 95 write 101 to 104 and keep text and tables in other structures. */
const FIRST_SUPPORTED_VERSION = 0x00c1 - 1;
const FLAG_ENCRYPTED = 0x0100;
const FLAG_TABLE_1 = 0x0200;

/** Index of each structure in FibRgFcLcb97 ([MS-DOC] 2.5.6). */
const SLOT = {
  styleSheet: 1,
  characterPages: 12,
  paragraphPages: 13,
  pieceTable: 33,
  shapes: 40,
  textBoxes: 56,
  lists: 73,
  listOverrides: 74,
} as const;

/** Reads the FIB at the start of the WordDocument stream. Throws FORMAT_UNSUPPORTED (Word 6/95) and SOURCE_ENCRYPTED. */
export function readFileInformationBlock(stream: Uint8Array): FileInformationBlock {
  if (stream.length < 32) throw new AppError('SOURCE_CORRUPT', 'Word: the main stream is cut off');
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const ident = view.getUint16(0, true);
  const version = view.getUint16(2, true);
  if (WORD_6_IDENTS.includes(ident) || (ident === WORD_97_IDENT && version < FIRST_SUPPORTED_VERSION)) {
    throw new AppError(
      'FORMAT_UNSUPPORTED',
      'Word 6/95 document: only Word 97 and later is read; save it as .docx',
    );
  }
  if (ident !== WORD_97_IDENT) throw new AppError('SOURCE_CORRUPT', 'Word: no file information block');
  const flags = view.getUint16(10, true);
  if ((flags & FLAG_ENCRYPTED) !== 0)
    throw new AppError('SOURCE_ENCRYPTED', 'the Word document asks for a password');
  const wordCount = view.getUint16(32, true);
  const longsAt = 34 + 2 * wordCount + 2;
  const longCount = view.getUint16(longsAt - 2, true);
  const slotsAt = longsAt + 4 * longCount + 2;
  const slotCount = view.getUint16(slotsAt - 2, true);
  const length = (index: number): number => Math.max(0, view.getInt32(longsAt + 4 * index, true));
  const place = (slot: number): Place =>
    slot < slotCount
      ? {
          offset: view.getUint32(slotsAt + 8 * slot, true),
          size: view.getUint32(slotsAt + 8 * slot + 4, true),
        }
      : { offset: 0, size: 0 };
  return {
    tableStreamName: (flags & FLAG_TABLE_1) !== 0 ? '1Table' : '0Table',
    bodyLength: length(3),
    footnoteLength: length(4),
    headerLength: length(5),
    commentLength: length(7),
    endnoteLength: length(8),
    textBoxLength: length(9),
    styleSheet: place(SLOT.styleSheet),
    pieceTable: place(SLOT.pieceTable),
    paragraphPages: place(SLOT.paragraphPages),
    characterPages: place(SLOT.characterPages),
    lists: place(SLOT.lists),
    listOverrides: place(SLOT.listOverrides),
    shapes: place(SLOT.shapes),
    textBoxes: place(SLOT.textBoxes),
  };
}
