import { z } from 'zod';
import { id, isoTime, listing, paging, shortText } from './common.js';

export const batch = z
  .object({
    id,
    name: z.string(),
    createdAt: isoTime,
    documents: z.int(),
    pending: z.int().meta({ description: 'Documents whose run is not finished.' }),
  })
  .meta({ id: 'Batch' });

export const batchList = listing(batch);
export const batchPairParams = z.object({
  a: shortText.meta({ description: 'Name or id of a batch.' }),
  b: shortText,
});
export const batchPairQuery = z.object({
  cursor: paging.cursor,
  limit: z.coerce.number().int().min(1).max(500).default(200).meta({ description: 'Documents a page.' }),
});
