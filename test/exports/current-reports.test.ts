import { describe, expect, it } from '@jest/globals';
import { currentReports } from '../../src/exports/current-reports.js';
import type { ExportRecord } from '../../src/exports/export-row.js';
import type { GongkaiRecord } from '../../src/model/record.js';
import type { DocumentInfo } from '../../src/model/run.js';
import { systemClock } from '../../src/ports/clock.js';
import type { RunStore } from '../../src/ports/run-store.js';
import { runSettings } from '../../src/store/keys.js';
import { openRunStore } from '../../src/store/open-stores.js';
import { aDocument, aField, aRecord } from '../helpers/record-builder.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';

const SPEC = { extractorVersion: '1.0.0', settings: runSettings({}) };

async function withStore(action: (store: RunStore) => Promise<void>): Promise<void> {
  const folder = new TemporaryFolder();
  const store = await openRunStore({ dataFolder: folder.path, databaseUrl: null, s3: null }, systemClock);
  try {
    await action(store);
  } finally {
    await store.close();
    folder.remove();
  }
}

async function put(store: RunStore, document: DocumentInfo, record: GongkaiRecord): Promise<void> {
  const order = { spec: SPEC, batchId: null, priority: 'batch', queue: 'extract' } as const;
  const [admission] = await store.admit([document], order);
  const work = await store.start(admission?.runKey ?? '', 'w', () => true);
  if (work) await store.finish(work, { record, text: '', items: [], worker: 'w', durationMs: 1 });
}

async function rowsOf(store: RunStore): Promise<ExportRecord[]> {
  const rows: ExportRecord[] = [];
  for await (const row of currentReports(store, {})) rows.push(row);
  return rows;
}

describe('currentReports', () => {
  it('gives one row for a page and the attachment it points to', () =>
    withStore(async (store) => {
      const at = 'http://a.gov.cn/1.pdf';
      const pointing = { code: 'POINTS_TO_ATTACHMENT', message: 'points', links: [at] } as const;
      const published_on = { value: '2024-01-20', confidence: 0.98, evidence: [] };
      const page = aRecord({
        form: null,
        fields: {},
        meta: { published_on },
        extraction: { ...aRecord().extraction, diagnostics: [pointing] },
      });
      await put(store, aDocument('page'), page);
      await put(store, aDocument('attachment', { uri: at }), aRecord());
      const rows = await rowsOf(store);
      expect(rows).toHaveLength(1);
      expect(rows[0]?.record).toMatchObject({
        form: '2021',
        source: { uri: at },
        meta: { published_on: { value: '2024-01-20' } },
        joined: [{ role: 'page', uri: aDocument('page').uri }],
      });
    }));

  it('gives one row for a report in two formats, and for the same bytes at two places', () =>
    withStore(async (store) => {
      await put(store, aDocument('pdf'), aRecord({ confidence: 0.9 }));
      await put(store, aDocument('docx'), aRecord());
      await put(store, aDocument('docx', { uri: 'http://b.gov.cn/copy' }), aRecord());
      const rows = await rowsOf(store);
      expect(rows).toHaveLength(1);
      expect(rows[0]?.record.joined).toHaveLength(2);
      expect(rows[0]?.record.confidence).toBe(0.99);
    }));

  it('gives every other document a row of its own', () =>
    withStore(async (store) => {
      await put(store, aDocument('a'), aRecord());
      await put(store, aDocument('b'), aRecord({ fields: { 'applications.new.total': aField(99) } }));
      await put(store, aDocument('c'), aRecord({ form: null, fields: {} }));
      await put(store, aDocument('d'), aRecord({ form: null, fields: {} }));
      expect(await rowsOf(store)).toHaveLength(4);
    }));

  it('lets the reading speak that people settled', () =>
    withStore(async (store) => {
      const settled = aDocument('settled');
      await put(store, aDocument('sure'), aRecord());
      await put(store, settled, aRecord({ confidence: 0.5 }));
      const key = 'applications.new.total';
      const answer = { key, value: 12, status: 'reported', seen: '[]', author: 'li', reason: null } as const;
      const createdAt = '2026-01-01T00:00:00.000Z';
      await store.correct({ ...answer, id: 'x', sha256: settled.sha256, target: 'field', createdAt });
      const rows = await rowsOf(store);
      expect(rows.map(({ record }) => record.source.uri)).toEqual([settled.uri]);
    }));
});
