import type { ReviewFilter } from '../../ports/run-store.js';
import type { RouteParts, TypedApp } from '../app-parts.js';
import { readPage, toListing, writeCursor } from '../http/cursor.js';
import { defined } from '../http/defined.js';
import { answering, options } from '../http/route-options.js';
import { reviewList, reviewQuery, reviewSummary, reviewSummaryQuery } from '../schemas/review.js';
import type { z } from 'zod';

const QUEUE = options('read', 'review', 'Questions that nobody has answered, worst first', {
  querystring: reviewQuery,
  response: answering(reviewList),
});
const SUMMARY = options('read', 'review', 'How many questions there are, and in how many documents', {
  querystring: reviewSummaryQuery,
  response: answering(reviewSummary),
});

/** The review queue. */
export function reviewRoutes(app: TypedApp, { store }: RouteParts): void {
  app.get('/api/review', QUEUE, async ({ query: { cursor, limit, ...asked } }) => {
    const items = await store.listReviewItems(toFilter(asked), readPage(cursor, limit));
    return toListing(items, limit, (item) => writeCursor(item.confidence, item.id));
  });
  app.get('/api/review/summary', SUMMARY, ({ query }) => store.reviewSummary(toFilter(query)));
}

function toFilter({ document, ...rest }: z.output<typeof reviewSummaryQuery>): ReviewFilter {
  return defined({ ...rest, documentId: document });
}
