import { describe, expect, test } from '@jest/globals';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { extractPdfWith, pdfExtractor, readPagesAgain } from '../../../src/extractors/pdf/index.js';
import type { Document, Table } from '../../../src/model/document.js';
import { type DrawnCell, drawnPdf, drawTable, line, print } from '../../helpers/drawn-pdf.js';
import { emptyPagesPdf } from '../../helpers/odd-pdf.js';

function extract(bytes: Uint8Array): Promise<Document> {
  return pdfExtractor.extract(bytes, DEFAULT_EXTRACT_SETTINGS, {});
}

/** Rows of a table as `column:text` with spans as `+columns` and `v rows`. */
function rowsOf(table: Table | undefined): string[] {
  if (!table) return [];
  return Array.from({ length: table.rowCount }, (_, row) =>
    table.cells
      .filter((cell) => cell.rowIndex === row)
      .map((cell) => {
        const spans =
          (cell.columnSpan > 1 ? `+${cell.columnSpan}` : '') + (cell.rowSpan > 1 ? `v${cell.rowSpan}` : '');
        return `${cell.columnIndex}${spans}:${cell.text}`;
      })
      .join(' | '),
  );
}

function textsOf(document: Document, region: 'body' | 'furniture'): string[] {
  return document.blocks.flatMap((block) =>
    block.kind !== 'table' && block.region === region ? [block.text] : [],
  );
}

const PLACE = { left: 60, top: 700, width: 100, height: 30 };

describe('text in white', () => {
  const table = (text: string, ground = ''): string => {
    const cells: DrawnCell[] = [
      { row: 0, column: 0, text: '项目' },
      { row: 0, column: 1, text: '数量' },
      { row: 1, column: 0, text: '申请' },
      { row: 1, column: 1 },
    ];
    const place = print(text, PLACE.left + PLACE.width + 20, PLACE.top - 1.5 * PLACE.height);
    return `${drawTable(cells, PLACE)}${ground}1 1 1 rg\n${place}`;
  };
  const lastCell = async (content: string) => {
    const { tables } = await extract(drawnPdf([{ content }]));
    return tables[0]?.cells.at(-1);
  };

  test('hides noughts, leaves other numbers in doubt, and is seen on an area that is filled', async () => {
    expect(await lastCell(table('0'))).toMatchObject({ text: '' });
    expect(await lastCell(table('30'))).toMatchObject({ text: '30', confidence: 0.5 });
    const ground = `0 0 0 rg\n${PLACE.left + PLACE.width + 2} ${PLACE.top - 2 * PLACE.height + 2} 90 26 re f\n`;
    const seen = await lastCell(table('0', ground));
    expect(seen).toMatchObject({ text: '0' });
    expect(seen?.confidence).toBeUndefined();
  });
});

