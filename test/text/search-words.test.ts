import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldForSearch, gramsAskedFor, gramsOf, SEARCHED_CHARACTERS } from '../../src/text/search-words.js';

describe('words as they are searched', () => {
  it('do not know spaces, width and capitals, and end at a bound', () => {
    expect(foldForSearch('公 开\n Ｗｏｒｄ')).toBe('公开word');
    expect(foldForSearch('公'.repeat(SEARCHED_CHARACTERS + 5))).toHaveLength(SEARCHED_CHARACTERS);
  });

  it('are asked for by grams that every text with them holds', () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(words, words, words, (before, searched, after) => {
        const folded = foldForSearch(searched);
        fc.pre(folded !== '');
        const text = foldForSearch(before) + folded + foldForSearch(after);
        const held = new Set(gramsOf(text));
        expect(gramsAskedFor(folded).filter((gram) => !held.has(gram))).toEqual([]);
      }),
    );
  });

  it('are 32-bit numbers, a single character another one than any pair', () => {
    const grams = gramsOf('中国中国');
    expect(grams).toHaveLength(4);
    expect(grams.every((gram) => gram === (gram | 0))).toBe(true);
    expect(gramsAskedFor('中')).toEqual(['中'.charCodeAt(0)]);
    expect(gramsAskedFor('中国')).toHaveLength(1);
  });
});
