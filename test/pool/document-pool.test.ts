import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/errors/app-error.js';
import { DEFAULT_SETTINGS } from '../../src/pipeline/settings.js';
import {
  DEFAULT_POOL_SETTINGS,
  DocumentPool,
  type PoolRequest,
  type PoolSettings,
} from '../../src/pool/document-pool.js';
import { endlessLastPagePdf } from '../helpers/odd-pdf.js';

const SAMPLES = join(process.cwd(), 'samples');
/** Far more text than a thread of few megabytes can read. */
const HUGE_TEXT = Buffer.from('全年收到政府信息公开申请12件，均已答复。\n'.repeat(500_000));

let pool: DocumentPool;
afterEach(() => pool.close());

describe('DocumentPool', () => {
  test('reads a document in a thread into the record that the pipeline gives', async () => {
    pool = openPool({});
    const record = await pool.readRecord(sample('docx/auto-numbered.docx'));
    expect(record).toMatchObject({ form: '2021', source: { path: 'docx/auto-numbered.docx' } });
    expect(record.fields['applications.new.total']?.value).toBe(12);
  });

  test('ends a document at the time limit and reads the next one in a new thread', async () => {
    const endless = endlessLastPagePdf(0);
    pool = openPool({ timeoutMs: 10_000 });
    const [slow, fast] = await Promise.all([pool.readRecord(bytes(endless)), pool.readRecord(bytes('报告'))]);
    expect(slow.error).toMatchObject({ code: 'TIME_LIMIT' });
    expect(slow.source).toMatchObject({ bytes: endless.length });
    expect(slow.source.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(fast.error).toBeUndefined();
  });

  test('keeps the pages that were finished before the limit, and marks the record partial', async () => {
    pool = openPool({ timeoutMs: 10_000 });
    const record = await pool.readRecord(bytes(endlessLastPagePdf(3)));
    expect(record.error).toBeUndefined();
    expect(record.extraction).toMatchObject({ partial: true, pages: 3 });
    expect(record.extraction.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'TIME_LIMIT', page: 3 }),
    );
    expect(record.review.needed).toBe(true);
    expect(record.review.reasons).toContain('TIME_LIMIT');
  });

  test('ends a document at the heap limit and reads the next one in a new thread', async () => {
    pool = openPool({ heapMb: 48 });
    const large = await pool.readRecord(bytes(HUGE_TEXT));
    expect(large.error).toMatchObject({ code: 'MEMORY_LIMIT' });
    expect((await pool.readRecord(bytes('报告'))).error).toBeUndefined();
  });

  test('a document whose bytes cannot be loaded yields the code of that error', async () => {
    pool = openPool({});
    const load = (): Promise<Uint8Array> => Promise.reject(new AppError('SOURCE_UNREADABLE', 'gone'));
    const request = { ...bytes(''), load };
    expect(await pool.readRecord(request)).toMatchObject({
      form: null,
      error: { code: 'SOURCE_UNREADABLE' },
    });
    expect(await pool.readTables(request)).toMatchObject({
      tables: [],
      error: { code: 'SOURCE_UNREADABLE' },
    });
  });

  test('loads the bytes of a waiting document only when a thread is free', async () => {
    pool = openPool({});
    let loaded = 0;
    const load = (): Promise<Uint8Array> => {
      loaded += 1;
      expect(loaded - finished).toBeLessThanOrEqual(1);
      return Promise.resolve(new TextEncoder().encode('报告'));
    };
    let finished = 0;
    const reading = [1, 2, 3].map(async () => {
      await pool.readRecord({ ...bytes(''), load });
      finished += 1;
    });
    await Promise.all(reading);
    expect(loaded).toBe(3);
  });

  test('gives the same records with several threads and with threads replaced after each document', async () => {
    const names = ['docx/auto-numbered.docx', 'html/word-paste.html', 'text/cut-markdown.txt'];
    pool = openPool({ threads: 2, recycleAfterDocuments: 1 });
    const replaced = await Promise.all(names.map((name) => pool.readRecord(sample(name))));
    await pool.close();
    pool = openPool({});
    const kept = await Promise.all(names.map((name) => pool.readRecord(sample(name))));
    expect(replaced.map((record) => record.fields)).toEqual(kept.map((record) => record.fields));
  });

  test('gives the tables of any document', async () => {
    pool = openPool({});
    const { tables } = await pool.readTables(sample('html/not-a-report.html'));
    expect(tables).toMatchObject([{ rows: 3, columns: 3 }]);
  });
});

function openPool(settings: Partial<PoolSettings>): DocumentPool {
  return new DocumentPool({ ...DEFAULT_POOL_SETTINGS, ...settings });
}

function sample(name: string): PoolRequest {
  return { ...bytes(readFileSync(join(SAMPLES, name))), input: { path: name, uri: null, hints: {} } };
}

function bytes(content: string | Uint8Array): PoolRequest {
  return {
    load: () => Promise.resolve(new Uint8Array(Buffer.from(content))),
    input: { path: 'x', uri: null, hints: {} },
    settings: DEFAULT_SETTINGS,
  };
}