describe('ruled tables', () => {
  test('come out with spans, blank cells and the place of their text', async () => {
    const cells: DrawnCell[] = [
      { row: 0, column: 0, rowSpan: 2, text: '项目' },
      { row: 0, column: 1, columnSpan: 2, text: '数量' },
      { row: 1, column: 1, text: '本年' },
      { row: 1, column: 2, text: '上年' },
      { row: 2, column: 0, text: '申请' },
      { row: 2, column: 1, text: '38' },
      { row: 2, column: 2 },
    ];
    const document = await extract(drawnPdf([{ content: drawTable(cells, PLACE) }]));
    expect(rowsOf(document.tables[0])).toEqual([
      '0v2:项目 | 1+2:数量',
      '1:本年 | 2:上年',
      '0:申请 | 1:38 | 2:',
    ]);
    expect(document.tables[0]).toMatchObject({ geometry: 'exact', pages: [1] });
    const value = document.tables[0]?.cells.find((cell) => cell.text === '38');
    expect(value?.evidence).toMatchObject({ kind: 'box', page: 1 });
    const blank = document.tables[0]?.cells.find((cell) => cell.text === '');
    expect(blank?.evidence).toMatchObject({ box: { left: 260, right: 360, top: 202, bottom: 232 } });
  });

  test('keep lines of a cell apart and count bold print once', async () => {
    const cells = [
      { row: 0, column: 0, text: '三\n本\n年' },
      { row: 0, column: 1 },
    ];
    const bold = print('22', 163, 688) + print('22', 163.4, 688);
    const document = await extract(
      drawnPdf([{ content: drawTable(cells, { ...PLACE, height: 50 }) + bold }]),
    );
    expect(rowsOf(document.tables[0])).toEqual(['0:三\n本\n年 | 1:22']);
  });

  test('are whole where a page break cuts them, without the head that is repeated', async () => {
    const head = [
      { row: 0, column: 0, text: '项目' },
      { row: 0, column: 1, text: '数量' },
    ];
    const first = drawTable(
      [...head, { row: 1, column: 0, text: '许可' }, { row: 1, column: 1, text: '1' }],
      PLACE,
    );
    const second = drawTable(
      [...head, { row: 1, column: 0, text: '处罚' }, { row: 1, column: 1, text: '2' }],
      PLACE,
    );
    const document = await extract(
      drawnPdf([
        { content: print('Before', 60, 780) + first + print('- 1 -', 290, 30) },
        { content: second + print('- 2 -', 290, 30) + print('After', 60, 500) },
      ]),
    );
    expect(document.tables.map(rowsOf)).toEqual([['0:项目 | 1:数量', '0:许可 | 1:1', '0:处罚 | 1:2']]);
    expect(document.tables[0]?.pages).toEqual([1, 2]);
    expect(document.diagnostics.map((one) => one.code)).toEqual(['TABLE_STITCHED']);
    expect(textsOf(document, 'furniture')).toEqual(['- 1 -', '- 2 -']);
    expect(textsOf(document, 'body')).toEqual(['Before', 'After']);
  });

  test('join a cell that goes on overleaf, and leave a row of its own alone', async () => {
    const cut = await extract(
      drawnPdf([
        {
          content: drawTable(
            [
              { row: 0, column: 0, text: '1.本机关不掌握' },
              { row: 0, column: 1, text: '5' },
            ],
            PLACE,
          ),
        },
        {
          content: drawTable(
            [
              { row: 0, column: 0, text: '相关信息' },
              { row: 0, column: 1 },
              { row: 1, column: 0, text: '2.没有现成信息' },
              { row: 1, column: 1, text: '6' },
            ],
            PLACE,
          ),
        },
      ]),
    );
    expect(rowsOf(cut.tables[0])).toEqual(['0:1.本机关不掌握\n相关信息 | 1:5', '0:2.没有现成信息 | 1:6']);
    const whole = await extract(
      drawnPdf([
        {
          content: drawTable(
            [
              { row: 0, column: 0, text: '行政处罚' },
              { row: 0, column: 1, text: '5' },
            ],
            PLACE,
          ),
        },
        {
          content: drawTable(
            [
              { row: 0, column: 0, text: '行政强制' },
              { row: 0, column: 1 },
            ],
            PLACE,
          ),
        },
      ]),
    );
    expect(rowsOf(whole.tables[0])).toEqual(['0:行政处罚 | 1:5', '0:行政强制 | 1:']);
  });

  test('are read where outer borders are missing', async () => {
    const inner =
      line(60, 700, 260, 700) + line(60, 670, 260, 670) + line(60, 640, 260, 640) + line(160, 700, 160, 640);
    const text =
      print('许可', 70, 680) + print('7', 170, 680) + print('处罚', 70, 650) + print('8', 170, 650);
    const document = await extract(drawnPdf([{ content: inner + text }]));
    expect(rowsOf(document.tables[0])).toEqual(['0:许可 | 1:7', '0:处罚 | 1:8']);
  });
});

