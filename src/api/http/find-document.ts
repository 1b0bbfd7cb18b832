import { AppError } from '../../errors/app-error.js';
import type { DocumentInfo } from '../../model/run.js';
import type { CurrentRecord, RunStore } from '../../ports/run-store.js';

/** The document of this id. Errors: NOT_FOUND. */
export async function findDocument(store: RunStore, id: string): Promise<DocumentInfo> {
  const [found] = await store.documents([id]);
  if (found) return found.document;
  throw new AppError('NOT_FOUND', `There is no document ${id}.`);
}

/** The document with its current run; null while it has none. */
export async function findCurrent(store: RunStore, id: string): Promise<CurrentRecord | null> {
  const [current] = await store.current({ documentIds: [id] }, { after: null, limit: 1 });
  return current ?? null;
}

/** As `findCurrent`. Errors: NOT_FOUND, also where no run is finished. */
export async function requireCurrent(store: RunStore, id: string): Promise<CurrentRecord> {
  const current = await findCurrent(store, id);
  if (current) return current;
  await findDocument(store, id);
  throw new AppError('NOT_FOUND', `No run of document ${id} is finished yet.`);
}
