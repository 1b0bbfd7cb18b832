import { describe, expect, test } from '@jest/globals';
import { docxExtractor } from '../../../src/extractors/docx/index.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import type { Document } from '../../../src/model/document.js';
import { buildDocx, cell, paragraph, table, type DocxParts } from '../../helpers/build-docx.js';
import { codesOf, rowsOf, textsOf } from '../../helpers/describe-document.js';
import { A_MINUTE, processorTime } from '../../helpers/processor-time.js';

async function read(parts: DocxParts): Promise<Document> {
  return await docxExtractor.extract(buildDocx(parts), DEFAULT_EXTRACT_SETTINGS, {});
}

const SPAN2 = '<w:gridSpan w:val="2"/>';
const START = '<w:vMerge w:val="restart"/>';
const CONTINUE = '<w:vMerge/>';

describe('tables of a DOCX', () => {
  test('cells merged both ways get spans and covered places none', async () => {
    const body = table([
      [cell('办理结果', START), cell('标题', SPAN2)],
      [cell('', CONTINUE), cell('公开'), cell('3')],
      [cell('', CONTINUE), cell('不予公开'), cell('')],
    ]);
    const { tables } = await read({ body });
    expect(rowsOf(tables[0])).toEqual([['办理结果(3x1)', '标题(1x2)'], ['公开', '3'], ['不予公开', '']]); // prettier-ignore
    expect(tables[0]?.geometry).toBe('exact');
  });

  test('a cell that continues nothing is a cell of its own', async () => {
    const body = table([[cell('a'), cell('1')], [cell('', CONTINUE), cell('2')]]); // prettier-ignore
    expect(rowsOf((await read({ body })).tables[0])).toEqual([['a', '1'], ['', '2']]); // prettier-ignore
  });

  test('columns left out before a row move its cells', async () => {
    const late = `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${cell('x')}</w:tr>`;
    const body = `<w:tbl><w:tr>${cell('a')}${cell('b')}</w:tr>${late}</w:tbl>`;
    const [grid] = (await read({ body })).tables;
    expect(grid?.cells.find((c) => c.text === 'x')).toMatchObject({ rowIndex: 1, columnIndex: 1 });
  });

  test('paragraphs and line breaks in a cell become lines', async () => {
    const lines = `${paragraph('三、')}${paragraph('本年度')}<w:p><w:r><w:t>办理</w:t><w:br/><w:t>结果</w:t></w:r></w:p>`;
    expect(rowsOf((await read({ body: table([[cell(lines), cell('1')]]) })).tables[0])).toEqual([
      ['三、\n本年度\n办理\n结果', '1'],
    ]);
  });

  test('nested tables become tables of their own, layout tables around the text dissolve', async () => {
    const inner = table([[cell('x'), cell('1')], [cell('y'), cell('2')]]); // prettier-ignore
    const nested = await read({ body: table([[cell('a'), cell('5')], [cell('b'), cell(inner + paragraph(''))]]) }); // prettier-ignore
    expect(nested.tables.map(rowsOf)).toEqual([[['a', '5'], ['b', '']], [['x', '1'], ['y', '2']]]); // prettier-ignore
    const layout = await read({ body: table([[cell(paragraph('总体情况') + inner + paragraph(''))]]) });
    expect(layout.tables.map(rowsOf)).toEqual([[['x', '1'], ['y', '2']]]); // prettier-ignore
    expect(textsOf(layout)).toEqual(['总体情况']);
  });

  test('marks of notes behind a number are no digits of it, and what the notes say stands behind the table', async () => {
    const raised = '<w:p><w:r><w:t>5</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p>'; // prettier-ignore
    const styled = '<w:p><w:r><w:t>6</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Mark"/></w:rPr><w:t>2</w:t></w:r></w:p>'; // prettier-ignore
    const noted = '<w:p><w:r><w:t>7</w:t><w:footnoteReference w:id="2"/></w:r></w:p>';
    const body = table([[cell(raised), cell(styled), cell(noted)]]) + paragraph('其后');
    const styles = '<w:style w:type="character" w:styleId="Mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'; // prettier-ignore
    const document = await read({ body, styles, footnotes: `<w:footnote w:id="2">${paragraph('含3件')}</w:footnote>` }); // prettier-ignore
    expect(document.tables.map(rowsOf)).toEqual([[['5¹', '6²', '7']]]);
    expect(textsOf(document)).toEqual(['含3件', '其后']);
  });

  test('imported HTML is read where it stands, alone or in a message', async () => {
    const html = '<html><body><p>总体情况</p><table><tr><td>规章</td><td>3</td></tr><tr><td>文件</td><td>4</td></tr></table></body></html>'; // prettier-ignore
    const message = `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Location: file:///C:/a.htm\r\n\r\n${html}\r\n--b--\r\n`;
    const body = paragraph('前') + '<w:altChunk r:id="rChunk"/>' + paragraph('后');
    for (const chunk of [html, message]) {
      const document = await read({ body, chunk });
      expect(textsOf(document)).toEqual(['前', '总体情况', '后']);
      expect(document.tables.map(rowsOf)).toEqual([[['规章', '3'], ['文件', '4']]]); // prettier-ignore
    }
    expect(textsOf(await read({ body, chunk: '{\\rtf1 x}' }))).toEqual(['前', '后']);
  });

  test('digits of a symbol font are read, and its pictures are not taken for blanks', async () => {
    const symbols = '<w:p><w:r><w:sym w:font="Symbol" w:char="F035"/></w:r></w:p>';
    const pictures = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>';
    const { tables } = await read({ body: table([[cell(symbols), cell(pictures)], [cell('a'), cell('b')]]) }); // prettier-ignore
    expect(rowsOf(tables[0])).toEqual([['5', '·'], ['a', 'b']]); // prettier-ignore
  });

  test('ten thousand cells are read in seconds', async () => {
    const rows = Array.from({ length: 1_000 }, () => Array.from({ length: 10 }, () => cell('12')));
    const milliseconds = await processorTime(async () => {
      const { tables } = await read({ body: table(rows) });
      expect(tables[0]?.cells).toHaveLength(10_000);
    });
    expect(milliseconds).toBeLessThan(A_MINUTE);
  });
});

