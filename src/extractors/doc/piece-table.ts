import { AppError } from '../../errors/app-error.js';
import type { FileInformationBlock } from './file-information-block.js';
import { viewOf } from './property-modifiers.js';

/** A run of characters that lies in one place of the WordDocument stream; `from`/`to` are character positions. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** Byte offset of its first character. */
  readonly offset: number;
  readonly bytesPerCharacter: 1 | 2;
  /** Property changes laid over the whole piece (fast-saved documents). */
  readonly modifiers: Uint8Array;
}

const FAST_SAVE_CHANGES = 0x01;
const PIECES = 0x02;
const COMPRESSED = 0x40000000;
const OFFSET_MASK = 0x3fffffff;
const PIECE_BYTES = 8;
const NOTHING = new Uint8Array();

/** Reads the Clx ([MS-DOC] 2.9.38): changes first, then the plan of where each piece of text lies. */
export function readPieceTable(table: Uint8Array, fib: FileInformationBlock): Piece[] {
  const { offset, size } = fib.pieceTable;
  const clx = table.subarray(offset, offset + size);
  const view = viewOf(clx);
  const changes: Uint8Array[] = [];
  let at = 0;
  while (at < clx.length && clx[at] === FAST_SAVE_CHANGES) {
    const length = view.getUint16(at + 1, true);
    changes.push(clx.subarray(at + 3, at + 3 + length));
    at += 3 + length;
  }
  if (clx[at] !== PIECES) throw new AppError('SOURCE_CORRUPT', 'Word: no piece table');
  const start = at + 5;
  const count = Math.floor((view.getUint32(at + 1, true) - 4) / (4 + PIECE_BYTES));
  const pieces: Piece[] = [];
  for (let i = 0; i < count; i++) {
    const descriptor = start + 4 * (count + 1) + PIECE_BYTES * i;
    const place = view.getUint32(descriptor + 2, true);
    const isCompressed = (place & COMPRESSED) !== 0;
    pieces.push({
      from: view.getUint32(start + 4 * i, true),
      to: view.getUint32(start + 4 * (i + 1), true),
      offset: isCompressed ? (place & OFFSET_MASK) / 2 : place & OFFSET_MASK,
      bytesPerCharacter: isCompressed ? 1 : 2,
      modifiers: pieceModifiers(view.getUint16(descriptor + 6, true), changes),
    });
  }
  return pieces;
}

/** Prm1 ([MS-DOC] 2.9.215) points to one of the changes; Prm0's single toggles carry nothing that is read here. */
function pieceModifiers(prm: number, changes: readonly Uint8Array[]): Uint8Array {
  return (prm & 1) === 1 ? (changes[prm >> 1] ?? NOTHING) : NOTHING;
}

/** The text of all pieces in order, one UTF-16 code unit a character position. */
export function readText(stream: Uint8Array, pieces: readonly Piece[]): string {
  const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });
  const characters = pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0);
  if (characters > stream.length || pieces.some((piece) => piece.to < piece.from)) {
    throw new AppError('SOURCE_CORRUPT', 'Word: the piece table names more text than there is');
  }
  return pieces
    .map((piece) => {
      const bytes = stream.subarray(
        piece.offset,
        piece.offset + (piece.to - piece.from) * piece.bytesPerCharacter,
      );
      if (bytes.length < (piece.to - piece.from) * piece.bytesPerCharacter) {
        throw new AppError('SOURCE_CORRUPT', 'Word: the text is cut off');
      }
      return piece.bytesPerCharacter === 1 ? decodeAnsi(bytes) : utf16.decode(bytes);
    })
    .join('');
}

/** Windows-1252 above latin 1. Node's decoder of that name leaves these bytes as control characters. */
const ANSI_80_TO_9F = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function decodeAnsi(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (c) => ANSI_80_TO_9F.charAt(c.charCodeAt(0) - 0x80));
}
