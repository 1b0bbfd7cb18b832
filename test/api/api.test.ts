import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openApi, samplePath, type OpenApi } from './open-api.js';

const SLIP = 'html/wrong-arithmetic.html';
const TEXT = 'text/numbers-below-labels.txt';
const WORD = 'docx/auto-numbered.docx';

let api: OpenApi;
let slip = '';
let word = '';

beforeAll(async () => {
  api = await openApi();
  const files = [SLIP, TEXT, WORD].map((name) => ({ name, bytes: readFileSync(samplePath(name)) }));
  await api.upload(files);
  const { items } = (await api.get('/api/documents')).json<{ items: { id: string; path: string }[] }>();
  slip = items.find(({ path }) => path.endsWith('wrong-arithmetic.html'))?.id ?? '';
  word = items.find(({ path }) => path.endsWith('auto-numbered.docx'))?.id ?? '';
});
afterAll(() => api.close());

interface Field {
  readonly value: number | null;
  readonly raw: string | null;
  readonly status: string;
}

async function fieldOf(id: string, key: string): Promise<Field> {
  const { record } = (await api.get(`/api/documents/${id}`)).json<{
    record: { fields: Record<string, Field> };
  }>();
  return record.fields[key] ?? { value: null, raw: null, status: 'absent' };
}

function answer(key: string, { value, raw, status }: Field, changes: object = {}) {
  return {
    target: 'field',
    key,
    value: 7,
    status: 'reported',
    reason: null,
    follows: null,
    seen: JSON.stringify([value, raw, status]),
    ...changes,
  };
}

