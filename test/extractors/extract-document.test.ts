import { describe, expect, test } from '@jest/globals';
import { extractDocument } from '../../src/extractors/extract-document.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../src/extractors/extractor.js';
import { EXTRACTORS, extractorFor } from '../../src/extractors/registry.js';
import { buildDocx, paragraph } from '../helpers/build-docx.js';
import { buildZip } from '../helpers/build-zip.js';
import { codesOf } from '../helpers/describe-document.js';

async function codeOf(bytes: Uint8Array): Promise<string> {
  return await extractDocument(bytes).then(
    (document) => document.format,
    (error: { code: string }) => error.code,
  );
}

/** The directory entry of a compound file that names a stream; the header says where the directory stands. */
function compoundFile(streamName: string): Uint8Array {
  const file = Buffer.alloc(512 * 4);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt16LE(6, 32);
  file.writeUInt32LE(1, 44);
  file.writeUInt32LE(1, 48);
  file.writeUInt32LE(4096, 56);
  file.writeUInt32LE(0xfffffffe, 60);
  file.writeUInt32LE(0xfffffffe, 68);
  file.fill(0xff, 76, 512);
  file.writeUInt32LE(0, 76);
  file.fill(0xff, 512, 1024);
  file.writeUInt32LE(0xfffffffd, 512);
  file.writeUInt32LE(0xfffffffe, 516);
  const entry = (at: number, name: string, kind: number, child: number): void => {
    file.write(name, at, 'utf16le');
    file.writeUInt16LE((name.length + 1) * 2, at + 64);
    file.writeUInt8(kind, at + 66);
    file.writeUInt32LE(0xffffffff, at + 68);
    file.writeUInt32LE(0xffffffff, at + 72);
    file.writeUInt32LE(child, at + 76);
    file.writeUInt32LE(0xfffffffe, at + 116);
  };
  entry(1024, 'Root Entry', 5, 1);
  entry(1152, streamName, 2, 0xffffffff);
  return new Uint8Array(file);
}

describe('extractDocument', () => {
  test('reads a DOCX whatever its name, and says that the name lies', async () => {
    const document = await extractDocument(buildDocx({ body: paragraph('正文') }), DEFAULT_EXTRACT_SETTINGS, {
      name: 'a.pdf',
    });
    expect(document.format).toBe('docx');
    expect(codesOf(document)).toEqual(['FORMAT_NAME_MISMATCH']);
  });

  test('reads a page that was saved as .pdf as what it is', async () => {
    const page = Buffer.from(
      '<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>',
    );
    const document = await extractDocument(page, DEFAULT_EXTRACT_SETTINGS, { name: 'report.pdf' });
    expect(document).toMatchObject({ format: 'html', tables: [] });
  });

  test('answers empty and tiny sources with codes or a document', async () => {
    expect(await codeOf(new Uint8Array())).toBe('SOURCE_EMPTY');
    expect(await codeOf(Buffer.from('\n'))).toBe('SOURCE_EMPTY');
    expect(await codeOf(Buffer.from('x'))).toBe('text');
    expect(await codeOf(new Uint8Array([0]))).toBe('FORMAT_UNSUPPORTED');
  });

  test('refuses a truncated DOCX as corrupt, at whatever place it was cut', async () => {
    const docx = buildDocx({ body: paragraph('正文'.repeat(400)) });
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      expect(await codeOf(docx.subarray(0, Math.floor(docx.length * share)))).toBe('SOURCE_CORRUPT');
    }
  });

  test('refuses a DOCX whose XML breaks off', async () => {
    const cut = buildZip([
      { name: 'word/document.xml', content: '<w:document><w:body><w:p><w:r><w:t>x</w:t></w:r>' },
    ]);
    expect(await codeOf(cut)).toBe('SOURCE_CORRUPT');
  });

  test('reads a DOCX with bytes appended to it', async () => {
    expect(
      await codeOf(Buffer.concat([buildDocx({ body: paragraph('x') }), Buffer.from('<!-- cached -->')])),
    ).toBe('docx');
  });

  test('tells a password from damage', async () => {
    expect(await codeOf(compoundFile('EncryptedPackage'))).toBe('SOURCE_ENCRYPTED');
    expect(await codeOf(compoundFile('Something'))).toBe('FORMAT_UNSUPPORTED');
  });

  test('refuses a ZIP that is no office document', async () => {
    expect(await codeOf(buildZip([{ name: 'a/b.txt', content: 'x' }]))).toBe('FORMAT_UNSUPPORTED');
  });

  test('refuses zip bombs by their declared and by their real size', async () => {
    const bomb = Buffer.alloc(80 * 1024 * 1024, 0x20);
    expect(await codeOf(buildZip([{ name: 'word/document.xml', content: bomb }]))).toBe('SOURCE_TOO_LARGE');
    expect(await codeOf(buildZip([{ name: 'word/document.xml', content: bomb, declaredSize: 1000 }]))).toBe(
      'SOURCE_CORRUPT',
    );
  });

  test('refuses sources over the limit before it looks into them', async () => {
    const settings = { ...DEFAULT_EXTRACT_SETTINGS, maxBytes: 10 };
    await expect(extractDocument(Buffer.from('x'.repeat(11)), settings)).rejects.toMatchObject({
      code: 'SOURCE_TOO_LARGE',
    });
  });

  test('refuses XML nested without end', async () => {
    const deep = `<w:document><w:body>${'<w:sdt>'.repeat(100_000)}`;
    expect(await codeOf(buildZip([{ name: 'word/document.xml', content: deep }]))).toBe('SOURCE_CORRUPT');
  });
});

describe('registry', () => {
  test('holds one extractor for each of its formats', () => {
    const formats = EXTRACTORS.map((extractor) => extractor.format);
    expect(new Set(formats).size).toBe(formats.length);
    expect(extractorFor('docx').mediaType).toContain('wordprocessingml');
  });
});
