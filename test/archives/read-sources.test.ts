import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import yazl from 'yazl';
import { AppError } from '../../src/errors/app-error.js';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveItem } from '../../src/archives/archive-item.js';
import { detectArchive } from '../../src/archives/detect-archive.js';
import { readSource, type SourceReading } from '../../src/archives/read-sources.js';

/** 报告.html as Chinese Windows writes it. */
const GBK_NAME = Buffer.from([0xb1, 0xa8, 0xb8, 0xe6, 0x2e, 0x68, 0x74, 0x6d, 0x6c]);
const folder = mkdtempSync(join(tmpdir(), 'gongkai-sources-'));
const reading: SourceReading = {
  limits: { ...DEFAULT_ARCHIVE_LIMITS, maxBytes: 1_000_000 },
  fetchPage: (url) =>
    url.includes('bad')
      ? Promise.reject(new AppError('URL_REFUSED', 'private'))
      : Promise.resolve({ bytes: Buffer.from(`page of ${url}`), contentType: 'text/html', finalUrl: url }),
};

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function read(name: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const item of readSource(name, reading)) lines.push(describeItem(item));
  return lines;
}

function describeItem(item: ArchiveItem): string {
  if (item.kind === 'skipped') return `skipped ${item.reason}`;
  if (item.kind === 'problem') return `${item.error.code} ${item.place.replace(folder, '')}`;
  const { path, uri, bytes } = item.document;
  return `${(path ?? uri ?? '').replace(folder, '')}: ${Buffer.from(bytes).toString('utf8').slice(0, 40)}`;
}

/** A stored ZIP with one entry whose name is given as bytes and carries no UTF-8 flag. */
function zipWithRawName(name: Buffer, content: string): Buffer {
  const data = Buffer.from(content);
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32(data));
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32LE(data.length, 0);
  sizes.writeUInt32LE(data.length, 4);
  const nameLength = Buffer.from([name.length, 0]);
  const common = Buffer.concat([Buffer.from([20, 0, 0, 0, 0, 0, 0, 0, 0, 0]), crc, sizes, nameLength]);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.alloc(2), name, data]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, Buffer.alloc(16), name]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

function crc32(data: Buffer): number {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

async function zip(entries: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const file = new yazl.ZipFile();
  for (const [name, content] of Object.entries(entries)) file.addBuffer(Buffer.from(content as string), name);
  file.end();
  return buffer(file.outputStream);
}

async function tarOf(entries: readonly (readonly [string | Buffer, string])[]): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, content] of entries) pack.entry({ name: 'n'.repeat(name.length) }, content);
  pack.finalize();
  const bytes = await buffer(pack);
  let at = 0;
  for (const [name, content] of entries) {
    renameEntry(bytes.subarray(at, at + 512), Buffer.from(name as string));
    at += 512 + 512 * Math.ceil(content.length / 512);
  }
  return bytes;
}

