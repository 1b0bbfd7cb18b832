import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { WARCRecord, WARCSerializer } from 'warcio';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveItem } from '../../src/archives/archive-item.js';
import { readSource } from '../../src/archives/read-sources.js';
import { readWarc } from '../../src/archives/read-warc.js';

const PAGE = '<html><body>政府信息公开工作年度报告</body></html>';

async function libraryRecord(url: string, body: string, gzip = false): Promise<Buffer> {
  const record = WARCRecord.create(
    {
      url,
      date: '2024-01-31T08:00:00Z',
      type: 'response',
      httpHeaders: { 'Content-Type': 'text/html; charset=gbk' },
      statusline: 'HTTP/1.1 200 OK',
    },
    [new TextEncoder().encode(body)],
  );
  return Buffer.from(await WARCSerializer.serialize(record, { gzip }));
}

/** A record written by hand, so that it can be wrong. */
function handRecord(block: Buffer | string, changes: Record<string, string | null> = {}): Buffer {
  const bytes = Buffer.from(block as string);
  const headers = {
    'WARC-Type': 'response',
    'WARC-Target-URI': 'http://a.gov.cn/hand',
    'WARC-Date': '2024-01-31T08:00:00Z',
    'Content-Length': String(bytes.length),
    ...changes,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  );
  return Buffer.concat([
    Buffer.from(`WARC/1.0\r\n${lines.join('\r\n')}\r\n\r\n`),
    bytes,
    Buffer.from('\r\n\r\n'),
  ]);
}

