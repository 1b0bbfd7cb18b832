import type { DocumentFilter, RunStore } from '../../ports/run-store.js';
import type { RouteParts, TypedApp } from '../app-parts.js';
import { toDocumentFilter } from '../http/document-filter.js';
import { answering, options } from '../http/route-options.js';
import { reprocessOrder, reprocessResult } from '../schemas/documents.js';

const DOCUMENTS_A_PAGE = 500;

const REPROCESS = options('admin', 'documents', 'Ask for new runs by this version of the extractor', {
  body: reprocessOrder,
  response: answering(reprocessResult),
});

/** New runs of documents that are in the store; old runs and answers stay. */
export function reprocessRoutes(app: TypedApp, { store, intake }: RouteParts): void {
  app.post('/api/reprocess', REPROCESS, async ({ body }) => {
    const { documentIds, filter, batch = null, explain } = body;
    const ids = documentIds ?? (await allIds(store, toDocumentFilter(filter ?? {})));
    let count = 0;
    for (let at = 0; at < ids.length; at += DOCUMENTS_A_PAGE) {
      count += await intake.again(ids.slice(at, at + DOCUMENTS_A_PAGE), { batch, explain });
    }
    return { matched: ids.length, count };
  });
}

/** Collected before the first run is asked for, since new runs change what matches. */
async function allIds(store: RunStore, filter: DocumentFilter): Promise<string[]> {
  const all: string[] = [];
  for (let after: string | null = null; ;) {
    const page = await store.documentIds(filter, { after, limit: DOCUMENTS_A_PAGE });
    all.push(...page);
    after = page.at(-1) ?? null;
    if (after === null) return all;
  }
}
