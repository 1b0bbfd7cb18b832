import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeText } from '../../src/extractors/decode-text.js';
import { A_MINUTE, processorTime } from '../helpers/processor-time.js';

const REPORT = '某某市人民政府政府信息公开工作年度报告，共收到申请12件。';
const GBK_REPORT = Buffer.from(
  'c4b3c4b3cad0c8cbc3f1d5feb8aed5feb8aed0c5cfa2b9abbfaab9a4d7f7c4eab6c8b1a8b8e6a3acb9b2cad5b5bdc9eac7eb3132bcfea1a3',
  'hex',
);
/** 政府資訊公開年度報告，依據本法規定辦理申請案件 in Big5. */
const BIG5_REPORT = Buffer.from(
  'ac46a9b2b8eab054a4bdb67da67eabd7b3f8a769a141a8ccbedaa5bbaa6bb357a977bfecb27ab6ecbdd0aed7a5f3',
  'hex',
);

function utf16(text: string, order: 'le' | 'be', mark: boolean): Uint8Array {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

describe('decodeText', () => {
  test('reads strict UTF-8 without guessing', () => {
    const decoded = decodeText(Buffer.from(REPORT));
    expect(decoded).toMatchObject({ text: REPORT, charset: 'utf-8', guessed: false, diagnostics: [] });
  });

  test('takes a byte order mark off', () => {
    expect(decodeText(Buffer.from(`\ufeff${REPORT}`)).text).toBe(REPORT);
    expect(decodeText(utf16(REPORT, 'le', true))).toMatchObject({ text: REPORT, charset: 'utf-16le' });
    expect(decodeText(utf16(REPORT, 'be', true))).toMatchObject({ text: REPORT, charset: 'utf-16be' });
  });

  test('recognises UTF-16 without a mark by its pattern', () => {
    expect(decodeText(utf16(REPORT, 'le', false))).toMatchObject({ text: REPORT, charset: 'utf-16le' });
    expect(decodeText(utf16(REPORT, 'be', false))).toMatchObject({ text: REPORT, charset: 'utf-16be' });
  });

  test('reads GBK without a declaration and says that it guessed', () => {
    const decoded = decodeText(GBK_REPORT);
    expect(decoded).toMatchObject({ text: REPORT, charset: 'gb18030', guessed: true });
    expect(decoded.diagnostics.map((d) => d.code)).toEqual(['CHARSET_GUESSED']);
  });

  test('believes a declaration of gb2312 that fits', () => {
    const page = Buffer.concat([Buffer.from('<meta charset="gb2312">'), GBK_REPORT]);
    expect(decodeText(page, { isMarkup: true })).toMatchObject({
      charset: 'gb18030',
      guessed: false,
      diagnostics: [],
    });
  });

  test('survives UTF-8 declared as gb2312 and GBK declared as UTF-8', () => {
    const page = Buffer.from(`<meta charset="gb2312">${REPORT}`);
    expect(decodeText(page, { isMarkup: true })).toMatchObject({ charset: 'utf-8' });
    expect(decodeText(page, { isMarkup: true }).diagnostics.map((d) => d.code)).toEqual(['CHARSET_MISMATCH']);
    expect(decodeText(GBK_REPORT, { declared: 'utf-8' })).toMatchObject({ text: REPORT, charset: 'gb18030' });
  });

  test('tells Big5 from GB18030 by how common the characters are', () => {
    expect(decodeText(BIG5_REPORT)).toMatchObject({ charset: 'big5' });
    expect(decodeText(BIG5_REPORT).text).toContain('政府資訊公開年度報告');
  });

  test('drops a last character that was cut off', () => {
    const utf8 = Buffer.from(REPORT);
    expect(decodeText(utf8.subarray(0, -1)).text).toBe(REPORT.slice(0, -1));
    expect(decodeText(GBK_REPORT.subarray(0, -1)).text).toBe(REPORT.slice(0, -1));
  });

  test('keeps a page of UTF-8 with a broken sequence in it', () => {
    const bytes = Buffer.concat([
      Buffer.from(REPORT.repeat(20)),
      Buffer.from([0xe6, 0x94]),
      Buffer.from(REPORT),
    ]);
    expect(decodeText(bytes)).toMatchObject({ charset: 'utf-8' });
  });

  test('decodes tens of megabytes in seconds', async () => {
    const milliseconds = await processorTime(() => {
      expect(decodeText(Buffer.alloc(50_000_000, `${REPORT}\n`)).charset).toBe('utf-8');
    });
    expect(milliseconds).toBeLessThan(A_MINUTE);
  });

  test('gives back whatever text was written as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(!text.startsWith('\ufeff') && !text.includes('\0') && !text.endsWith('\ufffd'));
        expect(decodeText(Buffer.from(`政府信息公开 ${text}`)).text).toBe(`政府信息公开 ${text}`);
      }),
    );
  });

  test('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => typeof decodeText(bytes).text === 'string'),
    );
  });
});
