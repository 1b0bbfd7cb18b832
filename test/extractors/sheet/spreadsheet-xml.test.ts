import { describe, expect, test } from '@jest/globals';
import { detectFormat } from '../../../src/extractors/detect-format.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { sheetExtractor } from '../../../src/extractors/sheet/index.js';
import type { Document } from '../../../src/model/document.js';

const read = (xml: string): Promise<Document> =>
  sheetExtractor.extract(Buffer.from(xml), DEFAULT_EXTRACT_SETTINGS, {});

function workbook(rows: string, sheet = '', styles = ''): string {
  return (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">' +
    `<Styles>${styles}</Styles><Worksheet ss:Name="表"><Table>${rows}</Table>${sheet}</Worksheet></Workbook>`
  );
}

const text = (value: string, attributes = ''): string =>
  `<Cell ${attributes}><Data ss:Type="String">${value}</Data></Cell>`;
const number = (value: number, attributes = ''): string =>
  `<Cell ${attributes}><Data ss:Type="Number">${value}</Data></Cell>`;

describe('workbooks in the XML of Excel 2003', () => {
  test('are told by their content, and read with merges, gaps and formats', async () => {
    const xml = workbook(
      `<Row>${text('年度报告', 'ss:MergeAcross="2"')}</Row>` +
        `<Row ss:Index="3">${text('许可', 'ss:MergeDown="1"')}${number(1)}${number(0.125, 'ss:StyleID="p"')}</Row>` +
        `<Row>${number(3, 'ss:Index="3"')}</Row>`,
      '',
      '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>',
    );
    expect((await detectFormat(Buffer.from(xml), { name: 'a.xls' })).format).toBe('sheet');
    const document = await read(xml);
    expect(document.blocks[0]).toMatchObject({ kind: 'paragraph', text: '年度报告' });
    expect(document.tables[0]?.cells.map((c) => [c.rowSpan, c.columnSpan, c.text])).toEqual([
      [2, 1, '许可'],
      [1, 1, '1'],
      [1, 1, '12.5%'],
      [1, 1, ''],
      [1, 1, '3'],
    ]);
  });

  test('leave hidden rows, columns and sheets out, and say so', async () => {
    const rows = `<Column ss:Index="2" ss:Hidden="1"/><Row>${number(1)}${number(2)}${number(3)}</Row><Row ss:Hidden="1">${number(4)}${number(5)}</Row>`;
    const document = await read(workbook(rows));
    expect(document.tables[0]?.cells.map((c) => c.text)).toEqual(['1', '3']);
    expect(document.diagnostics.map(({ code }) => code)).toEqual(['HIDDEN_TEXT_SKIPPED']);
    const hidden = await read(
      workbook(rows, '<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>'),
    );
    expect(hidden.tables).toEqual([]);
  });

  test.each([
    [
      'rows out of order',
      workbook(`<Row ss:Index="2">${number(1)}</Row><Row ss:Index="1">${number(1)}</Row>`),
    ],
    ['a column beyond the last', workbook(`<Row>${number(1, 'ss:Index="99999999"')}</Row>`)],
    ['an end too early', workbook(`<Row>${number(1)}</Row>`).slice(0, -30)],
  ])('are refused with %s', async (_, xml) => {
    await expect(read(xml)).rejects.toMatchObject({ code: 'SOURCE_CORRUPT' });
  });
});
