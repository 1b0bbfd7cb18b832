import { fold } from './fold.js';

/** So much of a document's text is searched, in characters: several times what the longest reports hold. */
export const SEARCHED_CHARACTERS = 20_000;
/** Longer searches are found by their beginning, and compared as a whole then. */
const MOST_GRAMS_ASKED = 24;
/** A pair of characters is one number: the first in the upper half, as UTF-16 code units. */
const UPPER_HALF = 16;

/** Text as it is searched: folded, so that line breaks and spaces do not matter, in small letters, bounded. */
export function foldForSearch(text: string): string {
  return fold(text).toLowerCase().slice(0, SEARCHED_CHARACTERS);
}

/**
 * Every character and every pair of neighbours in a folded text, each once, as 32-bit numbers: what an index of Chinese,
 * which has no words to be told apart, can be asked for.
 */
export function gramsOf(folded: string): number[] {
  const grams = new Set<number>();
  for (let at = 0; at < folded.length; at++) {
    const unit = folded.charCodeAt(at);
    grams.add(unit);
    if (at > 0) grams.add(pairOf(folded.charCodeAt(at - 1), unit));
  }
  return [...grams];
}

/** What a text that holds the searched one must hold: its pairs, or the character that it is. */
export function gramsAskedFor(folded: string): number[] {
  if (folded.length === 1) return [folded.charCodeAt(0)];
  const pairs = new Set<number>();
  for (let at = 1; at < folded.length && pairs.size < MOST_GRAMS_ASKED; at++) {
    pairs.add(pairOf(folded.charCodeAt(at - 1), folded.charCodeAt(at)));
  }
  return [...pairs];
}

function pairOf(first: number, second: number): number {
  return (first << UPPER_HALF) | second;
}
