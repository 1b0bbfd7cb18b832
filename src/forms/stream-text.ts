import type { Document } from '../model/document.js';
import type { Evidence } from '../model/evidence.js';
import { fold } from '../text/fold.js';
import { withoutRaisedDigits } from '../text/raised.js';
import { parseCell } from '../text/parse-number.js';
import { simplify } from '../text/simplify.js';

/**
 * A whole document as one string, for sources whose tables have lost their rows or even their separators. White space
 * is folded to single spaces, which mark where the source separates; `origins` tells for every character whence it is.
 */
export interface StreamText {
  readonly text: string;
  /** For each character of `text` the piece it comes from. */
  readonly pieces: readonly StreamPiece[];
  readonly origins: Uint32Array;
  /** The letters and digits of `text` only, for finding labels whatever punctuation stands in them. */
  readonly bare: string;
  /** For each character of `bare` its place in `text`. */
  readonly bareToText: Uint32Array;
}

/** A cell or paragraph that went into a stream. */
export interface StreamPiece {
  readonly evidence: Evidence;
  /** Where it starts in the stream's text. */
  readonly start: number;
}

/** Longer documents are not searched as a stream: no report has this many characters. */
const MAX_CHARACTERS = 400_000;

const PUNCTUATION = /[\s()[\]"、,.:;。・·《》<>\-_/\\*#|+]/;

/** Joins all cells and paragraphs of a document in reading order, without what pages and sites put around them. */
export function streamText(document: Document): StreamText {
  const texts: string[] = [];
  const pieces: StreamPiece[] = [];
  const origins: number[] = [];
  let length = 0;
  for (const { text, evidence } of documentPieces(document)) {
    const folded = `${foldKeepingGaps(text)} `;
    if (length + folded.length > MAX_CHARACTERS) break;
    for (let i = 0; i < folded.length; i++) origins.push(pieces.length);
    pieces.push({ evidence, start: length });
    texts.push(folded);
    length += folded.length;
  }
  const text = texts.join('');
  return { text, pieces, origins: Uint32Array.from(origins), ...bareOf(text) };
}

/** Where a stretch of the stream stands in the source. */
export function streamEvidence(stream: StreamText, from: number): Evidence {
  const piece = stream.pieces[stream.origins[from] ?? 0];
  if (!piece) throw new RangeError('a stream without pieces has no places');
  return piece.evidence;
}

/** Whether a cell without text stands between two places: one value fewer than cells were printed. */
export function hasBlankBetween(stream: StreamText, from: number, to: number): boolean {
  const [first, last] = [stream.origins[from] ?? 0, stream.origins[to] ?? 0];
  for (let piece = first + 1; piece < last; piece++) {
    const [start, end] = [stream.pieces[piece]?.start ?? 0, stream.pieces[piece + 1]?.start ?? 0];
    if (stream.text.slice(start, end).trim() === '') return true;
  }
  return false;
}

function* documentPieces(document: Document): Generator<{ text: string; evidence: Evidence }> {
  for (const block of document.blocks) {
    if (block.kind !== 'table') {
      if (block.region === 'body') yield { text: block.text, evidence: block.evidence };
    } else {
      for (const { text, evidence } of document.tables[block.tableIndex]?.cells ?? []) {
        // Digits of one cell are one number, however far apart they stand.
        yield { text: parseCell(text).kind === 'number' ? fold(text) : text, evidence };
      }
    }
  }
}

function foldKeepingGaps(text: string): string {
  return withoutRaisedDigits(text)
    .split(/[\s\u3000]+/)
    .map((part) => simplify(fold(part)))
    .filter((part) => part !== '')
    .join(' ');
}

function bareOf(text: string): { bare: string; bareToText: Uint32Array } {
  const characters: string[] = [];
  const places: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (PUNCTUATION.test(character)) continue;
    characters.push(character);
    places.push(i);
  }
  return { bare: characters.join(''), bareToText: Uint32Array.from(places) };
}
