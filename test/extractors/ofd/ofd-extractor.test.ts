import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../../src/errors/app-error.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { ofdExtractor } from '../../../src/extractors/ofd/index.js';
import { buildZip } from '../../helpers/build-zip.js';

const read = (bytes: Uint8Array) => ofdExtractor.extract(bytes, DEFAULT_EXTRACT_SETTINGS, {});

function ofd(layer: string, template = ''): Uint8Array {
  return buildZip([
    {
      name: 'OFD.xml',
      content: '<ofd:OFD><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
    },
    {
      name: 'Doc_0/Document.xml',
      content:
        '<ofd:Document><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>' +
        '<ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/></ofd:CommonData>' +
        '<ofd:Pages><ofd:Page BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
    },
    {
      name: 'Doc_0/Tpls/T.xml',
      content: `<ofd:Page><ofd:Content><ofd:Layer>${template}</ofd:Layer></ofd:Content></ofd:Page>`,
    },
    {
      name: 'Doc_0/Pages/Page_0/Content.xml',
      content: `<ofd:Page><ofd:Template TemplateID="9"/><ofd:Content><ofd:Layer>${layer}</ofd:Layer></ofd:Content></ofd:Page>`,
    },
  ]);
}

const text = (x: number, y: number, value: string): string =>
  `<ofd:TextObject Boundary="${x} ${y} 60 5" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g ${value.length - 1} ${/\d/.test(value) ? 2 : 4}">${value}</ofd:TextCode></ofd:TextObject>`;
const line = (x1: number, y1: number, x2: number, y2: number): string =>
  `<ofd:PathObject Boundary="${x1} ${y1} ${x2 - x1} ${y2 - y1}" LineWidth="0.2"><ofd:AbbreviatedData>M 0 0 L ${x2 - x1} ${y2 - y1}</ofd:AbbreviatedData></ofd:PathObject>`;

/** A table of two rows and two columns, the first row joined. */
const TABLE = [
  ...[50, 60, 70].map((y) => line(20, y, 120, y)),
  line(20, 50, 20, 70),
  line(120, 50, 120, 70),
  line(70, 60, 70, 70),
].join('');

