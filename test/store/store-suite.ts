import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { GongkaiRecord } from '../../src/model/record.js';
import type { Clock } from '../../src/ports/clock.js';
import type { Admission, RunOrder, RunStore } from '../../src/ports/run-store.js';
import { selectReviewItems } from '../../src/review/select-review-items.js';
import { runSettings } from '../../src/store/keys.js';
import { foldForSearch } from '../../src/text/search-words.js';
import type { TestDatabase } from '../helpers/databases.js';
import { aDocument } from '../helpers/record-builder.js';

/** Gives every test of a suite a store of its own, over a clock that goes on by a millisecond whenever it is read. */
export function freshStores(
  database: TestDatabase,
  prefix: string,
  use: (store: RunStore, name: string) => void,
): void {
  let store: RunStore | undefined;
  let nowMs = Date.parse('2026-01-01T00:00:00Z');
  const clock: Clock = { now: () => (nowMs += 1), random: () => 0.5, sleep: () => Promise.resolve() };
  let count = 0;
  beforeAll(() => database.start());
  beforeEach(async () => {
    await store?.close();
    const name = `${prefix}_${++count}`;
    store = await database.open(name, clock);
    use(store, name);
  });
  afterAll(async () => {
    await store?.close();
    await database.stop();
  });
}

export function order(version = '1.0.0', batchId: string | null = null): RunOrder {
  const spec = { extractorVersion: version, settings: runSettings({}) };
  return { spec, batchId, priority: 'batch', queue: 'extract' };
}

/** Takes in a document whose bytes are the text. */
export async function admitOne(store: RunStore, text: string, wanted = order()): Promise<Admission> {
  const [admission] = await store.admit([aDocument(text)], wanted);
  if (!admission) throw new Error('nothing admitted');
  return admission;
}

/** Starts and keeps a run; false where it was kept before. */
export async function finish(
  store: RunStore,
  runKey: string,
  record: GongkaiRecord,
  text = '',
): Promise<boolean> {
  const work = await store.start(runKey, 'w', () => true);
  if (!work) throw new Error(`no work for ${runKey}`);
  return store.finish(work, {
    record,
    text: foldForSearch(text),
    items: selectReviewItems(record),
    worker: 'w',
    durationMs: 5,
  });
}
