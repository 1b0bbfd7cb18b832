import { describe, expect, test } from '@jest/globals';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { detectFormat } from '../../../src/extractors/detect-format.js';
import { htmlExtractor } from '../../../src/extractors/html/index.js';
import type { Document } from '../../../src/model/document.js';
import { rowsOf, textsOf } from '../../helpers/describe-document.js';

const HEAD = ['行政行为', '自然人', '企业', '总计'];
const ROWS = [
  ['行政许可', '3', '11', '14'],
  ['行政处罚', '4', '0', '4'],
  ['行政强制', '0', '7', '7'],
  ['行政检查', '25', '1', '26'],
  ['行政确认', '6', '2', '8'],
];
const LEFTS = [60, 200, 300, 400];
const TABLE = [HEAD, ...ROWS];
const pieces = TABLE.flatMap((row, i) =>
  row.map((text, j) => ({ text, left: LEFTS[j] ?? 0, top: 100 + 30 * i })),
);

const read = (page: string): Promise<Document> =>
  htmlExtractor.extract(new TextEncoder().encode(page), DEFAULT_EXTRACT_SETTINGS, {});

describe('a page of print that a converter wrote as HTML', () => {
  test('is laid out by the places of its text: pdftohtml', async () => {
    const body = pieces
      .map(
        ({ text, left, top }) =>
          `<p style="position:absolute;top:${top}px;left:${left}px;white-space:nowrap" class="ft10">${text}</p>`,
      ) // prettier-ignore
      .join('\n');
    const document = await read(
      `<!DOCTYPE html><html><head><title>x</title></head><body><style>.ft10{font-size:16px;}</style><div id="page1-div" style="position:relative;width:918px;height:1188px;">${body}</div></body></html>`,
    );
    expect(document.tables.map(rowsOf)).toEqual([TABLE]);
    expect(document.tables[0]?.geometry).toBe('aligned');
  });

  test('is laid out by the places of its text: the XML of pdftohtml, whose pieces may follow each other closely', async () => {
    const texts = pieces.map(({ text, left, top }) => `<text top="${top}" left="${left}" width="${16 * text.length}" height="20" font="0">${text}</text>`); // prettier-ignore
    const title =
      '<text top="40" left="60" width="32" height="20" font="0">年度</text><text top="40" left="92" width="32" height="20" font="0">报告</text>';
    const xml = `<?xml version="1.0"?>\n<!DOCTYPE pdf2xml SYSTEM "pdf2xml.dtd">\n<pdf2xml>\n<page number="1" top="0" left="0" height="1188" width="918">\n<fontspec id="0" size="16"/>\n${title}\n${texts.join('\n')}\n</page>\n</pdf2xml>`;
    expect(await detectFormat(new TextEncoder().encode(xml))).toMatchObject({ format: 'html' });
    const document = await read(xml);
    expect(textsOf(document)).toContain('年度报告');
    expect(document.tables.map(rowsOf)).toEqual([TABLE]);
  });

  test('keeps the order of pieces that are narrower than their characters usually are', async () => {
    const body = pieces.map(({ text, left, top }) => `<p style="top:${top}pt;left:${left}pt;line-height:11pt"><span style="font-size:11pt">${text}</span></p>`); // prettier-ignore
    const tight = [['安化城关路', 60], ['218', 112], ['号', 130]].map(([text, left]) => `<p style="top:40pt;left:${left}pt;line-height:11pt"><span style="font-size:11pt">${text}</span></p>`); // prettier-ignore
    const document = await read(
      `<html><body><div id="page0" style="width:612pt;height:792pt">${[...tight, ...body].join('\n')}</div></body></html>`,
    );
    expect(textsOf(document)).toContain('安化城关路218号');
    expect(document.tables.map(rowsOf)).toEqual([TABLE]);
  });

  test('is none where only some of the text has a place', async () => {
    const menu = '<div style="position:absolute;top:10px;left:20px">首页</div>'.repeat(30);
    const rows = TABLE.map((row) => `<tr>${row.map((text) => `<td>${text}</td>`).join('')}</tr>`);
    const document = await read(
      `<html><body>${menu}<p>${'政府信息公开'.repeat(20)}</p><table>${rows.join('')}</table></body></html>`,
    );
    expect(document.tables[0]?.geometry).toBe('exact');
  });
});
