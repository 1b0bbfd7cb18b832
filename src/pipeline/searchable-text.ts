import type { Document } from '../model/document.js';
import { foldForSearch, SEARCHED_CHARACTERS } from '../text/search-words.js';

/**
 * A document's own words as they are searched: its text in reading order, without what a site puts around it. The tables
 * of a report are left out, since every report has the same; those of other documents are words like others.
 */
export function searchableText(document: Document, isReport: boolean): string {
  let words = '';
  for (const block of document.blocks) {
    if (words.length >= SEARCHED_CHARACTERS) break;
    if (block.kind === 'table') words += isReport ? '' : tableWords(document, block.tableIndex);
    else if (block.region === 'body') words += foldForSearch(block.text);
  }
  return words.slice(0, SEARCHED_CHARACTERS);
}

function tableWords({ tables }: Document, tableIndex: number): string {
  const cells = tables.find((table) => table.tableIndex === tableIndex)?.cells ?? [];
  let words = '';
  for (const { text } of cells) {
    if (words.length >= SEARCHED_CHARACTERS) break;
    words += foldForSearch(text);
  }
  return words;
}
