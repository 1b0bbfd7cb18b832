import { describe, expect, it } from '@jest/globals';
import type { RunStore } from '../../src/ports/run-store.js';
import { selectReviewItems, seenField } from '../../src/review/select-review-items.js';
import type { GongkaiRecord } from '../../src/model/record.js';
import { testDatabases } from '../helpers/databases.js';
import { aDocument, aField, aRecord } from '../helpers/record-builder.js';
import { admitOne as admitTo, finish as finishIn, freshStores, order } from './store-suite.js';

const ALL = { after: null, limit: 1_000 };

function doubtful(value: number): GongkaiRecord {
  const fields = { 'applications.new.total': aField(value, { confidence: 0.6 }) };
  return aRecord({ fields, confidence: 0.6 });
}

for (const database of testDatabases()) {
  const suite = database.isInstalled ? describe : describe.skip;
  suite(`a RunStore on ${database.engine}`, () => {
    let store: RunStore;
    let name = '';
    freshStores(database, 'case', (opened, openedName) => {
      store = opened;
      name = openedName;
    });

    const admitOne = (text: string, wanted = order()) => admitTo(store, text, wanted);
    const finish = (runKey: string, record: GongkaiRecord) => finishIn(store, runKey, record);

    it('admits a document once, however often it comes', async () => {
      const first = await admitOne('a');
      const second = await admitOne('a');
      expect(first).toMatchObject({ isNewDocument: true, isPending: true });
      expect(second).toEqual({ ...first, isNewDocument: false });
      expect(await store.countPending('extract')).toBe(1);
    });

    it('asks for one run where the same bytes come from two places', async () => {
      const admissions = await store.admit(
        [aDocument('a', { uri: 'http://one.cn/' }), aDocument('a', { uri: 'http://two.cn/' })],
        order(),
      );
      expect(new Set(admissions.map((admission) => admission.documentId)).size).toBe(2);
      expect(await store.pending('extract', ALL)).toHaveLength(1);
    });

    it('takes a thousand documents in one call', async () => {
      const documents = Array.from({ length: 1_200 }, (_, index) => aDocument(`document ${index}`));
      await store.admit(documents, order());
      expect(await store.countPending('extract')).toBe(1_200);
    });

    it('keeps a run once and makes it current', async () => {
      const { runKey, documentId } = await admitOne('a');
      const work = await store.start(runKey, 'w', () => true);
      const finished = { record: aRecord(), text: '', items: [], worker: 'w', durationMs: 5 };
      expect(await store.finish(work!, finished)).toBe(true);
      expect(await store.finish(work!, { ...finished, record: doubtful(1) })).toBe(false);
      const [current] = await store.current({}, ALL);
      expect(current).toMatchObject({
        documentId,
        run: { runKey, state: 'done', year: 2023, agency: '海宁市教育局' },
      });
      expect(current?.record.fields).toEqual(aRecord().fields);
      expect(current?.record.source.uri).toBe(aDocument('a').uri);
      expect(await store.countPending('extract')).toBe(0);
      expect(await store.start(runKey, 'w', () => true)).toBeNull();
    });

    it('tells which report each document belongs to, and where pages point', async () => {
      const links = ['http://a.gov.cn/1.pdf'];
      const pointing = { code: 'POINTS_TO_ATTACHMENT', message: 'points', links } as const;
      const extraction = { ...aRecord().extraction, diagnostics: [pointing] };
      await finish((await admitOne('page')).runKey, aRecord({ form: null, fields: {}, extraction }));
      await finish((await admitOne('report')).runKey, aRecord());
      await admitOne('waiting');
      const [report, page, ...more] = (await store.candidates({}, ALL)).sort((a) =>
        a.form === null ? 1 : -1,
      );
      expect(report).toMatchObject({ form: '2021', agency: '海宁市教育局', year: 2023, links: [] });
      expect(page).toMatchObject({ form: null, uri: aDocument('page').uri, links });
      expect(more).toEqual([]);
      expect(await store.candidates({ form: '2019' }, ALL)).toEqual([]);
    });

    it('finds the readings of a report that come from other sources', async () => {
      const first = await admitOne('a');
      await finish(first.runKey, aRecord());
      const report = { agency: '海宁市教育局', year: 2023, form: '2021', exceptSha256: 'none' } as const;
      expect(await store.readingsOfReport(report)).toMatchObject([{ documentId: first.documentId }]);
      expect(await store.readingsOfReport({ ...report, exceptSha256: aDocument('a').sha256 })).toEqual([]);
      expect(await store.readingsOfReport({ ...report, year: 2022 })).toEqual([]);
      expect(await store.readingsOfReport({ ...report, agency: '别处' })).toEqual([]);
    });

    it('counts starts that nobody finished, and forgets those that were handed back', async () => {
      const { runKey } = await admitOne('a');
      expect((await store.start(runKey, 'w', () => true))?.priorStarts).toBe(0);
      expect((await store.start(runKey, 'w', () => true))?.priorStarts).toBe(1);
      await store.handBack(runKey);
      expect((await store.start(runKey, 'w', () => true))?.priorStarts).toBe(1);
    });

    it('starts and keeps many runs of the same moment, each once and for itself', async () => {
      const texts = Array.from({ length: 40 }, (_, index) => `document ${index}`);
      const admissions = await store.admit(
        texts.map((text) => aDocument(text)),
        order(),
      );
      const keys = admissions.map(({ runKey }) => runKey);
      const works = await Promise.all(keys.map((key) => store.start(key, 'w', () => false)));
      expect(works.map((work) => work?.runKey)).toEqual(keys);
      const items = selectReviewItems(doubtful(1));
      const finishes = works.flatMap((work, index) => {
        // The third asks the same question twice, which no table can hold.
        const own = index === 2 ? [...items, ...items] : items;
        const finished = { record: doubtful(index), text: '', items: own, worker: 'w', durationMs: 5 };
        return work ? [store.finish(work, finished)] : [];
      });
      const outcomes = await Promise.allSettled(finishes);
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
      expect(outcomes[2]?.status).toBe('rejected');
      expect(await store.status()).toMatchObject({
        runs: 39,
        pending: 1,
        currentDone: 39,
        openReviewItems: 39,
      });
      const current = await store.current({}, ALL);
      for (const { run } of current) {
        const value = keys.indexOf(run.runKey);
        expect((await store.run(run.runKey))?.record.fields['applications.new.total']?.value).toBe(value);
      }
    });

    it('makes one of two runs of a source current that are kept in the same moment', async () => {
      const keys = [
        (await admitOne('a', order('1.0.0'))).runKey,
        (await admitOne('a', order('1.1.0'))).runKey,
      ];
      const works = await Promise.all(keys.map((key) => store.start(key, 'w', () => false)));
      const finished = {
        record: doubtful(1),
        text: '',
        items: selectReviewItems(doubtful(1)),
        worker: 'w',
        durationMs: 5,
      };
      const kept = await Promise.all(works.map((work) => store.finish(work!, finished)));
      expect(kept).toEqual([true, true]);
      expect(await store.current({}, ALL)).toMatchObject([{ run: { runKey: keys[1] } }]);
      expect(await store.status()).toMatchObject({ runs: 2, openReviewItems: 1 });
    });

    it('leaves a run to the worker that holds it until that one is gone', async () => {
      const { runKey } = await admitOne('a');
      await store.start(runKey, 'first', () => false);
      expect(await store.start(runKey, 'second', () => false)).toBeNull();
      expect((await store.start(runKey, 'second', (other) => other === 'first'))?.priorStarts).toBe(1);
      await store.handBack(runKey);
      expect((await store.start(runKey, 'third', () => false))?.priorStarts).toBe(1);
    });

    it('moves a batch to the run that replaces another', async () => {
      const batch = await store.batch('night');
      const old = await admitOne('a', order('1.0.0', batch.id));
      const work = await store.start(old.runKey, 'w', () => true);
      const [successor] = await store.request([old.documentId], order('1.1.0'));
      await store.withdraw(work!, successor!.runKey);
      expect(await store.pending('extract', ALL)).toMatchObject([{ runKey: successor?.runKey }]);
      expect(await store.batches()).toMatchObject([{ documents: 1, pending: 1 }]);
    });

    it('lets the run asked for last speak, whichever finishes last', async () => {
      const old = await admitOne('a', order('1.0.0'));
      const recent = await admitOne('a', order('1.1.0'));
      await finish(recent.runKey, doubtful(2));
      await finish(old.runKey, doubtful(1));
      const [current] = await store.current({}, ALL);
      expect(current?.run.extractorVersion).toBe('1.1.0');
      expect((await store.runsOf(old.runKey.slice(0, 64))).map((run) => run.extractorVersion)).toEqual([
        '1.0.0',
        '1.1.0',
      ]);
      expect(await store.reviewItems({}, { offset: 0, limit: 10 })).toMatchObject([
        { runKey: recent.runKey },
      ]);
    });

    it('does not let a failure take the place of a record', async () => {
      const old = await admitOne('a', order('1.0.0'));
      const recent = await admitOne('a', order('1.1.0'));
      await finish(old.runKey, aRecord());
      await finish(recent.runKey, aRecord({ error: { code: 'SOURCE_CORRUPT', message: 'x' }, fields: {} }));
      expect((await store.current({}, ALL))[0]?.run.runKey).toBe(old.runKey);
    });

    it('sets a request aside and revives it', async () => {
      const { runKey, documentId } = await admitOne('a');
      const letter = {
        runKey,
        sha256: runKey.slice(0, 64),
        documentId,
        code: 'MEMORY_LIMIT' as const,
        message: 'too much',
        tries: 2,
        worker: 'w',
        diedAt: '2026-01-01T00:00:00.000Z',
      };
      await store.setAside(letter);
      expect(await store.deadLetters(ALL)).toEqual([letter]);
      expect((await store.admit([aDocument('a')], order()))[0]?.isPending).toBe(false);
      expect(await store.documentIds({ errorCode: 'MEMORY_LIMIT' }, ALL)).toEqual([documentId]);
      expect(await store.revive(runKey, 'interactive')).toMatchObject({ runKey, priority: 'interactive' });
      expect(await store.deadLetters(ALL)).toEqual([]);
      expect((await store.start(runKey, 'w', () => true))?.priorStarts).toBe(0);
    });

    it('finds documents by id, hash, URI and file name', async () => {
      const document = aDocument('a', { path: '/data/2023/报告_1%.html' });
      const [admission] = await store.admit([document, aDocument('b')], order());
      const id = admission?.documentId ?? '';
      const names = [
        id,
        id.slice(0, 8),
        document.sha256,
        document.uri ?? '',
        document.path ?? '',
        '报告_1%.html',
      ];
      for (const name of names) {
        expect((await store.findDocuments(name)).map((found) => found.documentId)).toEqual([id]);
      }
      expect(await store.findDocuments('报告%')).toEqual([]);
    });

    it('selects by form, year, confidence, version, agency, batch and failure', async () => {
      const batch = await store.batch('night');
      const good = await admitOne('good', order('1.9.0', batch.id));
      const weak = await admitOne('weak', order('1.10.0'));
      const broken = await admitOne('broken', order('1.10.0'));
      await finish(good.runKey, aRecord());
      await finish(weak.runKey, {
        ...doubtful(1),
        form: '2019',
        meta: { year: { value: 2020, confidence: 1, evidence: [] } },
      });
      const error = { code: 'SOURCE_CORRUPT', message: 'x' } as const;
      await finish(broken.runKey, aRecord({ error, form: null, meta: {}, fields: {}, confidence: 0 }));
      const ids = async (filter: Parameters<RunStore['documentIds']>[0]) =>
        (await store.documentIds(filter, ALL)).map((id) =>
          id === good.documentId ? 'good' : id === weak.documentId ? 'weak' : 'broken',
        );
      expect(await ids({ form: '2019' })).toEqual(['weak']);
      expect(await ids({ form: 'none' })).toEqual(['broken']);
      expect(await ids({ yearFrom: 2021 })).toEqual(['good']);
      expect(await ids({ confidenceBelow: 0.9, form: '2019' })).toEqual(['weak']);
      expect(await ids({ versionOlderThan: '1.10.0' })).toEqual(['good']);
      expect(await ids({ agency: '教育' })).toEqual(['good']);
      expect(await ids({ batch: 'night' })).toEqual(['good']);
      expect(await ids({ errorCode: 'SOURCE_CORRUPT' })).toEqual(['broken']);
      expect(await ids({ errorCode: 'TIME_LIMIT' })).toEqual([]);
    });

    it('lays corrections over runs and asks again only where the reading has changed', async () => {
      const first = await admitOne('a', order('1.0.0'));
      await finish(first.runKey, doubtful(7));
      const field = doubtful(7).fields['applications.new.total']!;
      await store.correct({
        id: 'c1',
        sha256: first.runKey.slice(0, 64),
        target: 'field',
        key: 'applications.new.total',
        value: 9,
        status: 'reported',
        seen: seenField(field),
        author: 'Li',
        reason: null,
        createdAt: '2026-01-01T00:00:00.000Z',
      });
      expect(await store.reviewItems({}, { offset: 0, limit: 10 })).toEqual([]);
      await finish((await admitOne('a', order('1.1.0'))).runKey, doubtful(7));
      expect(await store.reviewItems({}, { offset: 0, limit: 10 })).toEqual([]);
      await finish((await admitOne('a', order('1.2.0'))).runKey, doubtful(8));
      expect(await store.reviewItems({ below: 0.9, form: '2021' }, { offset: 0, limit: 10 })).toHaveLength(1);
      expect((await store.current({}, ALL))[0]?.corrections).toHaveLength(1);
    });

    it('pairs the runs of two batches', async () => {
      const [before, after] = [await store.batch('before'), await store.batch('after')];
      const a = await admitOne('a', order('1.0.0', before.id));
      await finish(a.runKey, doubtful(1));
      await store.request([a.documentId], order('1.1.0', after.id));
      const only = await admitOne('b', order('1.1.0', after.id));
      const pairs = await store.pairs(before.id, after.id, ALL);
      const byId = new Map(pairs.map((pair) => [pair.documentId, pair]));
      expect(byId.get(a.documentId)).toMatchObject({ before: { run: { runKey: a.runKey } }, after: null });
      expect(byId.get(only.documentId)).toMatchObject({ before: null, after: null });
      expect(await store.batches()).toMatchObject([
        { name: 'after', documents: 2, pending: 2 },
        { name: 'before', documents: 1, pending: 0 },
      ]);
    });

    it('refuses runs of documents that nobody admitted', async () => {
      await expect(store.request(['nobody'], order())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('sums itself up', async () => {
      const { runKey } = await admitOne('a');
      await admitOne('b');
      await finish(runKey, doubtful(1));
      expect(await store.status()).toMatchObject({
        documents: 2,
        pending: 1,
        runs: 1,
        currentDone: 1,
        openReviewItems: 1,
      });
    });

    it('migrates once when several processes open it at the same time', async () => {
      // Opening makes the PostgreSQL database first, so that the race is about the tables alone.
      const race = `race_${name}`;
      if (database.engine === 'postgres') await (await database.open(race)).close();
      const stores = await Promise.all(Array.from({ length: 6 }, () => database.open(race)));
      await Promise.all(stores.map((each, index) => each.admit([aDocument(`from ${index}`)], order())));
      expect(await stores[0]?.countPending('extract')).toBe(6);
      await Promise.all(stores.map((each) => each.close()));
    });
  });
}
