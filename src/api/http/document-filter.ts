import type { z } from 'zod';
import type { DocumentFilter } from '../../ports/run-store.js';
import type { documentQuery } from '../schemas/documents.js';
import { defined } from './defined.js';

type Asked = Partial<Omit<z.output<typeof documentQuery>, 'sort' | 'cursor' | 'limit'>>;

/** The store's filter for what a request asks for. */
export function toDocumentFilter({ q, year, yearFrom, yearTo, below, ids, ...rest }: Asked): DocumentFilter {
  const { state, form, format, agency, batch, errorCode } = rest;
  return defined({
    ...{ state, form, format, agency, batch, errorCode },
    text: q,
    documentIds: ids?.split(','),
    yearFrom: year ?? yearFrom,
    yearTo: year ?? yearTo,
    confidenceBelow: below,
  });
}