describe('text of a DOCX', () => {
  test('tracked insertions count, deletions do not', async () => {
    const run = (text: string): string => `<w:r><w:t>${text}</w:t></w:r>`;
    const body =
      `<w:p>${run('共')}<w:del><w:r><w:delText>999</w:delText></w:r></w:del><w:ins>${run('12')}</w:ins>${run('件')}</w:p>` +
      `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${run('前半')}</w:p><w:p>${run('后半')}</w:p>` +
      `<w:p><w:moveFrom>${run('旧')}</w:moveFrom><w:moveTo>${run('新')}</w:moveTo></w:p>`;
    const document = await read({ body });
    expect(textsOf(document)).toEqual(['共12件', '前半后半', '新']);
    expect(codesOf(document)).toEqual(['TRACKED_CHANGES_APPLIED']);
  });

  test('deleted rows are left out', async () => {
    const body = `<w:tbl><w:tr>${cell('a')}${cell('1')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>${cell('b')}${cell('2')}</w:tr><w:tr>${cell('c')}${cell('3')}</w:tr></w:tbl>`;
    expect(rowsOf((await read({ body })).tables[0])).toEqual([['a', '1'], ['c', '3']]); // prettier-ignore
  });

  test('hidden text is left out, by run, by style, and not where it is switched off', async () => {
    const run = (properties: string, text: string): string =>
      `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
    const body = `<w:p>${run('<w:vanish/>', '隐')}${run('<w:vanish w:val="0"/>', '显')}${run('<w:rStyle w:val="H"/>', '藏')}</w:p>`;
    const styles =
      '<w:style w:type="character" w:styleId="H"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>';
    const document = await read({ body, styles });
    expect(textsOf(document)).toEqual(['显']);
    expect(codesOf(document)).toEqual(['HIDDEN_TEXT_SKIPPED']);
  });

  test('struck-out text gives way to what stands beside it, and stays in doubt where nothing does', async () => {
    const run = (text: string, properties = ''): string =>
      `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
    const struckCell = (...runs: string[]): string => `<w:tc><w:p>${runs.join('</w:p><w:p>')}</w:p></w:tc>`;
    const body =
      `<w:p>${run('共')}${run('55', '<w:strike/>')}${run('66', '<w:strike w:val="0"/>')}</w:p><w:p>${run('全删', '<w:strike/>')}</w:p>` +
      `<w:tbl><w:tr>${struckCell(run('5', '<w:dstrike/>') + run('6'))}${struckCell(run('5', '<w:rStyle w:val="S"/>'), run('7'))}${struckCell(run('8', '<w:strike/>'))}</w:tr></w:tbl>`;
    const styles =
      '<w:style w:type="character" w:styleId="S"><w:name w:val="s"/><w:rPr><w:strike/></w:rPr></w:style>';
    const document = await read({ body, styles });
    expect(textsOf(document)).toEqual(['共66', '全删']);
    expect(rowsOf(document.tables[0])).toEqual([['6', '7', '8']]);
    expect(document.tables[0]?.cells.map(({ confidence }) => confidence)).toEqual([
      undefined,
      undefined,
      0.5,
    ]);
  });

  test('headers and footers are furniture', async () => {
    const document = await read({
      body: paragraph('正文'),
      header: paragraph('某某县水务局'),
      footer: paragraph('- 3 -'),
    });
    expect(textsOf(document)).toEqual(['正文']);
    expect(textsOf(document, 'furniture')).toEqual(['某某县水务局', '- 3 -']);
  });

  test('text boxes, content controls, fields and footnotes are read once', async () => {
    const box = `<w:txbxContent>${paragraph('框内')}</w:txbxContent>`;
    const alternate = `<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>${box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`;
    const control = `<w:sdt><w:sdtContent>${paragraph('控件')}</w:sdtContent></w:sdt>`;
    const prompt = `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${paragraph('单击此处输入')}</w:sdtContent></w:sdt>`;
    const field =
      '<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>12</w:t></w:r></w:fldSimple></w:p>';
    const note = '<w:p><w:r><w:t>见注</w:t><w:footnoteReference w:id="2"/></w:r></w:p>';
    const body = `<w:p><w:r>${alternate}</w:r></w:p>${control}${prompt}${field}${note}`;
    const footnotes = `<w:footnote w:id="2">${paragraph('注文')}</w:footnote>`;
    expect(textsOf(await read({ body, footnotes }))).toEqual(['框内', '控件', '12', '见注', '注文']);
  });

  test('outline levels and heading styles make headings', async () => {
    const styles = '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>';
    const body =
      paragraph('一、总体情况', '<w:pStyle w:val="1"/>') +
      paragraph('二', '<w:outlineLvl w:val="0"/>') +
      paragraph('文');
    const { blocks } = await read({ body, styles });
    expect(blocks.map((block) => block.kind)).toEqual(['heading', 'heading', 'paragraph']);
  });
});
