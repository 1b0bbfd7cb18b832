import { describe, expect, test } from '@jest/globals';
import { detectFormat } from '../../src/extractors/detect-format.js';
import { buildDocx, paragraph } from '../helpers/build-docx.js';
import { buildZip } from '../helpers/build-zip.js';
import { A_MINUTE, processorTime } from '../helpers/processor-time.js';

async function formatOf(content: string | Uint8Array, name?: string): Promise<string> {
  return (await detectFormat(Buffer.from(content), name === undefined ? {} : { name })).format;
}

async function codeOf(content: string | Uint8Array): Promise<string> {
  return await detectFormat(Buffer.from(content)).then(
    ({ format }) => format,
    (error: { code: string }) => error.code,
  );
}

describe('detectFormat', () => {
  test('knows PDF, also behind junk', async () => {
    expect(await formatOf('%PDF-1.4\n1 0 obj')).toBe('pdf');
    expect(await formatOf('\r\n\r\n\ufeff junk %PDF-1.4\n1 0 obj <<>> endobj')).toBe('pdf');
    expect(await formatOf('The header %PDF-1.4 starts every PDF.')).toBe('text');
  });

  test('tells the kinds of ZIP apart', async () => {
    expect(await formatOf(buildDocx({ body: paragraph('x') }))).toBe('docx');
    expect(await formatOf(buildZip([{ name: 'xl/workbook.xml', content: '<x/>' }]))).toBe('sheet');
    expect(await formatOf(buildZip([{ name: 'OFD.xml', content: '<x/>' }]))).toBe('ofd');
    const odt = [
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
      { name: 'content.xml', content: '<x/>' },
    ];
    expect(await formatOf(buildZip(odt))).toBe('odt');
    expect(await codeOf(buildZip([{ name: 'notes.txt', content: 'x' }]))).toBe('FORMAT_UNSUPPORTED');
  });

  test('recognises a DOCX that was cut off by the names in it', async () => {
    const docx = buildDocx({ body: paragraph('x'.repeat(500)) });
    expect(await formatOf(docx.subarray(0, docx.length - 300))).toBe('docx');
    expect(await codeOf('PK\x03\x04')).toBe('SOURCE_CORRUPT');
  });

  test('knows RTF, MHTML and pictures', async () => {
    expect(await formatOf('{\\rtf1\\ansi x}')).toBe('rtf');
    expect(
      await formatOf('MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x'),
    ).toBe('mhtml');
    expect(await formatOf(Buffer.from('89504e470d0a1a0a0000', 'hex'))).toBe('image');
    expect(await formatOf(Buffer.from('ffd8ffe000104a464946', 'hex'))).toBe('image');
    expect(await formatOf(Buffer.from('49492a0008000000', 'hex'))).toBe('image');
  });

  test('knows HTML in all its shapes', async () => {
    expect(await formatOf('<!DOCTYPE html><html><body>x</body></html>')).toBe('html');
    expect(await formatOf('<?xml version="1.0"?>\n<!-- x --><html xmlns="x">')).toBe('html');
    expect(await formatOf('<div class="TRS_Editor"><p>一、总体情况</p>\n<p>正文</p></div>')).toBe('html');
    expect(await formatOf('<table><tr><td>1</td></tr></table>')).toBe('html');
    expect(await formatOf('HTTP/1.1 200 OK\r\nServer: x\r\n\r\n<html><body>x')).toBe('html');
    expect(
      await formatOf('<html xmlns:o="urn:x" xmlns:w="urn:y"><head><meta name=ProgId content=Word.Document>'),
    ).toBe('html');
  });

  test('takes Markdown with HTML tables for text', async () => {
    expect(await formatOf('# 年度报告\n\n<table><tr><td>1</td></tr></table>\n\n正文')).toBe('text');
    expect(await formatOf('<table><tr><td>1</td></tr></table>\n\n## 四、其他\n正文')).toBe('text');
    expect(await formatOf('一、总体情况\n正文<br>\n二、主动公开\n三、依申请公开')).toBe('text');
  });

  test('takes text in GBK and UTF-16 for text', async () => {
    expect(await formatOf(Buffer.from('d5feb8aed0c5cfa2b9abbfaab1a8b8e6', 'hex'))).toBe('text');
    expect(await formatOf(Buffer.from('政府信息公开 2024\n', 'utf16le'))).toBe('text');
  });

  test('says when the name lies, and never believes it', async () => {
    const page = Buffer.from('<html><title>404 Not Found</title><h1>404</h1></html>');
    const { format, diagnostics } = await detectFormat(page, { name: 'report.pdf' });
    expect(format).toBe('html');
    expect(diagnostics.map((d) => d.code)).toEqual(['FORMAT_NAME_MISMATCH']);
    expect((await detectFormat(page, { name: 'report.html' })).diagnostics).toEqual([]);
    expect((await detectFormat(page, { name: 'report' })).diagnostics).toEqual([]);
  });

  test('refuses what holds nothing and what it does not know', async () => {
    expect(await codeOf('')).toBe('SOURCE_EMPTY');
    expect(await codeOf(' \r\n\t ')).toBe('SOURCE_EMPTY');
    expect(await codeOf(new Uint8Array(100))).toBe('FORMAT_UNSUPPORTED');
    expect(await codeOf(Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3)) % 256))).toBe(
      'FORMAT_UNSUPPORTED',
    );
    expect(await codeOf('a')).toBe('text');
  });

  test('does not hang on text made to confuse it', async () => {
    const confusing = ['<!-- -->', '<!--', '<table ', '<style>', '<?x '];
    const milliseconds = await processorTime(async () => {
      for (const piece of confusing) await codeOf(`x${piece.repeat(50_000)}`);
      await codeOf('<!-- -->'.repeat(50_000));
    });
    expect(milliseconds).toBeLessThan(A_MINUTE);
  });
});
