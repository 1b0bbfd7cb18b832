import type { DocumentInfo } from '../../model/run.js';
import type { DocumentSort, DocumentSummary } from '../../ports/browse-store.js';
import type { CurrentRecord, RunStore } from '../../ports/run-store.js';
import { applyCorrections, latestCorrections } from '../../review/apply-corrections.js';
import type { RouteParts, TypedApp } from '../app-parts.js';
import { readPage, toListing, writeCursor } from '../http/cursor.js';
import { toDocumentFilter } from '../http/document-filter.js';
import { findCurrent, findDocument, requireCurrent } from '../http/find-document.js';
import { answering, options } from '../http/route-options.js';
import {
  documentList,
  documentParams,
  documentQuery,
  documentView,
  settledRecord,
} from '../schemas/documents.js';
import { runList } from '../schemas/runs.js';

const SEARCH = options('read', 'documents', 'Search, filter and sort documents', {
  querystring: documentQuery,
  response: answering(documentList),
});
const VIEW = options('read', 'documents', 'A document with its current run, answers and open questions', {
  params: documentParams,
  response: answering(documentView),
});
const RECORD = options('read', 'documents', 'The record as people have settled it, with evidence', {
  params: documentParams,
  response: answering(settledRecord),
});
const RUNS = options('read', 'documents', 'Every run of the source, newest first', {
  params: documentParams,
  response: answering(runList),
});

/** Documents as lists, with everything a review needs, and as settled records. */
export function documentRoutes(app: TypedApp, { store }: RouteParts): void {
  app.get('/api/documents', SEARCH, async ({ query: { sort, cursor, limit, ...asked } }) => {
    const rows = await store.listDocuments(toDocumentFilter(asked), sort, readPage(cursor, limit));
    return toListing(rows, limit, (row) => writeCursor(sortValue(row, sort), row.id));
  });
  app.get('/api/documents/:id', VIEW, ({ params: { id } }) => readView(store, id));
  app.get('/api/documents/:id/record', RECORD, async ({ params: { id } }) => {
    const { run, record, corrections } = await requireCurrent(store, id);
    return {
      documentId: id,
      runKey: run.runKey,
      record: applyCorrections(record, corrections),
      corrected: [...latestCorrections(corrections).keys()],
    };
  });
  app.get('/api/documents/:id/runs', RUNS, async ({ params: { id } }) => {
    const { sha256 } = await findDocument(store, id);
    return { items: (await store.runsOf(sha256)).reverse(), next: null };
  });
}

async function readView(store: RunStore, id: string) {
  const document = await findDocument(store, id);
  const current = await findCurrent(store, id);
  const [summary] = await store.listDocuments({ documentIds: [id] }, 'newest', { after: null, limit: 1 });
  const letter = current ? null : await store.deadLetterOf(document.sha256);
  return {
    ...viewOf(id, document, current, summary),
    corrections: current?.corrections ?? (await store.corrections(document.sha256)),
    openItems: await store.openItemsOf(document.sha256),
    givenUp: letter && { code: letter.code, message: letter.message, tries: letter.tries },
  };
}

function viewOf(
  id: string,
  document: DocumentInfo,
  current: CurrentRecord | null,
  summary: DocumentSummary | undefined,
) {
  const { sha256, bytes, path, uri, contentType, crawledAt, meta } = document;
  return {
    ...{ id, sha256, bytes, path, uri, contentType, crawledAt, meta },
    state: summary?.state ?? 'pending',
    isQueued: summary?.isQueued ?? false,
    runKey: current?.run.runKey ?? null,
    run: current?.run ?? null,
    record: current?.record ?? null,
  };
}

function sortValue(row: DocumentSummary, sort: DocumentSort): string | number | null {
  return sort === 'newest' ? row.admittedAt : row[sort];
}
