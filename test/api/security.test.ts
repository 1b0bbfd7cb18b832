import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { buildDocx } from '../helpers/build-docx.js';
import { openApi, type OpenApi } from './open-api.js';

const SECRETS = { reader: 'r'.repeat(16), reviewer: 'v'.repeat(16), admin: 'a'.repeat(16) };
const TOKENS = `ann:read:${SECRETS.reader},ben:review:${SECRETS.reviewer},cho:admin:${SECRETS.admin}`;
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}`, host: 'gongkai.example' });

let api: OpenApi | null = null;
afterEach(async () => {
  await api?.close();
  api = null;
});

describe('with tokens', () => {
  test('every route asks for its scope, and wrong secrets are refused', async () => {
    api = await openApi({ tokens: TOKENS });
    const status = async (path: string, secret: string | null, body?: object): Promise<number> => {
      const headers = secret === null ? { host: 'gongkai.example' } : bearer(secret);
      const response =
        body === undefined ? await api?.get(path, headers) : await api?.post(path, body, headers);
      return response?.statusCode ?? 0;
    };
    expect(await status('/api/documents', null)).toBe(401);
    expect(await status('/api/documents', 'wrong'.repeat(5))).toBe(401);
    expect(await status('/api/documents', SECRETS.reader)).toBe(200);
    expect(await status('/api/reprocess', SECRETS.reviewer, { documentIds: [] })).toBe(403);
    expect(await status('/api/reprocess', SECRETS.admin, { documentIds: [] })).not.toBe(403);
    expect(await status(`/api/documents/${'0'.repeat(32)}/corrections`, SECRETS.reader, {})).toBe(403);
    expect(await status('/metrics', null)).toBe(401);
    expect(await status('/healthz', null)).toBe(200);
    expect(await status('/api/openapi.json', null)).toBe(200);
  });

  test('too many requests of one token are refused with a problem, those of another go on', async () => {
    api = await openApi({ tokens: TOKENS, limits: { requestsPerMinute: 3 } });
    const codes: number[] = [];
    for (let round = 0; round < 4; round++)
      codes.push((await api.get('/api/forms', bearer(SECRETS.reader))).statusCode);
    expect(codes).toEqual([200, 200, 200, 429]);
    const refused = await api.get('/api/forms', bearer(SECRETS.reader));
    expect(refused.json()).toMatchObject({ code: 'RATE_LIMITED' });
    expect(refused.headers['retry-after']).toBeDefined();
    expect((await api.get('/api/forms', bearer(SECRETS.admin))).statusCode).toBe(200);
  });
});

describe('without tokens', () => {
  test('only names of this machine are answered, and pages of other sites change nothing', async () => {
    api = await openApi();
    expect((await api.get('/api/documents', { host: 'rebound.example' })).statusCode).toBe(403);
    expect((await api.get('/api/documents', { host: 'localhost:8080' })).statusCode).toBe(200);
    const foreign = await api.post('/api/reprocess', { documentIds: [] }, { origin: 'http://evil.example' });
    expect(foreign.json()).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('what is too large is refused', async () => {
    api = await openApi({ limits: { bodyBytes: 1_000, uploadBytes: 1_000 } });
    const large = await api.post('/api/reprocess', { documentIds: ['x'.repeat(2_000)] });
    expect(large.statusCode).toBe(413);
    expect(large.json<{ code: string }>().code).toBe('SOURCE_TOO_LARGE');
  });
});

describe('documents that attack whoever looks at them', () => {
  let open: OpenApi;
  beforeAll(async () => {
    open = await openApi();
  });
  afterAll(() => open.close());

  const HOSTILE = `<!doctype html><title>年度报告</title><base href="http://203.0.113.1/">
    <script>alert(1)</script><svg onload="alert(1)"><script>alert(1)</script></svg><math href="javascript:alert(1)">x</math>
    <p onclick="alert(1)" style="background:url(http://203.0.113.1/x)">${'政府信息公开工作年度报告'.repeat(3)}</p>
    <a href="javascript:alert(1)">link</a><img src="http://203.0.113.1/x.png" onerror="alert(1)">
    <table><tr><td id="t9"><iframe src="http://203.0.113.1/"></iframe>1</td><td>&lt;script&gt;alert(2)&lt;/script&gt;</td></tr></table>
    <form action="http://203.0.113.1/"><input name=q autofocus onfocus=alert(1)></form></body></html>`;

  test('are rendered as text and tables alone, under a policy that allows nothing', async () => {
    const [id] = await open.upload([{ name: 'hostile.html', bytes: HOSTILE }]);
    const { body, headers } = await open.get(`/api/documents/${id ?? ''}/rendering`);
    const tags = new Set([...body.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag?.toLowerCase()));
    const allowed = ['html', 'head', 'meta', 'title', 'style', 'body', 'h2', 'p', 'div', 'table', 'tr', 'td'];
    expect([...tags].filter((tag) => !allowed.includes(tag ?? ''))).toEqual([]);
    const attributes = [...body.matchAll(/<[a-z0-9]+((?:\s+[a-z-]+="[^"]*")*)\s*>/gi)].flatMap(([, list]) =>
      [...(list ?? '').matchAll(/([a-z-]+)=/g)].map(([, name]) => name ?? ''),
    );
    expect(attributes.filter((name) => /^on|href|src|style|action/.test(name))).toEqual([]);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('show what a DOCX says as text, whatever it says', async () => {
    const cell = '<w:tc><w:p><w:r><w:t>&lt;img src=x onerror=alert(1)&gt;</w:t></w:r></w:p></w:tc>';
    const link = '<w:p><w:r><w:instrText>HYPERLINK "javascript:alert(1)"</w:instrText></w:r></w:p>';
    const bytes = buildDocx({ body: `${link}<w:tbl><w:tr>${cell}${cell}</w:tr></w:tbl>` });
    const [id] = await open.upload([{ name: 'hostile.docx', bytes }]);
    const { body } = await open.get(`/api/documents/${id ?? ''}/rendering`);
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(body).not.toMatch(/<img|<a |javascript:/);
  });

  test('are given back as attachments, never as pages, whatever they are called', async () => {
    const name = '../../<img src=x onerror=alert(1)>\u202egnp.exe';
    const [id] = await open.upload([{ name, bytes: HOSTILE }]);
    const { headers } = await open.get(`/api/documents/${id ?? ''}/source`);
    const disposition = String(headers['content-disposition']);
    expect(disposition).toMatch(/^attachment; filename="[^"<>/\\]*\.html"/);
    expect(disposition).not.toMatch(/\u202e|%E2%80%AE|\.\./i);
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-security-policy']).toContain('sandbox');
  });

  test('the app’s own pages run the app’s own scripts and nothing inline', async () => {
    const { headers } = await open.get('/api/status');
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/);
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain("'unsafe-eval'");
  });
});

describe('server-sent events', () => {
  test('tell how work stands and how many have a document open', async () => {
    api = await openApi();
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const address = api.app.server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const stop = new AbortController();
    const events = async (count: number): Promise<string> => {
      const url = `http://127.0.0.1:${port}/api/events?document=${'0'.repeat(32)}`;
      const response = await fetch(url, { signal: stop.signal });
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      let text = '';
      for await (const chunk of response.body ?? []) {
        text += new TextDecoder().decode(chunk as Uint8Array);
        if ((text.match(/^event: /gm) ?? []).length >= count) break;
      }
      return text;
    };
    const first = events(3);
    const second = events(2);
    expect(await second).toMatch(/event: presence\ndata: \{[^}]*"reviewers":2/);
    expect(await first).toContain('event: status');
    stop.abort();
  });
});
