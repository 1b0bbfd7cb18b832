import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { diffBatches, findBatch, type DocumentDiff } from '../../src/cli/diff-batches.js';
import type { GongkaiRecord } from '../../src/model/record.js';
import { applyCorrections } from '../../src/review/apply-corrections.js';
import { seenField } from '../../src/review/select-review-items.js';
import { runSettings } from '../../src/store/keys.js';
import { runWorker } from '../../src/workers/run-worker.js';
import { testDatabases } from '../helpers/databases.js';
import { aDocument, aField, aRecord } from '../helpers/record-builder.js';
import { until } from '../helpers/services.js';
import { openBench, readerOf, type Bench } from '../helpers/worker-parts.js';

const DOCUMENTS = 200;
/** Two readings of all of them, on a busy machine. */
const SETUP_MS = 900_000;
const KEY = 'applications.new.total';
const ALL = { after: null, limit: 1_000 };

/** Version 1 reads every number one too low; version 2 reads it right, and every tenth document surer. */
function recordOf(text: string, version: string): GongkaiRecord {
  const number = Number(text.replace(/\D/g, ''));
  const value = version === '1.0.0' ? number - 1 : number;
  const confidence = version === '1.0.0' ? 0.5 : 0.7;
  return aRecord({ fields: { [KEY]: aField(value, { confidence }) }, confidence });
}

for (const database of testDatabases()) {
  const suite = database.isInstalled ? describe : describe.skip;
  suite(`reprocessing on ${database.engine}`, () => {
    let bench: Bench;
    const texts = Array.from({ length: DOCUMENTS }, (_, index) => `document ${index}`);
    const corrected = aDocument('document 7').sha256;

    beforeAll(async () => {
      await database.start();
      bench = await openBench({ store: await database.open('reprocess') });
      for (const text of texts) await bench.parts.objects.put(new TextEncoder().encode(text));
      await runAll('1.0.0', 'before');
      const field = recordOf('document 7', '1.0.0').fields[KEY];
      if (!field) throw new Error('no field');
      await bench.parts.store.correct({
        id: 'c',
        sha256: corrected,
        target: 'field',
        key: KEY,
        value: 70,
        status: 'reported',
        seen: seenField(field),
        author: 'Li',
        reason: 'printed so',
        createdAt: '2026-01-01T00:00:00.000Z',
      });
      await runAll('2.0.0', 'after');
    }, SETUP_MS);
    afterAll(async () => {
      await bench.parts.store.close();
      await bench.close();
      await database.stop();
    });

    async function runAll(version: string, batch: string): Promise<void> {
      const { store } = bench.parts;
      const spec = { extractorVersion: version, settings: runSettings({}) };
      const order = {
        spec,
        batchId: (await store.batch(batch)).id,
        priority: 'batch',
        queue: 'extract',
      } as const;
      await store.admit(
        texts.map((text) => aDocument(text)),
        order,
      );
      const parts = {
        ...bench.parts,
        extractorVersion: version,
        reader: readerOf((text) => recordOf(text, version)),
      };
      const settings = { queues: ['extract'], concurrency: 4, jobsPerSecond: null, refillMs: 1_000 } as const;
      const worker = await runWorker(parts, bench.queues, settings);
      await until(async () => (await store.countPending('extract')) === 0);
      await worker.stop(1_000);
    }

    it('leaves every old run as it was and makes the new ones current', async () => {
      const { store } = bench.parts;
      const current = await store.current({}, ALL);
      expect(current).toHaveLength(DOCUMENTS);
      for (const { run, document, record } of current) {
        expect(run.extractorVersion).toBe('2.0.0');
        const [old] = await store.runsOf(document.sha256);
        const kept = await store.run(old?.runKey ?? '');
        expect(kept?.record.fields[KEY]?.value).toBe((record.fields[KEY]?.value ?? 0) - 1);
      }
      expect((await store.status()).runs).toBe(2 * DOCUMENTS);
    });

    it('tells exactly what changed', async () => {
      const { store } = bench.parts;
      const diffs: DocumentDiff[] = [];
      const generator = diffBatches(store, await findBatch(store, 'before'), await findBatch(store, 'after'));
      let next = await generator.next();
      for (; !next.done; next = await generator.next()) diffs.push(next.value);
      expect(next.value).toEqual({
        documents: DOCUMENTS,
        changedDocuments: DOCUMENTS,
        changes: { 'field value': DOCUMENTS },
      });
      const one = diffs.find((diff) => diff.source === aDocument('document 42').uri);
      expect(one).toMatchObject({
        versions: ['1.0.0', '2.0.0'],
        changes: [{ kind: 'field', key: KEY, what: 'value', before: '41', after: '42' }],
      });
    });

    it('lays corrections over the new runs and asks again because the reading changed', async () => {
      const { store } = bench.parts;
      const [found] = await store.findDocuments(corrected);
      const [current] = await store.current({ documentIds: [found?.documentId ?? ''] }, ALL);
      expect(current?.record.fields[KEY]?.value).toBe(7);
      expect(applyCorrections(current!.record, current!.corrections).fields[KEY]).toMatchObject({
        value: 70,
        confidence: 1,
      });
      const items = await store.reviewItems({}, { offset: 0, limit: 1_000 });
      expect(items.filter((item) => item.sha256 === corrected && item.kind === 'field')).toHaveLength(1);
    });
  });
}
