import type { SortedPage } from '../../ports/browse-store.js';
import type { ReviewFilter } from '../../ports/run-store.js';
import type { RouteParts, TypedApp } from '../app-parts.js';
import { readPage, toListing, writeCursor } from '../http/cursor.js';
import { defined } from '../http/defined.js';
import { requireCurrent } from '../http/find-document.js';
import { answering, options } from '../http/route-options.js';
import {
  reviewDocumentList,
  reviewDocumentQuery,
  reviewList,
  reviewQuery,
  reviewSummary,
  reviewSummaryQuery,
} from '../schemas/review.js';
import type { z } from 'zod';

const QUEUE = options('read', 'review', 'Questions that nobody has answered, worst first', {
  querystring: reviewQuery,
  response: answering(reviewList),
});
const DOCUMENTS = options(
  'read',
  'review',
  'Documents with fields or meta values to settle (or with questions of the kind asked for), the least sure first',
  {
    querystring: reviewDocumentQuery,
    response: answering(reviewDocumentList),
  },
);
const SUMMARY = options('read', 'review', 'How many questions there are, and in how many documents', {
  querystring: reviewSummaryQuery,
  response: answering(reviewSummary),
});

/** The review queue. */
export function reviewRoutes(app: TypedApp, { store }: RouteParts): void {
  const pageAfter = async (documentId: string, limit: number): Promise<SortedPage> => {
    const { run } = await requireCurrent(store, documentId);
    return { after: { value: run.confidence, id: documentId }, limit };
  };
  app.get('/api/review', QUEUE, async ({ query: { cursor, limit, ...asked } }) => {
    const items = await store.listReviewItems(toFilter(asked), readPage(cursor, limit));
    return toListing(items, limit, (item) => writeCursor(item.confidence, item.id));
  });
  app.get('/api/review/documents', DOCUMENTS, async ({ query: { after, cursor, limit, ...asked } }) => {
    const page = after === undefined ? readPage(cursor, limit) : await pageAfter(after, limit);
    const items = await store.listReviewDocuments(toFilter(asked), page);
    return toListing(items, limit, (item) => writeCursor(item.confidence, item.documentId));
  });
  app.get('/api/review/summary', SUMMARY, ({ query }) => store.reviewSummary(toFilter(query)));
}

function toFilter({ document, ...rest }: z.output<typeof reviewSummaryQuery>): ReviewFilter {
  return defined({ ...rest, documentId: document });
}
