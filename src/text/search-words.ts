import { fold } from './fold.js';

/** So much of a document's text is searched, in characters: several times what the longest reports hold. */
export const SEARCHED_CHARACTERS = 20_000;
/** Longer searches are found by their beginning, and compared as a whole then. */
const MOST_CHARACTERS_ASKED = 24;
/** A pair of characters is one number: the first in the upper half, as UTF-16 code units. */
const UPPER_HALF = 16;
const FIRST_NOT_ASCII = 0x80;
/** Threes get the numbers of pairs that begin with half a rare character; what shares a number is told apart by comparing. */
const FIRST_THREE = 0xd8000000;
const THREES = 2 ** 27;

/** Text as it is searched: folded, so that line breaks and spaces do not matter, in small letters, bounded. */
export function foldForSearch(text: string): string {
  return fold(text).toLowerCase().slice(0, SEARCHED_CHARACTERS);
}

/**
 * Every character of a folded text, every pair of neighbours, and every three of which two are digits or Latin letters
 * (pairs of digits stand in every report), each once, as 32-bit numbers: what an index of Chinese, which has no words to
 * be told apart, can be asked for.
 */
export function gramsOf(folded: string): number[] {
  const grams = new Set<number>();
  for (let at = 0; at < folded.length; at++) {
    grams.add(folded.charCodeAt(at));
    addGramsEndingAt(folded, at, grams);
  }
  return [...grams];
}

/** What a text that holds the searched one must hold: its pairs and threes, or the character that it is. */
export function gramsAskedFor(folded: string): number[] {
  if (folded.length === 1) return [folded.charCodeAt(0)];
  const grams = new Set<number>();
  const end = Math.min(folded.length, MOST_CHARACTERS_ASKED);
  for (let at = 1; at < end; at++) addGramsEndingAt(folded, at, grams);
  return [...grams];
}

function addGramsEndingAt(folded: string, at: number, grams: Set<number>): void {
  if (at === 0) return;
  const [before, last] = [folded.charCodeAt(at - 1), folded.charCodeAt(at)];
  grams.add((before << UPPER_HALF) | last);
  if (at === 1) return;
  const first = folded.charCodeAt(at - 2);
  const ascii = [first, before, last].filter((unit) => unit < FIRST_NOT_ASCII).length;
  if (ascii >= 2) grams.add(threeOf(first, before, last));
}

function threeOf(first: number, second: number, third: number): number {
  const mixed = Math.imul(Math.imul(first, 31) + second, 1_000_003) + third;
  return (FIRST_THREE + ((mixed >>> 0) % THREES)) | 0;
}
