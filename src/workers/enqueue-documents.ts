import type { ArchiveItem, FoundDocument } from '../archives/archive-item.js';
import type { AppError } from '../errors/app-error.js';
import { QUEUE_NAMES, type DocumentInfo, type Priority, type RunSpec } from '../model/run.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { Admission, RunStore } from '../ports/run-store.js';
import { queueFor, type Queues } from '../queue/open-queues.js';

export interface EnqueueParts {
  readonly store: RunStore;
  readonly objects: ObjectStore;
  readonly queues: Queues;
}

export interface EnqueueOrder {
  readonly spec: RunSpec;
  readonly batchId: string | null;
  readonly priority: Priority;
}

/** What became of everything that was found. */
export interface EnqueueSummary {
  readonly found: number;
  /** Documents that were not known before. */
  readonly added: number;
  /** Documents whose run is now asked for (by this call or an earlier one) and not finished. */
  readonly queued: number;
  readonly skipped: number;
  readonly problems: number;
}

export interface EnqueueListener {
  problem(place: string, error: AppError): void;
  /** Called after each group of documents with the sums so far and what the group brought. */
  progress(summary: EnqueueSummary, admissions: readonly Admission[]): void;
}

/** Documents that go into store and queue together: few enough to keep in memory while their bytes are written. */
const DOCUMENTS_A_GROUP = 64;
const BYTES_A_GROUP = 32 * 1024 * 1024;

/**
 * Stores what is found and asks for its runs, group by group: first the bytes, then the store, then the queue, so that
 * a crash in between leaves nothing half known (a queue that missed some is refilled from the store). Idempotent.
 */
export async function enqueueDocuments(
  items: AsyncIterable<ArchiveItem>,
  parts: EnqueueParts,
  order: EnqueueOrder,
  listener: EnqueueListener,
): Promise<EnqueueSummary> {
  let sums = { found: 0, added: 0, queued: 0, skipped: 0, problems: 0 };
  for await (const group of groups(items, listener)) {
    const admissions = await enqueueGroup(group.documents, parts, order);
    sums = {
      found: sums.found + admissions.length,
      added: sums.added + admissions.filter((admission) => admission.isNewDocument).length,
      queued:
        sums.queued +
        new Set(admissions.filter(({ isPending }) => isPending).map(({ runKey }) => runKey)).size,
      skipped: sums.skipped + group.skipped,
      problems: sums.problems + group.problems,
    };
    listener.progress(sums, admissions);
  }
  return sums;
}

interface Group {
  readonly documents: readonly FoundDocument[];
  readonly skipped: number;
  readonly problems: number;
}

async function* groups(items: AsyncIterable<ArchiveItem>, listener: EnqueueListener): AsyncGenerator<Group> {
  let documents: FoundDocument[] = [];
  let [skipped, problems, bytes] = [0, 0, 0];
  for await (const item of items) {
    if (item.kind === 'skipped') skipped += 1;
    else if (item.kind === 'problem') {
      problems += 1;
      listener.problem(item.place, item.error);
    } else {
      documents.push(item.document);
      bytes += item.document.bytes.length;
    }
    if (documents.length < DOCUMENTS_A_GROUP && bytes < BYTES_A_GROUP) continue;
    yield { documents, skipped, problems };
    documents = [];
    [skipped, problems, bytes] = [0, 0, 0];
  }
  yield { documents, skipped, problems };
}

async function enqueueGroup(
  documents: readonly FoundDocument[],
  { store, objects, queues }: EnqueueParts,
  order: EnqueueOrder,
): Promise<Admission[]> {
  const kept = await Promise.all(
    documents.map(async (document) => {
      const info = await keepBytes(objects, document);
      return { info, queue: queueFor(info, document.bytes) };
    }),
  );
  const all: Admission[] = [];
  for (const name of QUEUE_NAMES) {
    const own = kept.filter(({ queue }) => queue === name).map(({ info }) => info);
    if (own.length === 0) continue;
    const admissions = await store.admit(own, { ...order, queue: name });
    const pending = new Set(admissions.filter(({ isPending }) => isPending).map(({ runKey }) => runKey));
    await queues.of(name).add([...pending].map((runKey) => ({ runKey, priority: order.priority })));
    all.push(...admissions);
  }
  return all;
}

async function keepBytes(objects: ObjectStore, { bytes, ...rest }: FoundDocument): Promise<DocumentInfo> {
  return { ...rest, sha256: await objects.put(bytes), bytes: bytes.length };
}
