import type { Document } from '../model/document.js';

/** Whether pages were left unread, which makes whatever is made of the document partial. */
export function isCutShort(document: Document): boolean {
  return document.diagnostics.some(({ code }) => code === 'TIME_LIMIT' || code === 'TRUNCATED_READ');
}