function http(body: Buffer | string, headers: readonly string[] = [], status = '200 OK'): Buffer {
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status}\r\n${[...headers, ''].join('\r\n')}\r\n`),
    Buffer.from(body as string),
  ]);
}

async function read(...records: readonly Buffer[]): Promise<ArchiveItem[]> {
  const bytes = Buffer.concat(records);
  async function* inPieces(): AsyncGenerator<Uint8Array> {
    // Pieces that fit nothing, so that every border is crossed somewhere.
    for (let at = 0; at < bytes.length; at += 37) yield await Promise.resolve(bytes.subarray(at, at + 37));
  }
  const items: ArchiveItem[] = [];
  for await (const item of readWarc(inPieces(), DEFAULT_ARCHIVE_LIMITS)) items.push(item);
  return items;
}

function text(item: ArchiveItem | undefined): string {
  return item?.kind === 'document' ? Buffer.from(item.document.bytes).toString('utf8') : `${item?.kind}`;
}

function summary(items: readonly ArchiveItem[]): string[] {
  return items.map((item) => {
    if (item.kind === 'document') return `document ${item.document.uri}`;
    return item.kind === 'problem' ? `problem ${item.error.code}` : `skipped ${item.reason}`;
  });
}

describe('readWarc', () => {
  it('reads what a library wrote, with address, date and content type', async () => {
    const [item] = await read(await libraryRecord('http://a.gov.cn/1', PAGE));
    expect(item).toMatchObject({
      kind: 'document',
      document: {
        uri: 'http://a.gov.cn/1',
        crawledAt: '2024-01-31T08:00:00.000Z',
        contentType: 'text/html; charset=gbk',
      },
    });
    expect(text(item)).toBe(PAGE);
  });

  it('undoes gzip, brotli and chunks, and takes bodies that were stored plain as they are', async () => {
    const chunked = `a\r\n${PAGE.slice(0, 10)}\r\n`;
    const rest = Buffer.from(PAGE.slice(10));
    const chunks = Buffer.concat([
      Buffer.from(`${chunked}${rest.length.toString(16)}\r\n`),
      rest,
      Buffer.from('\r\n0\r\n\r\n'),
    ]);
    const items = await read(
      handRecord(http(gzipSync(PAGE), ['Content-Encoding: gzip'])),
      handRecord(http(brotliCompressSync(PAGE), ['Content-Encoding: br'])),
      handRecord(http(chunks, ['Transfer-Encoding: chunked'])),
      handRecord(http(PAGE, ['Content-Encoding: gzip', 'Transfer-Encoding: chunked'])),
      handRecord(http(PAGE, ['Content-Encoding: br'])),
    );
    expect(items.map(text)).toEqual(Array.from({ length: 5 }, () => PAGE));
  });

  it('skips what is no page: other states, revisits, requests, styles, small pictures, nothing', async () => {
    const items = await read(
      handRecord(http('gone', [], '404 Not Found')),
      handRecord(http(''), { 'WARC-Type': 'revisit' }),
      handRecord('GET / HTTP/1.1\r\n\r\n', { 'WARC-Type': 'request' }),
      handRecord(http('a{}', ['Content-Type: text/css'])),
      handRecord(http('png', ['Content-Type: image/png'])),
      handRecord(http('')),
    );
    expect(summary(items)).toEqual([
      'skipped status 404',
      'skipped revisit',
      'skipped text/css',
      'skipped small picture',
      'skipped empty body',
    ]);
  });

  it('keeps a page without a content type', async () => {
    const [item] = await read(handRecord(http(PAGE)));
    expect(item).toMatchObject({ kind: 'document', document: { contentType: null } });
  });

  it('reports a record whose length is too small, and goes on with the next', async () => {
    const broken = handRecord(http(PAGE), { 'Content-Length': '30' });
    const items = await read(broken, await libraryRecord('http://a.gov.cn/next', PAGE));
    expect(summary(items)).toEqual(['problem SOURCE_CORRUPT', 'document http://a.gov.cn/next']);
  });

  it('reports a record whose length is too large, and finds the next within it', async () => {
    const broken = handRecord(http(PAGE), { 'Content-Length': '300' });
    const items = await read(
      broken,
      await libraryRecord('http://a.gov.cn/next', PAGE),
      handRecord(http(PAGE)),
    );
    expect(summary(items)).toEqual([
      'problem SOURCE_CORRUPT',
      'document http://a.gov.cn/next',
      'document http://a.gov.cn/hand',
    ]);
  });

  it('reports records without a length, without a status line and with a broken body, each for itself', async () => {
    const cut = gzipSync(PAGE).subarray(0, 30);
    const items = await read(
      handRecord(http(PAGE), { 'Content-Length': null }),
      handRecord('no head at all'),
      handRecord(http(cut, ['Content-Encoding: gzip'])),
      handRecord(http(PAGE), { 'WARC-Truncated': 'length' }),
      handRecord(http(PAGE)),
    );
    expect(summary(items)).toEqual([
      ...Array.from({ length: 4 }, () => 'problem SOURCE_CORRUPT'),
      'document http://a.gov.cn/hand',
    ]);
  });

  it('reports a record that the end of the file cuts off', async () => {
    const whole = await libraryRecord('http://a.gov.cn/1', PAGE);
    const items = await read(whole, handRecord(http(PAGE)).subarray(0, 180));
    expect(summary(items)).toEqual(['document http://a.gov.cn/1', 'problem SOURCE_CORRUPT']);
  });

  it('refuses a body that inflates beyond measure', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024));
    const items = await read(handRecord(http(bomb, ['Content-Encoding: gzip'])), handRecord(http(PAGE)));
    expect(summary(items)).toEqual(['problem SOURCE_TOO_LARGE', 'document http://a.gov.cn/hand']);
  });
});

describe('a WARC.gz file', () => {
  async function readBytes(bytes: Buffer): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'gongkai-warc-'));
    try {
      const file = join(folder, 'crawl.warc.gz');
      writeFileSync(file, bytes);
      const items: ArchiveItem[] = [];
      const reading = {
        limits: DEFAULT_ARCHIVE_LIMITS,
        fetchPage: () => Promise.reject(new Error('no network')),
      };
      for await (const item of readSource(file, reading)) items.push(item);
      return summary(items);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it('is read member by member', async () => {
    const members = [
      await libraryRecord('http://a.cn/1', PAGE, true),
      await libraryRecord('http://a.cn/2', PAGE, true),
    ];
    expect(await readBytes(Buffer.concat(members))).toEqual([
      'document http://a.cn/1',
      'document http://a.cn/2',
    ]);
  });

  it('gives what stands before the damage when it is cut off or goes on with something else', async () => {
    const page = PAGE + randomBytes(20_000).toString('hex');
    const members = [
      await libraryRecord('http://a.cn/1', page, true),
      await libraryRecord('http://a.cn/2', page, true),
    ];
    const whole = Buffer.concat(members);
    const expected = ['document http://a.cn/1', 'problem SOURCE_CORRUPT'];
    expect(await readBytes(whole.subarray(0, whole.length - 40))).toEqual(expect.arrayContaining(expected));
    const spoilt = await readBytes(Buffer.concat([whole, Buffer.from('rubbish behind the end')]));
    expect(spoilt).toEqual(expect.arrayContaining(expected));
  });
});
