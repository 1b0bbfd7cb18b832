import { z } from 'zod';
import { confidence, formId, id, listing, paging, sha256, shortText, year } from './common.js';

export const reviewKind = z.enum(['field', 'meta', 'check', 'run']);

/** One question to a person. */
export const reviewItem = z
  .object({
    id,
    kind: reviewKind,
    key: z.string(),
    confidence,
    reason: z.string(),
    seen: z.string(),
    runKey: z.string(),
    sha256,
    documentId: id,
    form: formId.nullable(),
    year: z.int().nullable(),
    agency: z.string().nullable(),
  })
  .meta({ id: 'ReviewItem' });

/** Which questions; all parts must hold. */
export const reviewFilter = {
  below: z.coerce.number().min(0).max(1.01).optional().meta({ description: 'Confidence below this.' }),
  form: formId.optional(),
  year: year.optional(),
  agency: shortText.optional().meta({ description: 'Part of the name; for a region, the region’s name.' }),
  batch: shortText.optional().meta({ description: 'Name of a batch.' }),
  kind: reviewKind.optional(),
  key: shortText.optional().meta({ description: 'Key of a field, or id of a check.' }),
  document: id.optional(),
};

export const reviewQuery = z.object({ ...reviewFilter, ...paging });
export const reviewList = listing(reviewItem);
export const reviewSummaryQuery = z.object(reviewFilter);

export const reviewSummary = z
  .object({
    items: z.int(),
    documents: z.int(),
    byKind: z.record(reviewKind, z.int()),
  })
  .meta({ id: 'ReviewSummary' });
