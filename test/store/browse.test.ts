import { describe, expect, it } from '@jest/globals';
import type { GongkaiRecord } from '../../src/model/record.js';
import type { Correction } from '../../src/model/run.js';
import type { DocumentSort, SortedPage } from '../../src/ports/browse-store.js';
import type { DocumentFilter, RunStore } from '../../src/ports/run-store.js';
import { seenField } from '../../src/review/select-review-items.js';
import { testDatabases } from '../helpers/databases.js';
import { aDocument, aField, aRecord, sha256 } from '../helpers/record-builder.js';
import { admitOne, finish, freshStores, order } from './store-suite.js';

const READING = { confidence: 0.6, isRight: true };
const KEY = 'applications.new.total';

function report(agency: string, year: number, confidence: number): GongkaiRecord {
  return aRecord({
    meta: {
      agency_name: { value: agency, confidence: 0.999, evidence: [] },
      year: { value: year, confidence: 0.999, evidence: [] },
    },
    fields: { [KEY]: aField(7, { confidence }) },
    confidence,
  });
}

function answer(text: string, id: string, changes: Partial<Correction> = {}): Correction {
  return {
    id: sha256(id).slice(0, 32),
    sha256: sha256(text),
    target: 'field',
    key: KEY,
    value: 8,
    status: 'reported',
    seen: seenField(aField(7)),
    author: '王芳',
    reason: null,
    createdAt: '2026-01-02T00:00:00.000Z',
    ...changes,
  };
}

