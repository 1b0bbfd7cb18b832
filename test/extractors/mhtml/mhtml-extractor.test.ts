import { describe, expect, test } from '@jest/globals';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { mhtmlExtractor } from '../../../src/extractors/mhtml/index.js';
import { readHtmlPage } from '../../../src/extractors/markup/read-page.js';
import type { Document } from '../../../src/model/document.js';

const HTML =
  '<html><body><p>一、总体情况</p><table border="1"><tr><td rowspan="2">行政许可</td><td>12</td><td>3</td></tr>' +
  '<tr><td></td><td>5</td></tr><tr><td>行政处罚</td><td>7</td><td>8</td></tr></table></body></html>';
const GB2312_TITLE = '\xd7\xdc\xcc\xe5\xc7\xe9\xbf\xf6';

function message(parts: readonly string[]): Uint8Array {
  const lines = [
    'From: <Saved by a browser>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/related;',
    '\ttype="text/html"; boundary="--=_mark"',
    '',
    'This is for people.',
    ...parts.map((part) => `----=_mark\r\n${part}`),
    '----=_mark--',
    '',
  ];
  return Uint8Array.from(lines.join('\r\n'), (c) => c.charCodeAt(0) & 0xff);
}

const read = (bytes: Uint8Array): Promise<Document> =>
  mhtmlExtractor.extract(bytes, DEFAULT_EXTRACT_SETTINGS, {});
const base64 = Buffer.from(HTML, 'utf8')
  .toString('base64')
  .replace(/(.{60})/g, '$1\r\n');
const quoted = [...Buffer.from(HTML, 'utf8')]
  .map((b) => (b > 126 || b === 61 ? `=${b.toString(16).toUpperCase()}` : String.fromCharCode(b)))
  .join('')
  .replace(/(.{70})(?![0-9A-F]{1,2}|=)/g, '$1=\r\n');

describe('mhtmlExtractor', () => {
  test.each([
    [
      'base64',
      `Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}`,
    ],
    [
      'quoted-printable',
      `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quoted}`,
    ],
  ])('reads a page in %s beside other parts', async (_, part) => {
    const picture = 'Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=';
    const document = await read(message([part, picture]));
    expect(document).toMatchObject({ ...readHtmlPage(HTML) });
    expect(JSON.stringify(document.blocks)).toContain('行政处罚');
  });

  test('decodes a page by the character set of its part', async () => {
    const part = `Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>${GB2312_TITLE}</p>`;
    const document = await read(message([part]));
    expect(document.blocks.map((b) => (b.kind === 'table' ? '' : b.text))).toEqual(['总体情况']);
  });

  test('refuses a message without a page', async () => {
    await expect(read(message(['Content-Type: image/png\r\n\r\nx']))).rejects.toMatchObject({
      code: 'SOURCE_CORRUPT',
    });
  });
});
