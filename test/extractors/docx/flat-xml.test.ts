import { describe, expect, test } from '@jest/globals';
import { detectFormat } from '../../../src/extractors/detect-format.js';
import { docxExtractor } from '../../../src/extractors/docx/index.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import type { Document } from '../../../src/model/document.js';
import { codesOf, rowsOf, textsOf } from '../../helpers/describe-document.js';

const read = (xml: string | Uint8Array): Promise<Document> =>
  docxExtractor.extract(Buffer.from(xml), DEFAULT_EXTRACT_SETTINGS, {});
const run = (text: string, properties = ''): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
const paragraph = (inner: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr>${inner}</w:p>`;
const cell = (text: string, properties = ''): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(run(text))}</w:tc>`;

/** A document of Word 2003 as office systems write it. */
function word2003(body: string, more = ''): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>' +
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" ' +
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core">' +
    `${more}<w:body><wx:sect>${body}</wx:sect></w:body></w:wordDocument>`
  );
}

describe('the XML of Word 2003', () => {
  test('is told by its content, and read with its merged cells', async () => {
    const table =
      `<w:tbl><w:tr>${cell('行政许可', '<w:vmerge w:val="restart"/>')}${cell('1')}${cell('2')}</w:tr>` +
      `<w:tr>${cell('', '<w:vmerge/>')}${cell('3', '<w:gridSpan w:val="2"/>')}</w:tr></w:tbl>`;
    const xml = word2003(paragraph(run('一、总体情况')) + table);
    expect(await detectFormat(Buffer.from(xml), { name: 'a.doc' })).toMatchObject({ format: 'docx' });
    const document = await read(xml);
    expect(textsOf(document)).toEqual(['一、总体情况']);
    expect(document.tables[0]?.cells.map((c) => [c.rowSpan, c.columnSpan, c.text])).toEqual([
      [2, 1, '行政许可'],
      [1, 1, '1'],
      [1, 1, '2'],
      [1, 2, '3'],
    ]);
  });

  test('leaves out what was deleted, hidden text, and notes inside cells', async () => {
    const changed =
      `<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>9</w:delText></w:r></aml:content></aml:annotation>` +
      `<aml:annotation w:type="Word.Insertion"><aml:content>${run('12')}</aml:content></aml:annotation>` +
      `<aml:annotation w:type="Word.Bookmark.Start" w:name="a"/>${run('7', '<w:vanish/>')}` +
      `<w:r><w:footnote><w:p>${run('3')}</w:p></w:footnote></w:r>`;
    const document = await read(word2003(paragraph(changed)));
    expect(textsOf(document)).toEqual(['12']);
    expect(codesOf(document)).toEqual(['TRACKED_CHANGES_APPLIED', 'HIDDEN_TEXT_SKIPPED']);
  });

  test('writes automatic numbers out', async () => {
    const lists =
      '<w:lists><w:listDef w:listDefId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/><w:lvlText w:val="（%1）"/></w:lvl></w:listDef>' +
      '<w:list w:ilfo="2"><w:ilst w:val="4"/></w:list></w:lists>';
    const listed = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="2"/></w:listPr>';
    const body = paragraph(run('予以公开'), listed) + paragraph(run('部分公开'), listed);
    expect(textsOf(await read(word2003(body, lists)))).toEqual(['（一）予以公开', '（二）部分公开']);
  });

  test('reads heads and feet as such, and GBK', async () => {
    const header = `<w:sectPr><w:hdr w:type="odd">${paragraph(run('内部资料'))}</w:hdr></w:sectPr>`;
    const document = await read(word2003(paragraph(run('正文')) + header));
    expect(
      document.blocks.map((block) => (block.kind === 'table' ? '' : [block.region, block.text])),
    ).toEqual([
      ['furniture', '内部资料'],
      ['body', '正文'],
    ]);
    const gbk = Buffer.concat([
      Buffer.from(word2003('<w:p><w:r><w:t>@').split('@')[0]?.replace('UTF-8', 'gb2312') ?? ''),
      Buffer.from([0xd5, 0xfd, 0xce, 0xc4]),
      Buffer.from('</w:t></w:r></w:p></wx:sect></w:body></w:wordDocument>'),
    ]);
    expect(textsOf(await read(gbk))).toEqual(['正文']);
  });

  test('ends with an error where it breaks off', async () => {
    await expect(read(word2003(paragraph(run('正文'))).slice(0, -40))).rejects.toMatchObject({
      code: 'SOURCE_CORRUPT',
    });
  });
});

test('a flat package is read as the package it holds', async () => {
  const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const part = (name: string, content: string): string =>
    `<pkg:part pkg:name="${name}"><pkg:xmlData>${content}</pkg:xmlData></pkg:part>`;
  const xml =
    '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">' +
    part(
      '/_rels/.rels',
      `<Relationships><Relationship Id="a" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    ) +
    part(
      '/word/document.xml',
      `<w:document ${w}><w:body><w:tbl><w:tr>${cell('许可')}${cell('5')}</w:tr></w:tbl></w:body></w:document>`,
    ) +
    '</pkg:package>';
  expect((await detectFormat(Buffer.from(xml))).format).toBe('docx');
  expect(rowsOf((await read(xml)).tables[0])).toEqual([['许可', '5']]);
});
