import { describe, expect, test } from '@jest/globals';
import { docxExtractor } from '../../../src/extractors/docx/index.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { buildDocx, cell, paragraph, table } from '../../helpers/build-docx.js';
import { rowsOf, textsOf } from '../../helpers/describe-document.js';

function level(index: number, format: string, text: string, more = ''): string {
  return `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
}

function list(levels: string, nums = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'): string {
  return `<w:abstractNum w:abstractNumId="0">${levels}</w:abstractNum>${nums}`;
}

function item(text: string, depth = 0, listId = 1): string {
  return paragraph(text, `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${listId}"/></w:numPr>`);
}

async function linesOf(body: string, numbering: string, styles = ''): Promise<string[]> {
  const bytes = buildDocx({ body, numbering, styles });
  return textsOf(await docxExtractor.extract(bytes, DEFAULT_EXTRACT_SETTINGS, {}));
}

describe('automatic labels', () => {
  test('count by level and begin anew under each higher item', async () => {
    const levels =
      level(0, 'chineseCounting', '%1、') +
      level(1, 'chineseCounting', '（%2）') +
      level(2, 'decimal', '%3.');
    const body =
      item('总体') +
      item('公开', 1) +
      item('国家秘密', 2) +
      item('其他', 2) +
      item('处理', 1) +
      item('重复', 2) +
      item('问题');
    expect(await linesOf(body, list(levels))).toEqual([
      '一、总体', '（一）公开', '1.国家秘密', '2.其他', '（二）处理', '1.重复', '二、问题',
    ]); // prettier-ignore
  });

  test.each([
    ['decimalEnclosedCircle', '%1', '① a'],
    ['ideographTraditional', '%1、', '甲、a'],
    ['upperRoman', '%1.', 'I.a'],
    ['decimalEnclosedFullstop', '%1', '⒈ a'],
    ['decimalFullWidth', '（%1）', '（１）a'],
    ['chineseLegalSimplified', '%1、', '壹、a'],
    ['bullet', '●', 'a'],
    ['none', '', 'a'],
  ])('%s with pattern %s is written as %s', async (format, pattern, expected) => {
    expect(await linesOf(item('a'), list(level(0, format, pattern)))).toEqual([expected]);
  });

  test('labels of several levels and legal numbering', async () => {
    const levels = level(0, 'chineseCounting', '第%1条') + level(1, 'decimal', '%1.%2', '<w:isLgl/>');
    expect(await linesOf(item('a') + item('b', 1) + item('c', 1), list(levels))).toEqual([
      '第一条 a',
      '1.1 b',
      '1.2 c',
    ]);
  });

  test('lists of one definition count on together unless one starts anew', async () => {
    const nums =
      '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>' +
      '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>';
    const body = item('a') + item('b', 0, 2) + item('c', 0, 3) + item('d', 0, 3);
    expect(await linesOf(body, list(level(0, 'decimal', '%1.'), nums))).toEqual(['1.a', '2.b', '1.c', '2.d']);
  });

  test('come from styles, their base styles and levels bound to them', async () => {
    const styles =
      '<w:style w:styleId="base"><w:name w:val="b"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:styleId="sub"><w:name w:val="s"/><w:basedOn w:val="base"/></w:style>';
    const levels =
      level(0, 'decimal', '%1.', '<w:pStyle w:val="base"/>') +
      level(1, 'decimal', '(%2)', '<w:pStyle w:val="sub"/>');
    const body = paragraph('a', '<w:pStyle w:val="base"/>') + paragraph('b', '<w:pStyle w:val="sub"/>');
    expect(await linesOf(body, list(levels), styles)).toEqual(['1.a', '(1)b']);
  });

  test('a list id of zero takes a paragraph out, and missing lists are survived', async () => {
    const styles =
      '<w:style w:styleId="base"><w:name w:val="b"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
    const body =
      paragraph('a', '<w:pStyle w:val="base"/><w:numPr><w:numId w:val="0"/></w:numPr>') + item('b', 0, 77);
    expect(await linesOf(body, list(level(0, 'decimal', '%1.')), styles)).toEqual(['a', 'b']);
  });

  test('never stand before a number, which they would change', async () => {
    const body = table([[cell(item('信访举报')), cell(item('25'))]]);
    const bytes = buildDocx({ body, numbering: list(level(0, 'decimal', '%1.')) });
    const { tables } = await docxExtractor.extract(bytes, DEFAULT_EXTRACT_SETTINGS, {});
    expect(rowsOf(tables[0])).toEqual([['1.信访举报', '25']]);
  });
});
