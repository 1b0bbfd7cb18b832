import type { Diagnostic } from '../../model/diagnostic.js';

/** A page of a newspaper has 30,000 characters; a page with more than this is not laid out. */
export const MOST_CHARACTERS_A_PAGE = 100_000;

/** Tells that a page was left out for its number of characters; the other pages are kept. */
export function overfullPage(pageNumber: number, characters: number): Diagnostic {
  return {
    code: 'TRUNCATED_READ',
    page: pageNumber,
    message: `the page has ${characters} characters, more than the ${MOST_CHARACTERS_A_PAGE} of the largest page that is read`,
  };
}
