import { z } from 'zod';
import { QUESTION_KINDS } from '../../model/run.js';
import { confidence, formId, id, listing, paging, sha256, shortText, year } from './common.js';

export const reviewKind = z.enum(QUESTION_KINDS);

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

/** A document with open questions. */
export const reviewDocument = z
  .object({
    documentId: id,
    path: z.string().nullable(),
    uri: z.string().nullable(),
    agency: z.string().nullable(),
    year: z.int().nullable(),
    form: formId.nullable(),
    confidence: confidence.meta({ description: 'Of the record.' }),
    failedChecks: z.int(),
    questions: z.int().meta({ description: 'Open questions that match.' }),
    worst: confidence.meta({ description: 'Of the most doubtful one among them.' }),
  })
  .meta({ id: 'ReviewDocument' });

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
export const reviewDocumentQuery = z.object({
  ...reviewFilter,
  ...paging,
  after: id.optional().meta({ description: 'Id of a document: those that come after it.' }),
});
export const reviewList = listing(reviewItem);
export const reviewDocumentList = listing(reviewDocument);
export const reviewSummaryQuery = z.object(reviewFilter);

export const reviewSummary = z
  .object({
    items: z.int(),
    documents: z.int(),
    byKind: z.record(reviewKind, z.int()),
  })
  .meta({ id: 'ReviewSummary' });
