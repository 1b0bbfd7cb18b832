import { sql, type Kysely } from 'kysely';
import type { FormId } from '../model/record.js';
import type { ReviewDocument, SortedPage } from '../ports/browse-store.js';
import type { ReviewFilter } from '../ports/run-store.js';
import { ofQuestion, resolveAgencies, runsInReview, type ResolvedFilter } from './filters.js';
import type { Schema } from './schema.js';

/** See BrowseStore.listReviewDocuments. Questions are counted for the rows of the page only. */
export async function listReviewDocuments(
  db: Kysely<Schema>,
  asked: ReviewFilter,
  { after, limit }: SortedPage,
): Promise<ReviewDocument[]> {
  const filter = await resolveAgencies(db, asked);
  const rows = await runsInReview(db, filter)
    .innerJoin('documents', 'documents.id', 'runs.document_id')
    .select(['runs.run_key', 'runs.document_id', 'runs.agency', 'runs.year', 'runs.form'])
    .select(['runs.confidence', 'runs.failed_checks', 'documents.path', 'documents.uri'])
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(runs.confidence, runs.document_id) > (${after?.value}, ${after?.id})`),
    )
    .orderBy('runs.confidence')
    .orderBy('runs.document_id')
    .limit(limit)
    .execute();
  const counts = await countQuestions(
    db,
    filter,
    rows.map((row) => row.run_key),
  );
  return rows.map((row) => ({
    documentId: row.document_id,
    path: row.path,
    uri: row.uri,
    agency: row.agency,
    year: row.year,
    form: row.form as FormId | null,
    confidence: row.confidence,
    failedChecks: row.failed_checks,
    questions: counts.get(row.run_key)?.questions ?? 0,
    worst: counts.get(row.run_key)?.worst ?? row.confidence,
  }));
}

async function countQuestions(db: Kysely<Schema>, filter: ResolvedFilter, runKeys: readonly string[]) {
  if (runKeys.length === 0) return new Map<string, { questions: number; worst: number }>();
  const rows = await db
    .selectFrom('review_items')
    .select(['run_key', sql<number>`count(*)`.as('questions'), sql<number>`min(confidence)`.as('worst')])
    .where('run_key', 'in', [...runKeys])
    .where((where) => where.and(ofQuestion(where, filter)))
    .groupBy('run_key')
    .execute();
  return new Map(rows.map((row) => [row.run_key, row]));
}
