import { describe, expect, test } from '@jest/globals';
import { detectFormat } from '../../../src/extractors/detect-format.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { odtExtractor } from '../../../src/extractors/odt/index.js';
import type { Document } from '../../../src/model/document.js';
import { buildZip } from '../../helpers/build-zip.js';

const STYLES =
  '<office:automatic-styles><style:style style:name="S"><style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="K"><style:text-properties style:text-line-through-style="solid"/></style:style><style:style style:name="H"><style:text-properties text:display="none"/></style:style>' +
  '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>' +
  '<text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="(" style:num-suffix=")"/></text:list-style></office:automatic-styles>';

function odt(body: string): Uint8Array {
  const content = `<office:document-content>${STYLES}<office:body><office:text>${body}</office:text></office:body></office:document-content>`;
  const styles =
    '<office:document-styles><office:master-styles><style:master-page><style:header><text:p>页眉</text:p></style:header></style:master-page></office:master-styles></office:document-styles>';
  return buildZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
    { name: 'content.xml', content },
    { name: 'styles.xml', content: styles },
  ]);
}

const read = (bytes: Uint8Array): Promise<Document> =>
  odtExtractor.extract(bytes, DEFAULT_EXTRACT_SETTINGS, {});

function texts(document: Document): string[] {
  return document.blocks.flatMap((block) =>
    block.kind === 'table' ? [] : [`${block.region} ${block.text}`],
  );
}

describe('odtExtractor', () => {
  test('writes superscript digits as such', async () => {
    const document = await read(odt('<text:p>5<text:span text:style-name="S">1</text:span></text:p>'));
    expect(texts(document)).toContain('body 5¹');
  });

  test('reads tables with spans, covered and repeated cells, blanks kept', async () => {
    const cell = (text: string, attributes = '') =>
      `<table:table-cell ${attributes}>${text === '' ? '' : `<text:p>${text}</text:p>`}</table:table-cell>`;
    const document = await read(
      odt(
        `<table:table><table:table-header-rows><table:table-row>${cell('行政许可', 'table:number-rows-spanned="2"')}${cell('数量', 'table:number-columns-spanned="2"')}<table:covered-table-cell/></table:table-row></table:table-header-rows>` +
          `<table:table-row><table:covered-table-cell/>${cell('12')}${cell('')}</table:table-row>` +
          `<table:table-row>${cell('行政处罚')}${cell('7', 'table:number-columns-repeated="2"')}</table:table-row></table:table>`,
      ),
    );
    expect(
      document.tables[0]?.cells.map((c) => [c.rowIndex, c.columnIndex, c.rowSpan, c.columnSpan, c.text]),
    ).toEqual([
      [0, 0, 2, 1, '行政许可'],
      [0, 1, 1, 2, '数量'],
      [1, 1, 1, 1, '12'],
      [1, 2, 1, 1, ''],
      [2, 0, 1, 1, '行政处罚'],
      [2, 1, 1, 1, '7'],
      [2, 2, 1, 1, '7'],
    ]);
  });

  test('writes list labels out, also where a list goes on behind a paragraph', async () => {
    const item = (text: string, inner = '') =>
      `<text:list-item><text:p>${text}</text:p>${inner}</text:list-item>`;
    const document = await read(
      odt(
        `<text:list xml:id="a" text:style-name="L">${item('甲', `<text:list>${item('子')}${item('丑')}</text:list>`)}</text:list>` +
          `<text:p>段</text:p><text:list xml:id="b" text:continue-list="a" text:style-name="L">${item('乙')}</text:list>` +
          `<text:list xml:id="c" text:style-name="L">${item('新')}</text:list>`,
      ),
    );
    expect(texts(document).slice(1)).toEqual([
      'body 一、甲',
      'body (1)子',
      'body (2)丑',
      'body 段',
      'body 二、乙',
      'body 一、新',
    ]);
    expect(document.diagnostics.map((d) => d.code)).toContain('NUMBERING_RESOLVED');
  });

  test('leaves out deleted and hidden text and notes, and takes page heads for furniture', async () => {
    const document = await read(
      odt(
        '<text:tracked-changes><text:p>旧</text:p></text:tracked-changes>' +
          '<text:p>共<text:span text:style-name="H">密</text:span>2<text:s text:c="2"/>件<text:note><text:p>注</text:p></text:note></text:p>',
      ),
    );
    expect(texts(document)).toEqual(['furniture 页眉', 'body 共2  件']);
    expect(document.diagnostics.map((d) => d.code)).toContain('HIDDEN_TEXT_SKIPPED');
  });

  test('takes struck-out text for removed beside its correction, and keeps it in doubt where it stands alone', async () => {
    const struck = (text: string) => `<text:span text:style-name="K">${text}</text:span>`;
    const cell = (content: string) => `<table:table-cell><text:p>${content}</text:p></table:table-cell>`;
    const document = await read(
      odt(
        `<text:p>共${struck('5')}6件</text:p><table:table><table:table-row>${cell(`${struck('5')}6`)}${cell(struck('7'))}</table:table-row></table:table>`,
      ),
    );
    expect(texts(document)).toContain('body 共6件');
    expect(document.tables[0]?.cells.map(({ text, confidence }) => [text, confidence])).toEqual([
      ['6', undefined],
      ['7', 0.5],
    ]);
  });

  test('refuses a package without text', async () => {
    await expect(read(buildZip([{ name: 'mimetype', content: 'x' }]))).rejects.toMatchObject({
      code: 'SOURCE_CORRUPT',
    });
  });

  test('reads a document in one XML file like the package', async () => {
    const cells = ['许可', '5'].map(
      (text) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`,
    );
    const flat =
      '<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text">' +
      `${STYLES}<office:body><office:text><text:p>一、总体情况</text:p><table:table><table:table-row>${cells.join('')}</table:table-row></table:table></office:text></office:body></office:document>`;
    expect((await detectFormat(Buffer.from(flat), { name: 'a.fodt' })).format).toBe('odt');
    const document = await read(Buffer.from(flat));
    expect(texts(document)).toEqual(['body 一、总体情况']);
    expect(document.tables[0]?.cells.map((c) => c.text)).toEqual(['许可', '5']);
  });
});