describe('tables without ruling lines', () => {
  const row = (y: number, label: string, values: readonly string[]): string =>
    print(label, 60, y) + values.map((value, i) => print(value, 200 + 80 * i, y)).join('');

  test('are read from alignment, blank cells included', async () => {
    const content =
      row(700, '项目', ['本年', '上年', '合计']) +
      row(680, '许可', ['1', '2', '3']) +
      row(660, '处罚', ['4', '', '4']) +
      row(640, '强制', ['0', '5', '5']);
    const document = await extract(drawnPdf([{ content }]));
    expect(document.tables[0]?.geometry).toBe('aligned');
    expect(rowsOf(document.tables[0])).toEqual([
      '0:项目 | 1:本年 | 2:上年 | 3:合计',
      '0:许可 | 1:1 | 2:2 | 3:3',
      '0:处罚 | 1:4 | 2: | 3:4',
      '0:强制 | 1:0 | 2:5 | 3:5',
    ]);
  });

  test('take values that stand beside the middle of a wrapped label', async () => {
    const content =
      row(700, '项目', ['本年', '上年']) +
      row(672, '甲', ['1', '2']) +
      print('2.没有现成信息', 60, 650) +
      row(644, '', ['3', '4']) +
      print('需要另行制作', 60, 638) +
      row(616, '丙', ['5', '6']);
    const document = await extract(drawnPdf([{ content }]));
    expect(rowsOf(document.tables[0])[2]).toBe('0:2.没有现成信息\n需要另行制作 | 1:3 | 2:4');
  });

  test('never join two values to one number', async () => {
    const content =
      row(700, '甲', ['1', '2', '3']) + row(680, '乙', ['4', '5', '6']) + row(660, '丙', ['7', '8', '9']);
    const document = await extract(drawnPdf([{ content }]));
    const values = document.tables
      .flatMap((table) => table.cells.map((cell) => cell.text))
      .filter((text) => /\d/.test(text));
    expect(values).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  test('are not made of prose', async () => {
    const prose = Array.from({ length: 6 }, (_, i) =>
      print('本报告由人民政府办公室根据条例规定编制，数据统计期限为本年度。', 60, 700 - 20 * i),
    ).join('');
    const document = await extract(drawnPdf([{ content: prose }]));
    expect(document.tables).toEqual([]);
  });

  test('keep a lone value at the top of a page, which is no page number', async () => {
    const content = (values: readonly string[]): string =>
      values.map((value, i) => row(800 - 20 * i, `第${value}行`, [value, '0'])).join('');
    const document = await extract(
      drawnPdf([{ content: content(['1', '2', '3']) }, { content: content(['4', '5', '6']) }]),
    );
    expect(textsOf(document, 'furniture')).toEqual([]);
    expect(document.tables.flatMap(rowsOf)).toHaveLength(6);
  });
});

describe('text', () => {
  test('is joined to paragraphs over lines and pages; headings and titles are told', async () => {
    const full = '一二三四五六七八九十'.repeat(4) + '末末';
    const document = await extract(
      drawnPdf([
        {
          content:
            print('某某县2024年政府信息公开工作年度报告', 150, 780, 16) +
            print('一、总体情况', 80, 740) +
            print(full, 80, 720) +
            print(full + '末末', 60, 704) +
            print('结尾。', 60, 688) +
            print(`${full}`, 80, 672) +
            print(full + '末末', 60, 656),
        },
        { content: print('接着写完。', 60, 780) },
      ]),
    );
    const kinds = document.blocks.map((block) => block.kind);
    expect(kinds).toEqual(['heading', 'heading', 'paragraph', 'paragraph']);
    expect(textsOf(document, 'body')[2]).toBe(`${full}${full}末末结尾。`);
    expect(textsOf(document, 'body')[3]).toBe(`${full}${full}末末接着写完。`);
  });
});

describe('odd files', () => {
  test('with 2,000 empty pages are read fast', async () => {
    const document = await extract(emptyPagesPdf(2000));
    expect(document.pages).toHaveLength(2000);
    expect(document.blocks).toEqual([]);
  });

  test('whose equal lines pdfium leaves out are read by the other engine', async () => {
    const values = '０ '.repeat(12);
    const content = print(values, 80, 700) + print(values, 80, 680);
    const document = await extract(drawnPdf([{ content }]));
    expect(document.diagnostics.map((one) => one.code)).toContain('ENGINE_FELL_BACK');
    const text = [...textsOf(document, 'body'), ...document.tables.flatMap(rowsOf)].join('');
    expect(text.replace(/[^０]/g, '')).toHaveLength(24);
  });

  test('without bytes are refused', async () => {
    await expect(extract(new Uint8Array())).rejects.toMatchObject({ code: 'SOURCE_EMPTY' });
  });

  test.each([
    ['the table of contents is lost', 150],
    ['the last page is lost as well', 700],
  ])('that are cut off keep what is whole: %s', async (_, lost) => {
    const whole = drawnPdf([{ content: print('first', 50, 700) }, { content: print('second', 50, 700) }]);
    const document = await extract(whole.subarray(0, whole.length - lost));
    expect(textsOf(document, 'body').join(' ')).toMatch(/^first/);
    expect(document.diagnostics.map((one) => one.code)).toContain('TRUNCATED_READ');
  });

  test('let the second engine read some of their pages again, the others staying as they are', async () => {
    const bytes = drawnPdf([{ content: print('first', 50, 700) }, { content: print('second', 50, 700) }]);
    const document = await extract(bytes);
    const again = await readPagesAgain(document, bytes, new Set([2]), DEFAULT_EXTRACT_SETTINGS);
    expect(again && textsOf(again, 'body')).toEqual(textsOf(document, 'body'));
    const other = await extractPdfWith('pdfjs', bytes, DEFAULT_EXTRACT_SETTINGS);
    expect(await readPagesAgain(other, bytes, new Set([2]), DEFAULT_EXTRACT_SETTINGS)).toBeNull();
  });

  test('give the same tables with both engines', async () => {
    const cells = [0, 1, 2].flatMap((row) =>
      [0, 1, 2].map((column) => ({ row, column, text: `${row}${column}` })),
    );
    const bytes = drawnPdf([
      { content: drawTable(cells, PLACE), entries: '/Rotate 90' },
      { content: drawTable(cells, PLACE) },
    ]);
    const [first, second] = [
      await extractPdfWith('pdfium', bytes, DEFAULT_EXTRACT_SETTINGS),
      await extractPdfWith('pdfjs', bytes, DEFAULT_EXTRACT_SETTINGS),
    ];
    expect(first.tables.map(rowsOf)).toEqual(second.tables.map(rowsOf));
    expect(first.tables.length).toBeGreaterThan(0);
  });
});