describe('documents', () => {
  test('are found by agency, file name, their own words, form, year and state, and counted from page to page', async () => {
    const found = async (query: string): Promise<number> =>
      (await api.get(`/api/documents?${query}`)).json<{ items: unknown[] }>().items.length;
    expect(await found(`q=${encodeURIComponent('教育体育')}`)).toBe(2);
    expect(await found('q=auto-numbered')).toBe(1);
    expect(await found(`q=${encodeURIComponent('营养餐 采购')}`)).toBe(2);
    expect(await found(`q=${encodeURIComponent('营养餐采买')}`)).toBe(0);
    expect(await found('form=2019')).toBe(1);
    expect(await found('year=2021&state=done')).toBe(2);
    expect(await found('q=%25')).toBe(0);
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path: string = `/api/documents?sort=confidence&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = (await api.get(path)).json<{ items: { id: string }[]; next: string | null }>();
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(new Set(ids).size).toBe(3);
  });

  test('come with their source, rendering, runs and history', async () => {
    const source = await api.get(`/api/documents/${slip}/source`);
    expect(source.rawPayload).toEqual(readFileSync(samplePath(SLIP)));
    expect(source.headers['content-disposition']).toMatch(/^attachment; filename="wrong-arithmetic.html"/);
    const rendering = await api.get(`/api/documents/${word}/rendering`);
    expect(rendering.body).toContain('id="t0-r0-c0"');
    const runs = (await api.get(`/api/documents/${slip}/runs`)).json<{ items: { runKey: string }[] }>();
    expect(runs.items).toHaveLength(1);
    const history = await api.get(
      `/api/documents/${slip}/fields/applications.new.total/history?target=field`,
    );
    expect(history.json()).toMatchObject({ items: [{ kind: 'run', isCurrent: true }] });
  });
});

describe('the review queue', () => {
  test('lists documents with something to settle, the least sure first, and the one after another', async () => {
    const list = (await api.get('/api/review/documents')).json<{
      items: { documentId: string; questions: number }[];
    }>();
    const ids = list.items.map(({ documentId }) => documentId);
    expect(ids[0]).toBe(slip);
    expect(list.items[0]?.questions).toBeGreaterThan(0);
    const after = await api.get(`/api/review/documents?after=${slip}`);
    expect(
      after.json<{ items: { documentId: string }[] }>().items.map(({ documentId }) => documentId),
    ).toEqual(ids.slice(1));
  });

  test('is filtered by check, kind, agency, year and confidence', async () => {
    const count = async (query: string): Promise<number> =>
      (await api.get(`/api/review?limit=200&${query}`)).json<{ items: unknown[] }>().items.length;
    expect(await count('kind=check')).toBe(4);
    expect(await count('kind=check&key=row:granted')).toBe(1);
    expect(await count(`agency=${encodeURIComponent('河东新区')}`)).toBeGreaterThan(10);
    expect(await count(`agency=${encodeURIComponent('没有')}`)).toBe(0);
    expect(await count('below=0.0001')).toBe(0);
    const summary = (await api.get('/api/review/summary')).json<{
      documents: number;
      byKind: { check: number };
    }>();
    expect(summary.byKind.check).toBe(4);
    expect(summary.documents).toBeGreaterThanOrEqual(2);
  });
});

describe('corrections', () => {
  const key = 'applications.granted.total';

  test('are laid over the record, exported, refused where somebody was faster, and taken back', async () => {
    const field = await fieldOf(slip, key);
    const path = `/api/documents/${slip}/corrections`;
    const first = await api.post(path, answer(key, field, { author: 'li', reason: 'as printed' }));
    expect(first.statusCode).toBe(201);
    expect(first.json()).toMatchObject({ value: 7, author: 'li', reason: 'as printed' });
    const second = await api.post(path, answer(key, field));
    expect(second.statusCode).toBe(409);
    expect(second.json()).toMatchObject({ code: 'CORRECTION_CONFLICT', latest: { author: 'li', value: 7 } });
    const stale = await api.post(path, answer(key, field, { seen: '[1,"1","reported"]' }));
    expect(stale.statusCode).toBe(409);
    const lines = (await api.get('/api/exports/jsonl')).body.trim().split('\n');
    const values = lines.map(
      (line) => (JSON.parse(line) as { fields: Record<string, Field> }).fields[key]?.value,
    );
    expect(values).toContain(7);
    const { id } = first.json<{ id: string }>();
    const gone = await api.app.inject({
      method: 'DELETE',
      url: `${path}/${id}`,
      headers: { host: 'localhost' },
    });
    expect(gone.statusCode).toBe(204);
    const history = await api.get(`/api/documents/${slip}/fields/${key}/history?target=field`);
    expect(history.json()).toMatchObject({
      items: [
        { kind: 'correction', reason: 'as printed' },
        { kind: 'run', isCurrent: true },
      ],
    });
  });

  test('must say what they mean', async () => {
    const field = await fieldOf(slip, key);
    const path = `/api/documents/${slip}/corrections`;
    const codes = await Promise.all(
      [
        answer(key, field, { value: 'seven' }),
        answer(key, field, { status: 'blank' }),
        answer(key, field, { target: 'meta' }),
        answer('no.such.field', field),
        { value: 1 },
      ].map(async (body) => (await api.post(path, body)).json<{ code: string }>().code),
    );
    expect(codes).toEqual([
      'REQUEST_INVALID',
      'REQUEST_INVALID',
      'NOT_FOUND',
      'NOT_FOUND',
      'REQUEST_INVALID',
    ]);
  });
});

describe('answers about failed checks', () => {
  test('say that the report prints it like that, in queue, history, record and export', async () => {
    const asked = async () =>
      (await api.get(`/api/review?kind=check&document=${slip}`)).json<{
        items: { key: string; seen: string }[];
      }>().items;
    const [question] = await asked();
    const { key = '', seen = '' } = question ?? {};
    const path = `/api/documents/${slip}/corrections`;
    const said = {
      target: 'check',
      key,
      value: 'as_printed',
      status: null,
      seen,
      author: 'li',
      reason: '原文如此',
    };
    expect((await api.post(path, { ...said, value: 'wrong' })).json()).toMatchObject({
      code: 'REQUEST_INVALID',
    });
    expect((await api.post(path, { ...said, seen: '[0,0]' })).statusCode).toBe(409);
    expect((await api.post(path, { ...said, key: 'row:nothing' })).statusCode).toBe(404);
    expect((await api.post(path, said)).statusCode).toBe(201);
    expect((await asked()).map((item) => item.key)).not.toContain(key);
    const { record } = (await api.get(`/api/documents/${slip}/record`)).json<{
      record: { checks: object[] };
    }>();
    const settled = { answer: 'as_printed', author: 'li', reason: '原文如此' };
    expect(record.checks).toContainEqual(
      expect.objectContaining({ id: key, status: 'failed', settled: expect.objectContaining(settled) }),
    );
    const history = await api.get(
      `/api/documents/${slip}/fields/${encodeURIComponent(key)}/history?target=check`,
    );
    expect(history.json()).toMatchObject({
      items: [
        { value: 'as_printed', author: 'li' },
        { kind: 'run', value: expect.stringMatching(/^\d+ ≠ \d+$/) },
      ],
    });
    expect((await api.get('/api/exports/csv')).body).toContain(`,${key},`);
  });
});

describe('errors and description', () => {
  test('are problem documents with a code of the catalogue', async () => {
    const missing = await api.get(`/api/documents/${'0'.repeat(32)}`);
    expect(missing.statusCode).toBe(404);
    expect(missing.headers['content-type']).toContain('application/problem+json');
    expect(missing.json()).toMatchObject({
      type: 'urn:gongkai:error:NOT_FOUND',
      code: 'NOT_FOUND',
      status: 404,
    });
    const bad = await api.get('/api/documents?year=soon&limit=9999');
    expect(bad.json()).toMatchObject({ code: 'REQUEST_INVALID', status: 400 });
    expect(bad.json<{ problems: unknown[] }>().problems).toHaveLength(2);
    expect((await api.get('/api/nothing')).json()).toMatchObject({ code: 'NOT_FOUND' });
    expect((await api.get('/api/documents?cursor=%00')).json()).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  test('names every route of the API in OpenAPI 3.1, each with an answer', async () => {
    const { openapi, paths } = (await api.get('/api/openapi.json')).json<{
      openapi: string;
      paths: Record<string, Record<string, { responses: object; summary?: string }>>;
    }>();
    expect(openapi).toMatch(/^3\.1/);
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/api/documents', '/api/review/documents', '/api/exports/{format}']),
    );
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(operations.every(({ responses, summary }) => Object.keys(responses).length > 0 && summary)).toBe(
      true,
    );
    expect((await api.get('/api/docs/')).statusCode).toBe(200);
  });
});

describe('exports, agencies, statistics', () => {
  test.each(['jsonl', 'csv', 'csv-long', 'xlsx', 'parquet'])('stream %s', async (format) => {
    const response = await api.get(`/api/exports/${format}?form=2021`);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-disposition']).toContain('attachment');
    expect(response.rawPayload.length).toBeGreaterThan(100);
  });

  test('tell of an agency over the years, by its name', async () => {
    const view = await api.get(`/api/agencies/${encodeURIComponent('临河县教育体育局')}`);
    expect(view.json()).toMatchObject({ name: '临河县教育体育局', items: [{ year: 2021 }, { year: 2021 }] });
  });

  test('count by state, format, year and form', async () => {
    const stats = (await api.get('/api/stats')).json<{ states: object; coverage: { count: number }[] }>();
    expect(stats.states).toEqual({ done: 3, failed: 0, pending: 0 });
    expect(stats.coverage.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });
});
