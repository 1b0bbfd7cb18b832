import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { rtfExtractor } from '../../../src/extractors/rtf/index.js';
import type { Document, Table } from '../../../src/model/document.js';

const bytesOf = (source: string): Uint8Array => Uint8Array.from(source, (c) => c.charCodeAt(0) & 0xff);
const read = (source: string): Promise<Document> =>
  rtfExtractor.extract(bytesOf(source), DEFAULT_EXTRACT_SETTINGS, {});
const wrap = (body: string): string =>
  `{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset134 SimSun;}{\\f2\\fcharset136 Ming;}}{\\stylesheet{\\s1 heading 1;}}${body}}`;

function texts(document: Document): string[] {
  return document.blocks.flatMap((block) => (block.kind === 'table' ? [] : [block.text]));
}

function grid(table: Table | undefined): (string | number)[][] {
  return (table?.cells ?? []).map((c) => [c.rowIndex, c.columnIndex, c.rowSpan, c.columnSpan, c.text]);
}

describe('rtfExtractor', () => {
  test('reads Chinese in bytes of the code page and of the font', async () => {
    const document = await read(wrap("\\f0\\'d5\\'fe\\'b8\\'ae\\par\\f2\\'a4\\'a4\\par\\f1\\'c4\\'ea\\par"));
    expect(texts(document)).toEqual(['政府', '中', '年']);
  });

  test('skips as many fallback characters behind a Unicode character as uc says', async () => {
    const document = await read(wrap("\\uc1\\u25919?\\uc2\\u24180\\'c4\\'ea\\uc0\\u25253 x\\par"));
    expect(texts(document)).toEqual(['政年报x']);
  });

  test('keeps marks of notes apart from numbers, and notes out of cells', async () => {
    const document = await read(
      wrap(
        '\\trowd\\cellx1000\\cellx2000\\pard\\intbl 5{\\super 1}\\cell 7{\\super 2{\\footnote\\pard note 3}}\\cell\\row\\pard end\\par',
      ),
    );
    expect(grid(document.tables[0]).map((one) => one.at(-1))).toEqual(['5¹', '7²']);
    expect(texts(document)).toEqual(['end', 'note 3']);
  });

  test('puts rows on a grid with cells merged sideways and downwards, blanks kept', async () => {
    const document = await read(
      wrap(
        [
          '\\trowd\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000\\pard\\intbl A\\cell B\\cell\\cell\\row',
          '\\trowd\\clvmrg\\cellx1000\\cellx2002\\cellx3000\\pard\\intbl\\cell 1\\cell\\cell\\row',
          '\\pard end\\par',
        ].join('\n'),
      ),
    );
    expect(document.tables[0]).toMatchObject({ geometry: 'exact', rowCount: 2, columnCount: 3 });
    expect(grid(document.tables[0])).toEqual([
      [0, 0, 2, 1, 'A'],
      [0, 1, 1, 2, 'B'],
      [1, 1, 1, 1, '1'],
      [1, 2, 1, 1, ''],
    ]);
    expect(texts(document)).toEqual(['end']);
  });

  test('keeps the shape of a row for the rows behind it that state none', async () => {
    const document = await read(
      wrap(
        '\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\cell b\\cell\\row\\intbl c\\cell d\\cell\\row\\pard\\par',
      ),
    );
    expect(document.tables[0]).toMatchObject({ geometry: 'exact', rowCount: 2, columnCount: 2 });
  });

  test('keeps a nested table as a table of its own', async () => {
    const document = await read(
      wrap(
        '\\trowd\\cellx1000\\cellx2000\\pard\\intbl x\\cell\\pard\\intbl\\itap2 in\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\nestrow}{\\nonesttables\\par}\\pard\\intbl\\itap1 y\\cell\\row\\pard\\par',
      ),
    );
    expect(document.tables.map((t) => t.cells.map((c) => c.text))).toEqual([['x', 'y'], ['in']]);
  });

  test('leaves out hidden and deleted text, field codes, pictures and unknown starred groups', async () => {
    const document = await read(
      wrap(
        'a{\\v secret}{\\deleted 999}{\\field{\\*\\fldinst PAGE }{\\fldrslt 7}}{\\pict\\bin3 {}}}{\\*\\unknown z}{\\*\\shppict{\\pict 00ff}}b\\par',
      ),
    );
    expect(texts(document)).toEqual(['a7b']);
    expect(document.diagnostics.map((d) => d.code)).toEqual(['HIDDEN_TEXT_SKIPPED']);
  });

  test('takes struck-out text for removed beside its correction, and keeps it in doubt where it stands alone', async () => {
    const rows = '\\trowd\\cellx500\\cellx900\\intbl{\\strike 5}6\\cell{\\striked1 7}\\cell\\row\\pard';
    const document = await read(wrap(`a{\\strike 99}b\\strike0 c\\par ${rows} x\\par`));
    expect(texts(document)).toEqual(['abc', 'x']);
    expect(document.tables[0]?.cells.map(({ text, confidence }) => [text, confidence])).toEqual([
      ['6', undefined],
      ['7', 0.5],
    ]);
  });

  test('keeps list labels and takes heads and feet of pages for furniture', async () => {
    const document = await read(wrap('{\\header running head\\par}{\\listtext\\pard 1.\\tab}item\\par'));
    expect(
      document.blocks.map((b) => (b.kind === 'table' ? '' : [b.region, b.text.replace(/\s/g, '')].join(' '))),
    ).toEqual(['furniture runninghead', 'body 1.item']);
  });

  test('reads what is there of a file that breaks off, and says so', async () => {
    const document = await read('{\\rtf1\\ansi one\\par{\\b two');
    expect(texts(document)).toEqual(['one', 'two']);
    expect(document.diagnostics.map((d) => d.code)).toContain('TRUNCATED_READ');
  });

  test('refuses what is no RTF', async () => {
    await expect(read('plain')).rejects.toMatchObject({ code: 'SOURCE_CORRUPT' });
  });

  test('ends with a document whatever control words come', async () => {
    const word = fc.constantFrom(
      '{', '}', '\\trowd', '\\cellx900', '\\cellx-5', '\\intbl', '\\cell', '\\row', '\\itap3', '\\nestcell',
      '\\nestrow', '\\par', "\\'d5", '\\u-1', '\\uc9', '\\bin5', '\\*', '\\header', 'x', '\\pard', '\\', '\\clmrg',
    ); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 60 }), async (words) => {
        const document = await read(`{\\rtf1 ${words.join('')}`);
        for (const cell of document.tables.flatMap((t) => t.cells))
          expect(cell.columnSpan).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});
