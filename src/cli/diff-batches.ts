import type { Batch, RunPair, RunStore } from '../ports/run-store.js';
import { AppError } from '../errors/app-error.js';
import { countChanges, diffRuns, type Change } from '../review/diff-runs.js';

/** What changed in one document between two batches. */
export interface DocumentDiff {
  readonly documentId: string;
  readonly source: string;
  readonly versions: readonly [string | null, string | null];
  readonly changes: readonly Change[];
}

/** The sums over all documents. */
export interface DiffSummary {
  readonly documents: number;
  readonly changedDocuments: number;
  /** Keys like `field value`, `check value`. */
  readonly changes: Readonly<Record<string, number>>;
}

const PAIRS_A_PAGE = 100;

/** The documents that changed, in the order of ids, one page of runs in memory at a time; the sums at the end. */
export async function* diffBatches(
  store: RunStore,
  before: Batch,
  after: Batch,
): AsyncGenerator<DocumentDiff, DiffSummary> {
  let [documents, changedDocuments] = [0, 0];
  const counts: Record<string, number> = {};
  for (let last: string | null = null; ;) {
    const pairs = await store.pairs(before.id, after.id, { after: last, limit: PAIRS_A_PAGE });
    if (pairs.length === 0) return { documents, changedDocuments, changes: counts };
    for (const pair of pairs) {
      documents += 1;
      const diff = diffPair(pair);
      if (diff.changes.length === 0) continue;
      changedDocuments += 1;
      for (const [kind, count] of Object.entries(countChanges(diff.changes)))
        counts[kind] = (counts[kind] ?? 0) + count;
      yield diff;
    }
    last = pairs.at(-1)?.documentId ?? null;
  }
}

/** The batch of that name. Errors: NOT_FOUND naming those that there are. */
export async function findBatch(store: RunStore, name: string): Promise<Batch> {
  const batches = await store.batches();
  const found = batches.find((batch) => batch.name === name);
  if (found) return found;
  const names = batches.map((batch) => batch.name).join(', ');
  throw new AppError('NOT_FOUND', `There is no batch "${name}"; there are: ${names || 'none'}.`);
}

function diffPair({ documentId, document, before, after }: RunPair): DocumentDiff {
  return {
    documentId,
    source: document.uri ?? document.path ?? document.sha256,
    versions: [before?.run.extractorVersion ?? null, after?.run.extractorVersion ?? null],
    changes: diffRuns(before?.record ?? null, after?.record ?? null),
  };
}
