import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { lookup } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { DEFAULT_ARCHIVE_LIMITS } from '../../src/archives/archive-item.js';
import { DEFAULT_FETCH_SETTINGS, fetchUrl, type FetchSettings } from '../../src/archives/fetch-url.js';
import { isPublicAddress } from '../../src/archives/public-address.js';

/** No answer of a server on this machine takes so long. */
const PATIENCE_MS = 200_000;

const standard: FetchSettings = {
  ...DEFAULT_FETCH_SETTINGS,
  limits: { ...DEFAULT_ARCHIVE_LIMITS, maxBytes: 1_000 },
  timeoutMs: PATIENCE_MS,
};

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '114.114.114.114', '2400:3200::1'])('takes %s for public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '192.0.0.8',
    '64:ff9b:1::a00:1',
    '::127.0.0.1',
    '2001:0:53aa:64c::1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'localhost',
    '',
  ])('does not take "%s" for public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('fetchUrl', () => {
  let server: Server;
  let base = '';
  const toLoopback = { ...standard, mayConnect: (address: string) => address === '127.0.0.1' };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '';
      if (path === '/page') response.setHeader('content-type', 'text/html').end('页');
      else if (path === '/packed') response.setHeader('content-encoding', 'gzip').end(gzipSync('packed'));
      else if (path === '/large') response.end('x'.repeat(5_000));
      else if (path === '/slow') response.write('x');
      else if (path === '/away') response.writeHead(302, { location: '/page' }).end();
      else if (path === '/circle') response.writeHead(302, { location: '/circle' }).end();
      else if (path === '/inside')
        response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
      else if (path === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else response.writeHead(500).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('fetches a page, also through a redirect and compressed', async () => {
    const page = await fetchUrl(`${base}/away`, toLoopback);
    expect({ ...page, bytes: Buffer.from(page.bytes).toString() }).toEqual({
      bytes: '页',
      contentType: 'text/html',
      finalUrl: `${base}/page`,
    });
    expect(Buffer.from((await fetchUrl(`${base}/packed`, toLoopback)).bytes).toString()).toBe('packed');
  });

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[64:ff9b::10.0.0.1]/',
    'http://[fe80::1]/',
    'ftp://a.cn/',
    'file:///etc/passwd',
    'http://user:word@a.cn/',
    'no address',
  ])('refuses %s', async (address) => {
    await expect(fetchUrl(address, standard)).rejects.toMatchObject({ code: 'URL_REFUSED' });
  });

  it('refuses a name that leads to a private address, whatever else it leads to', async () => {
    const answers = [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    const rebinding = ((_name: string, _options: unknown, callback: (error: null, found: unknown) => void) =>
      callback(null, answers)) as unknown as typeof lookup;
    await expect(fetchUrl('http://a.gov.cn/', { ...standard, lookup: rebinding })).rejects.toMatchObject({
      code: 'URL_REFUSED',
    });
  });

  it('connects to the address that was checked, whatever the name leads to a moment later', async () => {
    let asked = 0;
    const lookedUp: typeof lookup = ((
      _name: string,
      _options: unknown,
      callback: (error: null, found: unknown) => void,
    ) => {
      asked += 1;
      callback(null, [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]);
    }) as unknown as typeof lookup;
    const byName = base.replace('127.0.0.1', 'a.gov.cn');
    const page = await fetchUrl(`${byName}/page`, { ...toLoopback, lookup: lookedUp });
    expect({ asked, finalUrl: page.finalUrl }).toEqual({ asked: 1, finalUrl: `${byName}/page` });
    // A redirect connects anew, so the name is looked up and refused.
    asked = 0;
    const away = fetchUrl(`${byName}/away`, { ...toLoopback, lookup: lookedUp });
    await expect(away).rejects.toMatchObject({ code: 'URL_REFUSED' });
  });

  it('refuses redirects to private addresses and other schemes', async () => {
    for (const path of ['/inside', '/file']) {
      await expect(fetchUrl(`${base}${path}`, toLoopback)).rejects.toMatchObject({ code: 'URL_REFUSED' });
    }
  });

  it('gives up on circles, errors, silence and pages beyond the limit', async () => {
    const codeOf = (path: string, timeoutMs = PATIENCE_MS) =>
      fetchUrl(`${base}${path}`, { ...toLoopback, timeoutMs }).catch((error: { code: string }) => error.code);
    expect(await codeOf('/circle')).toBe('FETCH_FAILED');
    expect(await codeOf('/error')).toBe('FETCH_FAILED');
    expect(await codeOf('/slow', 200)).toBe('FETCH_FAILED');
    expect(await codeOf('/large')).toBe('SOURCE_TOO_LARGE');
  });
});
