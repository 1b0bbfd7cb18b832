import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { textExtractor } from '../../../src/extractors/text/index.js';
import { readText, rowsOf, textsOf } from './helpers.js';

describe('text extractor', () => {
  it('refuses a source of white space with SOURCE_EMPTY', async () => {
    await expect(readText(' \n\t\n')).rejects.toMatchObject({ code: 'SOURCE_EMPTY' });
  });

  it('refuses more bytes than the limit with SOURCE_TOO_LARGE', async () => {
    const settings = { ...DEFAULT_EXTRACT_SETTINGS, maxBytes: 3 };
    await expect(textExtractor.extract(new TextEncoder().encode('正文'), settings, {})).rejects.toMatchObject(
      { code: 'SOURCE_TOO_LARGE' },
    );
  });

  it('says so when it read only the beginning', async () => {
    const settings = { ...DEFAULT_EXTRACT_SETTINGS, maxCharacters: 4 };
    const document = await textExtractor.extract(new TextEncoder().encode('一二三四五六'), settings, {});
    expect(document.diagnostics.map((diagnostic) => diagnostic.code)).toContain('TRUNCATED_READ');
  });

  it('tells headings, paragraphs and the site around them apart', async () => {
    const document = await readText(
      '首页\n政务公开\n某县2021年政府信息公开工作年度报告\n发布时间：2022-01-20 来源：某局\n一、总体情况\n全年平稳。\n- 1 -\n',
    );
    expect(textsOf(document, 'furniture')).toEqual([
      '首页',
      '政务公开',
      '发布时间：2022-01-20 来源：某局',
      '- 1 -',
    ]);
    expect(document.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))).toEqual([
      '某县2021年政府信息公开工作年度报告',
      '一、总体情况',
    ]);
  });

  it('joins the lines of a wrapped paragraph and keeps the next one apart', async () => {
    const line = '本年度按照要求推进各项工作，完善制度，压实责任，及时公开信息，回应';
    const document = await readText(
      `  ${line}\n${line}\n群众关切。\n  另起一段，继续做好公开工作，及时公开信息，完善制度和机制。\n`,
    );
    expect(textsOf(document, 'body')).toEqual([
      `${line}${line}群众关切。`,
      '另起一段，继续做好公开工作，及时公开信息，完善制度和机制。',
    ]);
  });

  it('keeps every cell of a table between tabs, with the span it is printed at', async () => {
    const value = fc.constantFrom('0', '12', '3,456', '/', '—', '', '-2', '7.5');
    const row = fc.tuple(
      fc.constantFrom('规章', '行政许可', '（一）予以公开', '1.属于国家秘密'),
      fc.array(value, { minLength: 4, maxLength: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 12 }), async (rows) => {
        const printed = rows.map(([label, values]) => [label, ...values]);
        // A tab that ends every row opens no cell.
        fc.pre(printed.some((cells) => cells.at(-1) !== ''));
        const text = `前文说明。\n\n${printed.map((cells) => cells.join('\t')).join('\n')}\n`;
        const document = await readText(text);
        const table = document.tables[0];
        expect(rowsOf(table).filter((cells) => cells.some((cell) => cell !== ''))).toEqual(printed);
        for (const cell of table?.cells ?? []) {
          if (cell.evidence.kind !== 'span') throw new Error('text evidence is a span');
          expect(text.slice(cell.evidence.start, cell.evidence.end)).toBe(cell.text);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('reads any characters without failing, and points inside the text', async () => {
    const piece = fc.constantFrom(
      '\t',
      '\n',
      '|',
      ' ',
      '　',
      '0',
      '12',
      '一、',
      '情况',
      '+--+',
      '---',
      '│',
      '┌─┐',
      '<table>',
      '</td>',
      '\f',
      '，',
      '。',
      '\r\n',
      '`',
      '{|',
      '|===',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 80 }), async (pieces) => {
        const text = `文${pieces.join('')}`;
        const document = await readText(text);
        for (const cell of document.tables.flatMap((table) => table.cells)) {
          if (cell.evidence.kind !== 'span') throw new Error('text evidence is a span');
          expect(cell.evidence.start).toBeGreaterThanOrEqual(0);
          expect(cell.evidence.end).toBeLessThanOrEqual(text.length);
          expect(cell.evidence.end).toBeGreaterThanOrEqual(cell.evidence.start);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('page numbers beside page breaks', () => {
  const LABELS = [
    '1.属于国家秘密',
    '2.重复申请',
    '3.补正后申请内容仍不明确',
    '4.信访举报投诉类申请',
    '（七）总计',
  ];

  /** A label with two numbers on each page, and below them the page's last line. */
  async function numbersRead(last: readonly string[]): Promise<string[]> {
    const pages = LABELS.map((label, page) => `${label}\n70\n80\n\n${last[page]}\n`);
    const document = await readText(`三、收到和处理政府信息公开申请情况\n${pages.join('\f')}`);
    const texts = document.tables.flatMap(rowsOf).flat();
    return texts.filter((text) => /^\d+$/.test(text) && !/^[78]0$/.test(text));
  }

  it('are no values, though one page ends in a value', async () => {
    expect(await numbersRead(['24', '2', '3', '4', '5'])).toEqual(['24']);
  });

  it('are values where they do not count the pages', async () => {
    expect(await numbersRead(['24', '2', '9', '4', '0'])).toEqual(['24', '2', '9', '4', '0']);
  });
});
