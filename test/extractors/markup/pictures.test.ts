import { beforeAll, describe, expect, test } from '@jest/globals';
import { encode } from 'fast-png';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { docxExtractor } from '../../../src/extractors/docx/index.js';
import { htmlExtractor } from '../../../src/extractors/html/index.js';
import { mhtmlExtractor } from '../../../src/extractors/mhtml/index.js';
import { PICTURE_SETTINGS, PictureReader } from '../../../src/extractors/paged/read-picture.js';
import type { Document } from '../../../src/model/document.js';
import { buildDocx } from '../../helpers/build-docx.js';
import { gridLines, renderSheet } from '../../ocr/render-sheet.js';

const XS = [30, 120, 210, 300, 390];
const YS = [580, 550, 520, 490];
const VALUES = [
  ['1', '11', '100', '2024'],
  ['0', '', '-', '/'],
  ['38', '7', '1,295', '0.25'],
];
const PARAGRAPH = '<p>本机关收到和处理政府信息公开申请情况如下表所示，数据统计截至本年度末。</p>';

/** The upper part of a sheet with a table: a picture wider than high, as people paste them into pages. */
async function tablePicture(): Promise<Uint8Array> {
  const cells = VALUES.flatMap((row, r) =>
    row.map((text, c) => ({ x: (XS[c] ?? 0) + 35, y: (YS[r + 1] ?? 0) + 10, text })),
  );
  const { width, data } = await renderSheet({
    lines: gridLines(XS, YS),
    texts: cells.filter(({ text }) => text !== ''),
  });
  const height = 240;
  return encode({ width, height, data: data.slice(0, width * height * 4), channels: 4, depth: 8 });
}

function texts({ tables: [table] }: Document): string[][] {
  return Array.from({ length: table?.rowCount ?? 0 }, (_, row) =>
    (table?.cells ?? []).filter((cell) => cell.rowIndex === row).map((cell) => cell.text),
  );
}

function readHtml(html: string): Promise<Document> {
  return htmlExtractor.extract(Buffer.from(html), DEFAULT_EXTRACT_SETTINGS, {});
}

describe('pictures of tables in pages', () => {
  let picture: Uint8Array;
  let address: string;
  beforeAll(async () => {
    picture = await tablePicture();
    address = `data:image/png;base64,${Buffer.from(picture).toString('base64')}`;
  });

  test('are read where they stand', async () => {
    const document = await readHtml(
      `${PARAGRAPH}<p><img alt="" src="${address}"></p>${PARAGRAPH.replace('如下', '如上')}`,
    );
    expect(texts(document)).toEqual(VALUES);
    expect(document.blocks.map((block) => block.kind)).toEqual(['paragraph', 'table', 'paragraph']);
    expect(document.tables[0]?.cells[0]?.confidence).toBeGreaterThan(0.9);
    expect(document.tables[0]?.cells[0]?.evidence).toEqual({ kind: 'cell', table: 0, row: 0, column: 0 });
    expect(document.diagnostics.map(({ code }) => code)).toContain('OCR_USED');
  });

  test('are read from the parts of a saved page, by content id and by address', async () => {
    const part = (headers: string, body: string): string => `--b\r\n${headers}\r\n\r\n${body}\r\n`;
    const image = Buffer.from(picture).toString('base64');
    for (const [source, header] of [
      ['cid:table%40page', 'Content-ID: <table@page>'],
      ['pictures/1.png', 'Content-Location: http://a.gov.cn/report/pictures/1.png'],
    ]) {
      const message =
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n' +
        part(
          'Content-Type: text/html; charset=utf-8\r\nContent-Location: http://a.gov.cn/report/index.html',
          `<html><body><div>${PARAGRAPH}<p><img src="${source}"></p>${PARAGRAPH.replace('如下', '如上')}</div></body></html>`,
        ) +
        part(`Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n${header}`, image) +
        '--b--\r\n';
      const document = await mhtmlExtractor.extract(Buffer.from(message), DEFAULT_EXTRACT_SETTINGS, {});
      expect(texts(document)).toEqual(VALUES);
    }
  });

  test('are read where a Word document shows them, in either markup', async () => {
    const text = (words: string): string => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`;
    for (const shown of [
      '<w:drawing><wp:inline xmlns:wp="w"><a:graphic xmlns:a="a"><pic:blipFill xmlns:pic="p"><a:blip xmlns:r="r" r:embed="rPicture"/></pic:blipFill></a:graphic></wp:inline></w:drawing>',
      '<w:pict><v:shape><v:imagedata xmlns:r="r" r:id="rPicture"/></v:shape></w:pict>',
    ]) {
      const body = `${text('收到申请情况')}<w:p><w:r>${shown}</w:r></w:p>${text('存在的问题')}`;
      const bytes = buildDocx({ body, picture });
      const document = await docxExtractor.extract(bytes, DEFAULT_EXTRACT_SETTINGS, {});
      expect(texts(document)).toEqual(VALUES);
      expect(document.blocks.map((block) => block.kind)).toEqual(['paragraph', 'table', 'paragraph']);
    }
  });

  test('are passed over where they are damaged, small, or too big to be decoded', async () => {
    const bomb = picture.slice(0, 200);
    new DataView(bomb.buffer).setUint32(16, 100_000);
    new DataView(bomb.buffer).setUint32(20, 1_100);
    const reader = new PictureReader({});
    expect(await reader.read(bomb)).toBeNull();
    expect(await reader.read(picture.slice(0, 300))).toBeNull();
    expect(
      await reader.read(encode({ width: 4, height: 4, data: new Uint8Array(16), channels: 1 })),
    ).toBeNull();
    expect(await reader.read(new Uint8Array([1, 2, 3]))).toBeNull();
    expect(reader).toMatchObject({ readCount: 0, leftCount: 0 });
  });

  test('are no longer looked at when a source has used up its share', async () => {
    const { leastWidth: width, leastHeight: height, mostPictures } = PICTURE_SETTINGS;
    const blank = encode({ width, height, data: new Uint8Array(width * height).fill(255), channels: 1 });
    const reader = new PictureReader({});
    for (let i = 0; i <= mostPictures; i++) expect(await reader.read(blank)).toBeNull();
    expect(reader).toMatchObject({ readCount: 0, leftCount: 1 });
  });
});