/** Puts raw bytes in the place of a name of the same length and mends the header's checksum. */
function renameEntry(header: Buffer, name: Buffer): void {
  name.copy(header);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

describe('readSource', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'crawl', 'inner'), { recursive: true });
    put('crawl/b.html', 'b');
    put('crawl/inner/a.txt', 'a');
    put('crawl/index.json', '{}');
    symlinkSync(join(folder, 'crawl'), join(folder, 'crawl', 'inner', 'round'));
  });

  it('reads a folder in order, without bookkeeping and without going round in circles', async () => {
    expect(await read(join(folder, 'crawl'))).toEqual(['/crawl/b.html: b', '/crawl/inner/a.txt: a']);
  });

  it('reads the names of a ZIP in UTF-8 and in GBK', async () => {
    const gbk = put('gbk.zip', zipWithRawName(GBK_NAME, 'content'));
    expect(await read(gbk)).toEqual(['/gbk.zip!/报告.html: content']);
    const utf8 = put('utf8.zip', await zip({ '年报/报告.html': 'x', '__MACOSX/._a': 'y' }));
    expect(await read(utf8)).toEqual(['/utf8.zip!/年报/报告.html: x']);
  });

  it('never lets a name in an archive point elsewhere', async () => {
    const evil = put('evil.zip', zipWithRawName(Buffer.from('..\\../../etc/passwd'), 'x'));
    expect(await read(evil)).toEqual(['/evil.zip!/etc/passwd: x']);
  });

  it('refuses the bomb in an archive and reads what stands beside it', async () => {
    const bomb = put('bomb.zip', await zip({ 'bomb.txt': Buffer.alloc(20_000_000), 'a.txt': 'a' }));
    expect(await read(bomb)).toEqual(['SOURCE_TOO_LARGE /bomb.zip!/bomb.txt', '/bomb.zip!/a.txt: a']);
  });

  it('says what is wrong with an archive that is cut off', async () => {
    const whole = await zip({ 'a.txt': 'a' });
    const [line] = await read(put('cut.zip', whole.subarray(0, whole.length - 10)));
    // Without its directory a ZIP is no archive any more: it goes to the extractors, which will refuse it.
    expect(line).toMatch(/^\/cut\.zip: PK/);
  });

  it('takes office files for documents', async () => {
    const docx = put('a.docx', await zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }));
    expect(await detectArchive(docx)).toBe('document');
    expect(await read(docx)).toEqual([expect.stringMatching(/^\/a\.docx: PK/)]);
  });

  it('reads TAR and TAR.gz with names in UTF-8, GBK and PAX headers', async () => {
    const long = `${'很长的目录名'.repeat(12)}/报告.html`;
    const pack = tar.pack();
    pack.entry({ name: long, pax: { path: long } }, 'long');
    pack.finalize();
    const bytes = await tarOf([
      [GBK_NAME, 'gbk'],
      ['b.txt', 'b'],
    ]);
    expect(await read(put('a.tar', bytes))).toEqual(['/a.tar!/报告.html: gbk', '/a.tar!/b.txt: b']);
    expect(await read(put('a.tgz', gzipSync(bytes)))).toEqual(['/a.tgz!/报告.html: gbk', '/a.tgz!/b.txt: b']);
    const pax = await buffer(pack);
    expect(await read(put('pax.tar', pax))).toEqual([`/pax.tar!/${long}: long`]);
  });

  it('reports a TAR that ends too early after what it read', async () => {
    const bytes = await tarOf([
      ['a.txt', 'a'],
      ['b.txt', 'b'.repeat(5_000)],
    ]);
    expect(await read(put('cut.tar', bytes.subarray(0, 2_500)))).toEqual([
      '/cut.tar!/a.txt: a',
      'SOURCE_CORRUPT /cut.tar',
    ]);
  });

  it('reads a gzipped file as the file', async () => {
    expect(await read(put('page.html.gz', gzipSync('<p>x</p>')))).toEqual(['/page.html.gz: <p>x</p>']);
  });

  it('reads a manifest line by line, files below its folder and pages alike', async () => {
    put('page.html', 'p');
    const lines = [
      { path: 'page.html', uri: 'http://a.cn/p', crawled_at: '2024-02-01', meta: { depth: 2 } },
      { url: 'http://a.cn/q' },
      { url: 'http://bad/' },
      { path: '../../etc/passwd' },
      { path: '/etc/passwd' },
      { uri: 'http://neither' },
    ];
    const manifest = put('m.jsonl', `${lines.map((line) => JSON.stringify(line)).join('\n')}\nno json\n`);
    expect(await read(manifest)).toEqual([
      '/page.html: p',
      'http://a.cn/q: page of http://a.cn/q',
      'URL_REFUSED /m.jsonl:3',
      'SOURCE_UNREADABLE /m.jsonl:4',
      'SOURCE_UNREADABLE /m.jsonl:5',
      'REQUEST_INVALID /m.jsonl:6',
      'REQUEST_INVALID /m.jsonl:7',
    ]);
  });

  it('reads a folder with a manifest by the manifest, and leaves other JSON lines alone', async () => {
    mkdirSync(join(folder, 'night', 'pages'), { recursive: true });
    put('night/pages/a.html', 'a');
    put('night/pages/b.html', 'b');
    put('night/manifest.jsonl', '{"path":"pages/a.html","uri":"http://a.cn/"}\n');
    put('night/truth.jsonl', '\n{"file":"a.html"}\n{"file":"b.html"}\n');
    const items: ArchiveItem[] = [];
    for await (const item of readSource(join(folder, 'night'), reading)) items.push(item);
    expect(items.map(describeItem)).toEqual([
      '/night/pages/a.html: a',
      '/night/pages/b.html: b',
      'skipped JSON lines that are no manifest',
    ]);
    expect(items[0]).toMatchObject({ document: { uri: 'http://a.cn/' } });
    expect(await read(join(folder, 'night', 'truth.jsonl'))).toEqual(['REQUEST_INVALID /night/truth.jsonl']);
  });

  it('fetches addresses and reports what it may not or cannot open', async () => {
    expect(await read('http://a.cn/r')).toEqual(['http://a.cn/r: page of http://a.cn/r']);
    expect(await read('http://bad/')).toEqual(['URL_REFUSED http://bad/']);
    expect(await read(join(folder, 'missing'))).toEqual(['SOURCE_UNREADABLE /missing']);
    expect(await read('/dev/null')).toEqual(['SOURCE_UNREADABLE /dev/null']);
  });

  it('refuses a file beyond the limit', async () => {
    expect(await read(put('large.txt', Buffer.alloc(1_000_001, 'x')))).toEqual([
      'SOURCE_TOO_LARGE /large.txt',
    ]);
  });
});