for (const database of testDatabases()) {
  const suite = database.isInstalled ? describe : describe.skip;
  suite(`browsing a RunStore on ${database.engine}`, () => {
    let store: RunStore;
    freshStores(database, 'browse', (opened) => {
      store = opened;
    });

    const admit = (text: string, version?: string) => admitOne(store, text, order(version));

    async function keep(text: string, record: GongkaiRecord, version?: string) {
      const admission = await admit(text, version);
      await finish(store, admission.runKey, record);
      return admission;
    }

    async function names(filter: DocumentFilter, sort: DocumentSort, limit = 2): Promise<string[]> {
      const found: string[] = [];
      for (let after: SortedPage['after'] = null; ;) {
        const page = await store.listDocuments(filter, sort, { after, limit });
        found.push(...page.map((row) => decodeURIComponent(row.uri ?? '').slice(-6, -5)));
        const last = page.at(-1);
        if (page.length < limit || !last) return found;
        const values = { newest: last.admittedAt, confidence: last.confidence, agency: last.agency };
        after = { value: sort === 'year' ? last.year : values[sort], id: last.id };
      }
    }

    async function fill() {
      await keep('a', report('乙局', 2022, 0.9));
      await keep('b', report('甲局', 2023, 0.5));
      await keep('c', report('甲局', 2021, 0.9));
      await admit('d');
      await keep('e', aRecord({ error: { code: 'SOURCE_CORRUPT', message: 'cut' }, form: null, meta: {} }));
      const dead = await admit('f');
      await store.setAside({
        ...{ runKey: dead.runKey, sha256: sha256('f'), documentId: dead.documentId, code: 'TIME_LIMIT' },
        ...{ message: 'slow', tries: 2, worker: 'w', diedAt: '2026-01-01T00:00:00.000Z' },
      });
    }

    it('lists in every order, page by page, without losing or repeating a document', async () => {
      await fill();
      expect(await names({}, 'newest')).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
      const byYear = await names({}, 'year');
      expect(byYear.slice(0, 3)).toEqual(['c', 'a', 'b']);
      expect([...byYear].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
      const byAgency = await names({}, 'agency');
      expect([...byAgency].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
      const byConfidence = await names({}, 'confidence');
      expect(byConfidence[0]).toBe('b');
      expect([...byConfidence].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
      expect(byConfidence.slice(-2).sort()).toEqual(['d', 'f']);
    });

    it('filters by state, text, format and year', async () => {
      await fill();
      expect((await names({ state: 'done' }, 'newest')).sort()).toEqual(['a', 'b', 'c']);
      expect(await names({ state: 'pending' }, 'newest')).toEqual(['d']);
      expect((await names({ state: 'failed' }, 'newest')).sort()).toEqual(['e', 'f']);
      expect((await names({ text: '甲' }, 'newest')).sort()).toEqual(['b', 'c']);
      expect(await names({ text: sha256('a').slice(0, 10) }, 'newest')).toEqual(['a']);
      expect(await names({ text: '%' }, 'newest', 10)).toEqual([]);
      expect(await names({ yearFrom: 2022, yearTo: 2022, format: 'html' }, 'newest')).toEqual(['a']);
      expect(await names({ format: 'pdf' }, 'newest')).toEqual([]);
    });

    it('finds documents by their own words, whatever spaces and line breaks stand between them', async () => {
      const keepWords = async (text: string, words: string, version?: string) => {
        const { runKey } = await admit(text, version);
        await finish(store, runKey, report('乙局', 2022, 0.9), words);
      };
      await keepWords('a', '一、总体情况\n公交线路调\n整已在网站公开，电话 010-1234。');
      await keepWords('b', '调整公交票价；瓯江 Ferry 100%_\\ 已公开');
      const found = async (text: string) => (await names({ text }, 'newest', 10)).sort();
      expect(await found('公交线路调整')).toEqual(['a']);
      expect(await found('公交 线路')).toEqual(['a']);
      expect(await found('公交')).toEqual(['a', 'b']);
      expect(await found('交调')).toEqual([]);
      expect(await found('瓯')).toEqual(['b']);
      expect(await found('ferry')).toEqual(['b']);
      expect(await found('100%_\\')).toEqual(['b']);
      expect(await found('100%x')).toEqual([]);
      expect(await found('０１０－１２３４')).toEqual(['a']);
      expect(await names({ text: '公开', yearFrom: 2023 }, 'newest', 10)).toEqual([]);
      await keepWords('a', '全文已更换', '1.1.0');
      expect(await found('公交线路调整')).toEqual([]);
      expect(await found('更换')).toEqual(['a']);
    });

    it('fills a page with documents that hold common words', async () => {
      const words = Array.from({ length: 2_100 }, (_, index) => `common ${index}`);
      const admissions = await store.admit(
        words.map((text) => aDocument(text)),
        order(),
      );
      const record = report('乙局', 2022, 0.9);
      for (let at = 0; at < words.length; at += 100) {
        const some = admissions.slice(at, at + 100);
        await Promise.all(some.map(({ runKey }) => finish(store, runKey, record, '政府信息公开')));
      }
      const page = await store.listDocuments({ text: '信息公开' }, 'newest', { after: null, limit: 50 });
      expect(page).toHaveLength(50);
      expect(await store.documentIds({ text: '信息公开' }, { after: null, limit: 5_000 })).toHaveLength(
        2_100,
      );
    });

    it('says what became of each document', async () => {
      await fill();
      const rows = await store.listDocuments({}, 'newest', { after: null, limit: 10 });
      const facts = rows.map(({ state, errorCode }) => `${state} ${errorCode ?? ''}`.trim());
      expect(facts).toEqual([
        'failed TIME_LIMIT',
        'failed SOURCE_CORRUPT',
        'pending',
        'done',
        'done',
        'done',
      ]);
      expect(rows.slice(3).map(({ openItems }) => openItems)).toEqual([1, 1, 1]);
      expect(rows[2]?.isQueued).toBe(true);
    });

    it('counts for the overview', async () => {
      await fill();
      await store.admit([aDocument('a', { uri: 'http://elsewhere.gov.cn/' })], order());
      const stats = await store.stats();
      expect(stats.states).toEqual({ done: 4, failed: 2, pending: 1 });
      expect(stats.coverage).toContainEqual({ year: 2022, form: '2021', count: 2 });
      expect(stats.confidenceHistogram.reduce((sum, bin) => sum + bin.count, 0)).toBe(4);
      expect(stats.throughput.reduce((sum, one) => sum + one.count, 0)).toBe(4);
    });

    it('gives the questions page by page, worst first, and their sums', async () => {
      await fill();
      const first = await store.listReviewItems({ kind: 'field' }, { after: null, limit: 2 });
      expect(first.map((item) => item.confidence)).toEqual([0.5, 0.9]);
      const last = first.at(-1);
      const after = { value: last?.confidence ?? 0, id: last?.id ?? '' };
      const rest = await store.listReviewItems({ kind: 'field' }, { after, limit: 2 });
      expect(rest).toHaveLength(1);
      expect(await store.reviewSummary({ kind: 'field' })).toEqual({
        items: 3,
        documents: 3,
        byKind: { field: 3, meta: 0, check: 0, run: 0 },
      });
      expect(await store.openItemsOf(sha256('b'))).toMatchObject([{ key: KEY }]);
    });

    it('lists agencies with their years, and finds one by name or id', async () => {
      await fill();
      const all = await store.listAgencies(null, { after: null, limit: 10 });
      expect(all).toHaveLength(2);
      const [found] = await store.listAgencies('甲', { after: null, limit: 10 });
      expect(found).toMatchObject({ name: '甲局', reports: 2, firstYear: 2021, lastYear: 2023 });
      expect(await store.findAgency('甲局')).toEqual({ id: found?.id, name: '甲局' });
      expect(await store.findAgency(found?.id ?? '')).toEqual({ id: found?.id, name: '甲局' });
      expect(await store.findAgency('丙局')).toBeNull();
      expect(await store.documentIdsOfAgency(found?.id ?? '', 10)).toHaveLength(2);
      const last = all[0];
      const next = await store.listAgencies(null, {
        after: { value: last?.name ?? '', id: last?.id ?? '' },
        limit: 10,
      });
      expect(next).toHaveLength(1);
    });

    it('keeps an answer that follows the newest, and refuses one that does not', async () => {
      await keep('a', report('甲局', 2023, 0.6));
      const kept = await store.settle(answer('a', 'one'), null, READING);
      expect(kept.kind).toBe('kept');
      expect(await store.openItemsOf(sha256('a'))).toEqual([]);
      const refused = await store.settle(answer('a', 'two', { value: 9 }), null, READING);
      expect(refused).toMatchObject({ kind: 'conflict', latest: { value: 8 } });
      const second = await store.settle(answer('a', 'two', { value: 9 }), answer('a', 'one').id, READING);
      expect(second.kind).toBe('kept');
      const [first, last] = await store.corrections(sha256('a'));
      expect((first?.createdAt ?? '') < (last?.createdAt ?? '')).toBe(true);
    });

    it('lets one of two answers at the same moment through', async () => {
      await keep('a', report('甲局', 2023, 0.6));
      const outcomes = await Promise.all(
        ['one', 'two', 'three'].map((id) => store.settle(answer('a', id), null, READING)),
      );
      expect(outcomes.filter(({ kind }) => kind === 'kept')).toHaveLength(1);
      expect(await store.corrections(sha256('a'))).toHaveLength(1);
    });

    it('takes an answer back, asks again, and remembers both', async () => {
      await keep('a', report('甲局', 2023, 0.6));
      await store.settle(answer('a', 'one'), null, READING);
      expect(await store.retract(sha256('a'), answer('a', 'one').id, '李四')).toMatchObject({ kind: 'kept' });
      expect(await store.corrections(sha256('a'))).toEqual([]);
      expect(await store.openItemsOf(sha256('a'))).toHaveLength(1);
      expect(await store.answers(sha256('a'))).toMatchObject([{ retractedAt: expect.any(String) }]);
      expect((await store.settle(answer('a', 'two'), null, READING)).kind).toBe('kept');
      expect(await store.retract(sha256('a'), sha256('nobody').slice(0, 32), '李四')).toBeNull();
    });

    it('asks again after reprocessing where the answer was taken back', async () => {
      await keep('a', report('甲局', 2023, 0.6));
      await store.settle(answer('a', 'one'), null, READING);
      await store.retract(sha256('a'), answer('a', 'one').id, '李四');
      await keep('a', report('甲局', 2023, 0.6), '1.1.0');
      expect(await store.openItemsOf(sha256('a'))).toHaveLength(1);
    });

    it('counts how often people left a reading as it was, by its confidence', async () => {
      await keep('a', report('甲局', 2023, 0.6));
      await keep('b', report('甲局', 2022, 0.6));
      await store.settle(answer('a', 'one'), null, { confidence: 0.62, isRight: true });
      await store.settle(answer('b', 'two'), null, { confidence: 0.64, isRight: false });
      const bin = (await store.stats()).reliability.find(({ from }) => from === 0.6);
      expect(bin).toMatchObject({ settled: 2, right: 1 });
      expect(bin?.meanConfidence).toBeCloseTo(0.63);
    });
  });
}
