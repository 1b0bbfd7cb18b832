import { z } from 'zod';
import { AppError } from '../../errors/app-error.js';
import type { SortedPage } from '../../ports/browse-store.js';

const content = z.tuple([z.union([z.string(), z.number()]).nullable(), z.string()]);

/** The place after a row in a sorted listing as text for an address. */
export function writeCursor(value: string | number | null, id: string): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

/** Where a listing goes on; the beginning where there is no cursor. Errors: REQUEST_INVALID. */
export function readPage(cursor: string | undefined, limit: number): SortedPage {
  if (cursor === undefined) return { after: null, limit };
  try {
    const [value, id] = content.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { after: { value, id }, limit };
  } catch (error) {
    throw new AppError('REQUEST_INVALID', 'The cursor is not one that this server gave.', { cause: error });
  }
}

/** A page of a listing; a page that is not full is the last. */
export function toListing<T>(
  items: readonly T[],
  limit: number,
  cursorOf: (item: T) => string,
): { readonly items: readonly T[]; readonly next: string | null } {
  const last = items.at(-1);
  return { items, next: last === undefined || items.length < limit ? null : cursorOf(last) };
}
