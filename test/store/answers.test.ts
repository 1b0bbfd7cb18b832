import { describe, expect, it } from '@jest/globals';
import type { GongkaiRecord } from '../../src/model/record.js';
import type { Correction } from '../../src/model/run.js';
import type { RunStore } from '../../src/ports/run-store.js';
import { testDatabases } from '../helpers/databases.js';
import { aField, aRecord, sha256 } from '../helpers/record-builder.js';
import { admitOne, finish, freshStores, order } from './store-suite.js';

const ROW = 'row:new';
const PERSON = 'applications.new.natural_person';
const TOTAL = 'applications.new.total';

/** Nothing is doubtful but the report's own sum. */
function wrongSum(person: number, total: number): GongkaiRecord {
  return aRecord({
    fields: { [PERSON]: aField(person), [TOTAL]: aField(total) },
    checks: [{ id: ROW, status: 'failed', left: person, right: total, fields: [PERSON, TOTAL] }],
  });
}

function answer(changes: Partial<Correction>): Correction {
  return {
    ...{ id: sha256('one').slice(0, 32), sha256: sha256('a'), author: '王芳', reason: '报告自身有误' },
    ...{ target: 'check', key: ROW, value: 'as_printed', status: null, seen: '[3,4]' },
    ...{ createdAt: '2026-01-02T00:00:00.000Z', ...changes },
  };
}

for (const database of testDatabases()) {
  const suite = database.isInstalled ? describe : describe.skip;
  suite(`answers about checks and documents on ${database.engine}`, () => {
    let store: RunStore;
    freshStores(database, 'answers', (opened) => {
      store = opened;
    });

    async function keep(record: GongkaiRecord, version = '1.0.0'): Promise<void> {
      await finish(store, (await admitOne(store, 'a', order(version))).runKey, record);
    }

    const asked = async () => (await store.openItemsOf(sha256('a'))).map(({ kind, key }) => `${kind} ${key}`);

    it('takes a failed check off the queue, and puts it back when the answer is taken back', async () => {
      await keep(wrongSum(3, 4));
      expect(await asked()).toEqual([`check ${ROW}`]);
      expect(await store.listReviewDocuments({}, { after: null, limit: 5 })).toHaveLength(1);
      expect((await store.settle(answer({}), null, null)).kind).toBe('kept');
      expect(await asked()).toEqual([]);
      expect(await store.listReviewDocuments({}, { after: null, limit: 5 })).toEqual([]);
      expect((await store.stats()).reliability.every(({ settled }) => settled === 0)).toBe(true);
      await store.retract(sha256('a'), answer({}).id, '李四');
      expect(await asked()).toEqual([`check ${ROW}`]);
      expect(await store.answers(sha256('a'))).toMatchObject([
        { author: '王芳', reason: '报告自身有误', retractedAt: expect.any(String) },
      ]);
    });

    it('does not ask again after reprocessing, unless the sums are read otherwise', async () => {
      await keep(wrongSum(3, 4));
      await store.settle(answer({}), null, null);
      await keep(wrongSum(3, 4), '1.1.0');
      expect(await asked()).toEqual([]);
      await keep(wrongSum(3, 5), '1.2.0');
      expect(await asked()).toEqual([`check ${ROW}`]);
    });

    it('closes a failed check when a corrected number makes it hold, also after reprocessing', async () => {
      await keep(wrongSum(3, 4));
      const corrected = answer({
        ...{
          target: 'field',
          key: TOTAL,
          value: 3,
          status: 'reported',
          seen: JSON.stringify([4, '4', 'reported']),
        },
      });
      await store.settle(corrected, null, { confidence: 0.9, isRight: false });
      expect(await asked()).toEqual([]);
      await keep(wrongSum(3, 4), '1.1.0');
      expect(await asked()).toEqual([]);
      await store.retract(sha256('a'), corrected.id, '李四');
      expect(await asked()).toEqual([`check ${ROW}`]);
    });

    it('asks about a document that could not be read until somebody has said what it is', async () => {
      const unread = (message: string) =>
        aRecord({ error: { code: 'SOURCE_CORRUPT', message }, form: null, meta: {}, fields: {}, checks: [] });
      await keep(unread('cut'));
      expect(await asked()).toEqual(['run SOURCE_CORRUPT']);
      const seen = JSON.stringify(['SOURCE_CORRUPT: cut']);
      await store.settle(
        answer({ target: 'run', key: 'SOURCE_CORRUPT', value: 'unusable', seen }),
        null,
        null,
      );
      expect(await asked()).toEqual([]);
      await keep(unread('cut'), '1.1.0');
      expect(await asked()).toEqual([]);
      await keep(unread('cut elsewhere'), '1.2.0');
      expect(await asked()).toEqual(['run SOURCE_CORRUPT']);
    });
  });
}
