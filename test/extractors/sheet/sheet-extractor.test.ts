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

  test('leaves hidden sheets and hidden rows out', async () => {
    const hidden = await read(
      workbook('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>', [], 'hidden'),
    );
    expect(hidden.tables).toEqual([]);
    const row = await read(
      workbook('<row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'),
    );
    expect(row.tables).toEqual([]);
  });

  test.each([
    ['a binary workbook', buildCompoundFile({ Workbook: new Uint8Array(8) }), 'FORMAT_UNSUPPORTED'],
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
  ['3', '0"日"', '3'],
  ['', '', ''],
])('shows %s in format %s as %s', (raw, format, shown) => {
  expect(formatValue(raw, format)).toBe(shown);
});
