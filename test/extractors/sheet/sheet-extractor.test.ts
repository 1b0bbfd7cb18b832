import { describe, expect, test } from '@jest/globals';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { formatValue } from '../../../src/extractors/sheet/format-value.js';
import { sheetExtractor } from '../../../src/extractors/sheet/index.js';
import { buildZip } from '../../helpers/build-zip.js';
import { buildCompoundFile } from '../doc/build-word.js';

function workbook(sheetData: string, merges: readonly string[] = [], state = 'visible'): Uint8Array {
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  return buildZip([
    {
      name: 'xl/workbook.xml',
      content: `<workbook><sheets><sheet name="表" r:id="r1" state="${state}"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    },
    {
      name: 'xl/sharedStrings.xml',
      content:
        '<sst><si><t>行政许可</t></si><si><r><t>行政</t></r><r><t>处罚</t></r><rPh><t>x</t></rPh></si></sst>',
    },
    {
      name: 'xl/styles.xml',
      content: '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet><sheetData>${sheetData}</sheetData><mergeCells>${merged}</mergeCells></worksheet>`,
    },
  ]);
}

const read = (bytes: Uint8Array) => sheetExtractor.extract(bytes, DEFAULT_EXTRACT_SETTINGS, {});

describe('sheetExtractor', () => {
  test('reads strings, numbers, blanks and merges as a table under its title', async () => {
    const document = await read(
      workbook(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>年度报告</t></is></c></row>' +
          '<row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3"><v>12</v></c><c r="D3"><v>0.30000000000000004</v></c></row>' +
          '<row r="4"><c r="B4"/><c r="C4"/><c r="D4"><v>7</v></c></row>' +
          '<row r="5"><c r="B5" t="s"><v>1</v></c><c r="C5"><v>5</v></c><c r="D5"/></row>',
        ['B3:B4', 'A1:D1'],
      ),
    );
    expect(document.blocks[0]).toMatchObject({ kind: 'paragraph', text: '年度报告' });
    expect(
      document.tables[0]?.cells.map((c) => [c.rowIndex, c.columnIndex, c.rowSpan, c.columnSpan, c.text]),
    ).toEqual([
      [0, 0, 2, 1, '行政许可'],
      [0, 1, 1, 1, '12'],
      [0, 2, 1, 1, '0.3'],
      [1, 1, 1, 1, ''],
      [1, 2, 1, 1, '7'],
      [2, 0, 1, 1, '行政处罚'],
      [2, 1, 1, 1, '5'],
      [2, 2, 1, 1, ''],
    ]);
  });

  test('keeps labels without numbers inside their table, and chapters apart from it', async () => {
    const text = (ref: string, value: string): string =>
      `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const document = await read(
      workbook(
        `<row r="1">${text('A1', '二、主动公开')}<c r="B1"/></row>` +
          `<row r="2">${text('A2', '第二十条第（一）项')}</row>` +
          `<row r="3">${text('A3', '行政许可')}<c r="B3"><v>1</v></c></row>` +
          `<row r="4">${text('A4', '行政强制')}</row>` +
          `<row r="5">${text('A5', '行政处罚')}<c r="B5"><v>2</v></c></row>` +
          `<row r="6">${text('A6', '三、收到和处理申请情况')}</row>` +
          `<row r="7">${text('A7', '新收')}<c r="B7"><v>3</v></c></row>`,
      ),
    );
    expect(document.blocks.map((block) => (block.kind === 'table' ? 'table' : block.text))).toEqual([
      '二、主动公开',
      '第二十条第（一）项',
      'table',
      '三、收到和处理申请情况',
      'table',
    ]);
    expect(document.tables[0]?.cells.map((c) => c.text)).toEqual([
      '行政许可',
      '1',
      '行政强制',
      '',
      '行政处罚',
      '2',
    ]);
  });

  test('shows a merged cell whose first row is hidden', async () => {
    const document = await read(
      workbook(
        '<row r="1" hidden="1"><c r="A1"><v>7</v></c><c r="B1"><v>8</v></c></row>' +
          '<row r="2"><c r="B2"><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>',
        ['A1:A3'],
      ),
    );
    expect(document.tables[0]?.cells.map((c) => c.text)).toEqual(['7', '1', '2']);
    expect(document.diagnostics.map(({ code }) => code)).toEqual(['HIDDEN_TEXT_SKIPPED']);
  });

  test('makes no table of thousands of columns out of a stray cell or a merged title', async () => {
    const document = await read(
      workbook(
        '<row r="1"><c r="A1"><v>1</v></c></row>' +
          '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>' +
          '<row r="3"><c r="A3"><v>1</v></c><c r="XFD3"><v>2</v></c></row>',
        ['A1:XFD1', 'A2:A1048576'],
      ),
    );
    expect(document.tables.map((table) => table.columnCount)).toEqual([3]);
  });

  test('ignores merged cells that overlap without end', async () => {
    const merges = Array.from({ length: 5_000 }, () => 'A1:CV100');
    const rows = Array.from(
      { length: 100 },
      (_, i) => `<row r="${i + 1}">${Array.from({ length: 100 }, () => '<c><v>1</v></c>').join('')}</row>`,
    );
    const document = await read(workbook(rows.join(''), merges));
    expect(document.tables[0]).toMatchObject({ rowCount: 100, columnCount: 100 });
  });

  test('refuses cells that all print one endless text', async () => {
    const bytes = buildZip([
      {
        name: 'xl/workbook.xml',
        content: '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content: '<Relationships><Relationship Id="r1" Target="worksheets/a.xml"/></Relationships>',
      },
      { name: 'xl/sharedStrings.xml', content: `<sst><si><t>${'一'.repeat(32_000)}</t></si></sst>` },
      {
        name: 'xl/worksheets/a.xml',
        content: `<worksheet><sheetData><row>${'<c t="s"><v>0</v></c>'.repeat(200)}</row></sheetData></worksheet>`,
      },
    ]);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'SOURCE_TOO_LARGE' });
  });

  test.each([
    ['more texts than any form', ('<row>' + '<c><v>1</v></c>'.repeat(1_000) + '</row>').repeat(201)],
    ['more elements than fit into memory', `<row>${'<c/>'.repeat(2_000_001)}</row>`],
    ['a part that inflates without end', `<row><c><v>${'1'.repeat(33 * 1024 * 1024)}</v></c></row>`],
  ])('refuses %s', async (_, rows) => {
    await expect(read(workbook(rows))).rejects.toMatchObject({ code: 'SOURCE_TOO_LARGE' });
  });

  test('refuses a package that lies about its sizes or holds countless entries', async () => {
    const bomb = buildZip([{ name: 'xl/workbook.xml', content: '', declaredSize: 0x7fffffff }]);
    await expect(read(bomb)).rejects.toMatchObject({ code: 'SOURCE_TOO_LARGE' });
    const entries = Array.from({ length: 20_001 }, (_, i) => ({ name: `xl/${i}`, content: '' }));
    await expect(read(buildZip(entries))).rejects.toMatchObject({ code: 'SOURCE_TOO_LARGE' });
  });

  test('expands no entity of its own', async () => {
    const bomb = '<row><c t="inlineStr"><is><t>&lol9;</t></is></c><c><v>1</v></c></row>';
    const document = await read(workbook(bomb));
    expect(document.tables[0]?.cells.map((c) => c.text)).toEqual(['&lol9;', '1']);
  });

  test('leaves hidden sheets and hidden rows out', async () => {
    const hidden = await read(
      workbook('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>', [], 'hidden'),
    );
    expect(hidden.tables).toEqual([]);
    expect(hidden.diagnostics.map(({ code }) => code)).toEqual(['HIDDEN_TEXT_SKIPPED']);
    const row = await read(
      workbook('<row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'),
    );
    expect(row.tables).toEqual([]);
  });

  test.each([
    ['an empty binary workbook', buildCompoundFile({ Workbook: new Uint8Array(8) }), 'SOURCE_CORRUPT'],
    [
      'a binary workbook of 2007',
      buildZip([{ name: 'xl/workbook.bin', content: 'x' }]),
      'FORMAT_UNSUPPORTED',
    ],
    ['an OpenDocument spreadsheet', buildZip([{ name: 'content.xml', content: 'x' }]), 'FORMAT_UNSUPPORTED'],
    ['a package without a workbook', buildZip([{ name: 'x', content: '' }]), 'SOURCE_CORRUPT'],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ code });
  });
});

test.each([
  ['45292', '#14', '2024-01-01'],
  ['45292', 'yyyy"年"m"月"', '2024-01-01'],
  ['0.125', '0.0%', '12.5%'],
  ['1295', '#,##0', '1295'],
  ['3', '0"件"', '3件'],
  ['12.5', '0', '13'],
  ['1234.5678', '#,##0.00_ ', '1234.57'],
  ['1234.5678', '#4', '1234.57'],
  ['0.30000000000000004', '#0', '0.3'],
  ['-12', '#,##0_);[Red](#,##0)', '-12'],
  ['0', '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', '-'],
  ['0', '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"??_ ;_ @_ ', '-'],
  ['0', '#,###', ''],
  ['12', '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"??_ ;_ @_ ', '12'],
  ['0', '0;-0;;@', ''],
  ['0', '0;-0', '0'],
  ['5', ';;;', ''],
  ['251000', '0!.0,"万"', '251000'],
  ['7', 'G/通用格式', '7'],
  ['7', '[DBNum1][$-804]General', '7'],
  ['1e25', '0', '1e+25'],
  ['x', '0', 'x'],
  ['', '', ''],
])('shows %s in format %s as %s', (raw, format, shown) => {
  expect(formatValue(raw, format)).toBe(shown);
});