describe('ofdExtractor', () => {
  test('reads a table from lines and text, and paragraphs around it', async () => {
    const document = await read(
      ofd(
        TABLE +
          text(20, 30, '一、总体情况') +
          text(30, 52, '主动公开') +
          text(22, 62, '行政许可') +
          text(80, 62, '12'),
      ),
    );
    const [table] = document.tables;
    expect(table).toMatchObject({ geometry: 'exact', rowCount: 2, columnCount: 2 });
    expect(table?.cells.map((c) => [c.columnSpan, c.text])).toEqual([
      [2, '主动公开'],
      [1, '行政许可'],
      [1, '12'],
    ]);
    expect(document.blocks.map((b) => (b.kind === 'table' ? 'table' : b.text))).toEqual([
      '一、总体情况',
      'table',
    ]);
  });

  test('draws the template of a page below it, and takes thin filled areas for lines', async () => {
    const bar =
      '<ofd:PathObject Boundary="20 50 100 0.3" Stroke="false" Fill="true"><ofd:AbbreviatedData>M 0 0 L 100 0 L 100 0.3 L 0 0.3 C</ofd:AbbreviatedData></ofd:PathObject>';
    const rest = TABLE.replace(line(20, 50, 120, 50), '');
    const document = await read(ofd(text(22, 62, '行政许可') + text(80, 62, '12'), rest + bar));
    expect(document.tables[0]).toMatchObject({ rowCount: 2, columnCount: 2 });
  });

  test('places text by its matrix', async () => {
    const moved = text(0, 0, '总体').replace('Size="4"', 'Size="2" CTM="2 0 0 2 20 30"');
    const document = await read(ofd(moved));
    const [block] = document.blocks;
    const box = block?.kind !== 'table' && block?.evidence.kind === 'box' ? block.evidence.box : null;
    expect(box?.left).toBeCloseTo((20 * 72) / 25.4, 0);
  });

  test.each([
    ['a package without an entry', buildZip([{ name: 'x', content: '' }])],
    [
      'an entry without its document',
      buildZip([{ name: 'OFD.xml', content: '<OFD><DocBody><DocRoot>a.xml</DocRoot></DocBody></OFD>' }]),
    ],
  ])('refuses %s', async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'SOURCE_CORRUPT' });
  });

  test('refuses an entry that inflates beyond the limit', async () => {
    const bomb = buildZip([{ name: 'OFD.xml', content: '', declaredSize: 0x7fffffff }]);
    await expect(read(bomb)).rejects.toMatchObject({ code: 'SOURCE_TOO_LARGE' });
  });

  test.each([
    ['a page of endless text', '1'.repeat(100_001)],
    [
      'endless text of several objects',
      '1'.repeat(60_000) + '</ofd:TextCode><ofd:TextCode>' + '1'.repeat(60_000),
    ],
  ])('refuses %s', async (_, content) => {
    const flood = `<ofd:TextObject Boundary="0 0 9 9"><ofd:TextCode X="0" Y="1">${content}</ofd:TextCode></ofd:TextObject>`;
    await expect(read(ofd(flood))).rejects.toMatchObject({ code: 'SOURCE_TOO_LARGE' });
  });

  test('writes no more steps out than there are characters', async () => {
    const step =
      '<ofd:TextObject Boundary="10 10 9 9"><ofd:TextCode X="0" Y="1" DeltaX="g 1000000000 1">一</ofd:TextCode></ofd:TextObject>';
    const document = await read(ofd(step.repeat(2_000)));
    expect(document.pages).toHaveLength(1);
  });

  test('passes over lines without end as no table', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => line(i % 200, 0, i % 200, 290)).join('');
    const document = await read(ofd(lines + text(22, 62, '行政许可')));
    expect(document.tables).toEqual([]);
  });

  test('expands no entity of its own', async () => {
    const document = await read(ofd(text(22, 62, '&lol9;许可')));
    expect(document.blocks).toMatchObject([{ text: expect.not.stringContaining('lollol') }]);
  });

  test('says which pages are missing or were left unread', async () => {
    const bytes = buildZip([
      { name: 'OFD.xml', content: '<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>' },
      {
        name: 'D.xml',
        content:
          '<Document><Pages><Page BaseLoc="none.xml"/><Page BaseLoc="P.xml"/><Page BaseLoc="P.xml"/></Pages></Document>',
      },
      {
        name: 'P.xml',
        content: `<Page><Content><Layer>${text(22, 62, '行政许可')}</Layer></Content></Page>`,
      },
    ]);
    const document = await ofdExtractor.extract(bytes, { ...DEFAULT_EXTRACT_SETTINGS, maxPages: 2 }, {});
    expect(document.diagnostics.map(({ code, page }) => [code, page])).toEqual([
      ['PAGE_UNREADABLE', 1],
      ['TRUNCATED_READ', undefined],
    ]);
    expect(document.pages.map(({ pageNumber }) => pageNumber)).toEqual([2]);
  });

  test('refuses a package of countless entries', async () => {
    const entries = Array.from({ length: 20_001 }, (_, i) => ({ name: `${i}`, content: '' }));
    await expect(read(buildZip(entries))).rejects.toMatchObject({ code: 'SOURCE_TOO_LARGE' });
  });

  test('ends with a document or a coded error whatever bytes are damaged', async () => {
    const whole = ofd(TABLE + text(22, 62, '行政许可') + text(80, 62, '12'));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.nat(255),
        fc.nat(whole.length),
        async (at, value, end) => {
          const bytes = Uint8Array.from(value % 2 === 0 ? whole : whole.subarray(0, end));
          if (at < bytes.length) bytes[at] = value;
          const error = await read(bytes).catch((thrown: unknown) => thrown);
          if (error instanceof Error) expect(error).toBeInstanceOf(AppError);
        },
      ),
      { numRuns: 150 },
    );
  });
});
