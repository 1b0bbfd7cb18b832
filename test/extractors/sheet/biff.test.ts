import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../../src/errors/app-error.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { sheetExtractor } from '../../../src/extractors/sheet/index.js';
import type { Document } from '../../../src/model/document.js';
import { u16, u32 } from '../doc/build-word.js';
import {
  buildWorkbook,
  cell,
  cellFormat,
  characters,
  double,
  label,
  number,
  record,
  rk,
  sharedStrings,
  wide,
  XLS,
} from './build-workbook.js';

const read = (bytes: Uint8Array): Promise<Document> =>
  sheetExtractor.extract(bytes, DEFAULT_EXTRACT_SETTINGS, {});
const textsOf = (document: Document): string[][] =>
  document.tables.map((table) => table.cells.map((found) => found.text));

describe('binary workbooks', () => {
  test('reads every kind of cell under its title', async () => {
    const document = await read(
      buildWorkbook(
        [
          {
            records: [
              label(0, 0, '年度报告'),
              record(XLS.sharedLabel, ...cell(2, 0), ...u32(0)),
              number(2, 1, 12.5),
              record(XLS.rk, ...cell(2, 2), ...rk(-7)),
              record(XLS.sharedLabel, ...cell(3, 0), ...u32(1)),
              record(XLS.manyRk, ...u16(3), ...u16(1), ...u16(0), ...rk(3), ...u16(0), ...rk(40), ...u16(2)),
              label(4, 0, '行政强制'),
              record(XLS.manyBlanks, ...u16(4), ...u16(1), ...u16(0), ...u16(0), ...u16(2)),
              label(5, 0, '合计'),
              record(XLS.truthOrError, ...cell(5, 1), 1, 0),
              record(XLS.truthOrError, ...cell(5, 2), 0x07, 1),
            ],
          },
        ],
        { globals: [sharedStrings(['行政许可', '行政处罚'])] },
      ),
    );
    expect(document.blocks[0]).toMatchObject({ kind: 'paragraph', text: '年度报告' });
    expect(textsOf(document)).toEqual([
      ['行政许可', '12.5', '-7', '行政处罚', '3', '40', '行政强制', '', '', '合计', 'TRUE', '#DIV/0!'],
    ]);
    expect(document.tables[0]).toMatchObject({ geometry: 'exact', rowCount: 4, columnCount: 3 });
  });

  test('reads formulas as last computed: numbers, texts, truth values', async () => {
    const special = (kind: number, value = 0): number[] => [kind, 0, value, 0, 0, 0, 0xff, 0xff];
    const formula = (row: number, column: number, result: readonly number[]): number[] =>
      record(XLS.formula, ...cell(row, column), ...result, ...new Array<number>(8).fill(0));
    const document = await read(
      buildWorkbook([
        {
          records: [
            formula(0, 0, special(0)),
            record(XLS.string, ...wide('总计')),
            formula(0, 1, double(3119)),
            formula(1, 0, special(3)),
            formula(1, 1, special(1, 1)),
            number(1, 2, 4),
          ],
        },
      ]),
    );
    expect(textsOf(document)).toEqual([['总计', '3119', '', '', 'TRUE', '4']]);
  });

  test('joins strings that go on in the next record, whichever width they change to', async () => {
    const strings = [
      ...record(XLS.sharedStrings, ...u32(2), ...u32(2), ...u16(6), 1, ...characters('行政')),
      ...record(XLS.continue, 0, ...Buffer.from('AB', 'latin1')),
      ...record(XLS.continue, 1, ...characters('许可'), ...wide('处罚')),
    ];
    const document = await read(
      buildWorkbook(
        [
          {
            records: [0, 1].map((index) => record(XLS.sharedLabel, ...cell(0, index), ...u32(index))),
          },
        ],
        { globals: [strings] },
      ),
    );
    expect(textsOf(document)).toEqual([['行政AB许可', '处罚']]);
  });

  test('passes over formatting runs and phonetic readings of strings', async () => {
    const rich = [...u16(2), 0x0d, ...u16(1), ...u32(3), ...characters('许可'), 1, 0, 2, 0, 9, 9, 9];
    const strings = record(XLS.sharedStrings, ...u32(2), ...u32(2), ...rich, ...wide('处罚'));
    const records = [0, 1].map((index) => record(XLS.sharedLabel, ...cell(0, index), ...u32(index)));
    expect(textsOf(await read(buildWorkbook([{ records }], { globals: [strings] })))).toEqual([
      ['许可', '处罚'],
    ]);
  });

  test('keeps merged cells', async () => {
    const document = await read(
      buildWorkbook([
        {
          records: [
            label(0, 0, '信息内容'),
            label(0, 1, '件数'),
            number(1, 1, 1),
            number(1, 2, 2),
            record(XLS.mergedCells, ...u16(2), ...[0, 1, 0, 0].flatMap(u16), ...[0, 0, 1, 2].flatMap(u16)),
          ],
        },
      ]),
    );
    expect(document.tables[0]?.cells.map((c) => [c.rowSpan, c.columnSpan, c.text])).toEqual([
      [2, 1, '信息内容'],
      [1, 2, '件数'],
      [1, 1, '1'],
      [1, 1, '2'],
    ]);
  });

  test('leaves hidden sheets, rows and columns out, and says so', async () => {
    const row = (index: number, flags: number): number[] =>
      record(XLS.row, ...u16(index), ...new Array<number>(10).fill(0), flags, 0, 0, 0);
    const line = (index: number): number[][] => [0, 1, 2].map((column) => number(index, column, column + 1));
    const document = await read(
      buildWorkbook([
        { records: line(0), state: 1 },
        {
          records: [
            record(XLS.columnInfo, ...u16(1), ...u16(1), ...u16(0), ...u16(0), ...u16(1), ...u16(0)),
            row(1, 0x20),
            ...line(0),
            ...line(1),
            ...line(2),
          ],
        },
      ]),
    );
    expect(textsOf(document)).toEqual([['1', '3', '1', '3']]);
    expect(document.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['HIDDEN_TEXT_SKIPPED', '1 hidden sheets were left out'],
      ['HIDDEN_TEXT_SKIPPED', '5 texts in hidden rows and columns were left out'],
    ]);
  });

  test('shows numbers as their format does, and dates of either system', async () => {
    const formats = [
      record(XLS.numberFormat, ...u16(164), ...wide('yyyy"年"m"月"d"日"')),
      record(XLS.numberFormat, ...u16(165), ...wide('0"件"')),
      ...[164, 165, 41].map(cellFormat),
    ];
    const records = [number(0, 0, 43830, 0), number(0, 1, 12, 1), number(0, 2, 0, 2)];
    const of = async (...more: number[][]): Promise<string[][]> =>
      textsOf(await read(buildWorkbook([{ records }], { globals: [...formats, ...more] })));
    expect(await of()).toEqual([['2019-12-31', '12件', '-']]);
    expect(await of(record(XLS.dateMode, ...u16(1)))).toEqual([['2024-01-01', '12件', '-']]);
  });

  test('shows no zeros where the sheet hides them', async () => {
    const numbers = [number(0, 0, 5), number(0, 1, 0), number(0, 2, 6)];
    const records = [...numbers, record(XLS.window, ...u16(0), ...u16(0))];
    expect(textsOf(await read(buildWorkbook([{ records }])))).toEqual([['5', '', '6']]);
  });

  test('reads the GBK of workbooks from before 1997', async () => {
    const gbk = [0xd0, 0xed, 0xbf, 0xc9];
    const records = [record(XLS.label, ...cell(0, 0), ...u16(4), ...gbk), number(0, 1, 8)];
    const globals = [record(XLS.codePage, ...u16(936))];
    const bytes = buildWorkbook([{ name: 'a', records }], { version: 0x0500, streamName: 'Book', globals });
    expect(textsOf(await read(bytes))).toEqual([['许可', '8']]);
  });

  test('leaves charts inside a sheet out', async () => {
    const chart = [...record(0x0809, ...u16(0x0600), ...u16(0x20)), ...number(0, 0, 99), ...record(0x000a)];
    const records = [number(0, 0, 1), chart, number(0, 1, 2)];
    expect(textsOf(await read(buildWorkbook([{ records }])))).toEqual([['1', '2']]);
  });

  const full = { records: [label(0, 0, '许可'), number(0, 1, 1)] };
  test.each([
    ['a password', buildWorkbook([full], { globals: [record(XLS.filePassword, 1, 0)] }), 'SOURCE_ENCRYPTED'],
    ['no sheet', buildWorkbook([]), 'SOURCE_CORRUPT'],
    ['an unknown version', buildWorkbook([full], { version: 0x0400 }), 'SOURCE_CORRUPT'],
    ['a cell that is cut short', buildWorkbook([{ records: [record(XLS.number, 0, 0)] }]), 'SOURCE_CORRUPT'],
    [
      'a string longer than its record',
      buildWorkbook([{ records: [record(XLS.label, ...cell(0, 0), ...u16(99), 1, 65, 0)] }]),
      'SOURCE_CORRUPT',
    ],
    [
      'more shared strings than bytes',
      buildWorkbook([full], { globals: [record(XLS.sharedStrings, ...u32(1), ...u32(0x7fffffff))] }),
      'SOURCE_CORRUPT',
    ],
    ['nothing written', buildWorkbook([{ records: [] }]), 'SOURCE_EMPTY'],
  ])('refuses a workbook with %s', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ code });
  });

  test('reads a cut or damaged workbook not at all or ends with a catalogued error', async () => {
    const whole = buildWorkbook([full, full], { globals: [sharedStrings(['一', '二'])] });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(400),
        fc.integer({ min: 0, max: 255 }),
        fc.option(fc.nat(300)),
        async (at, value, cutAt) => {
          const bytes = cutAt === null ? Uint8Array.from(whole) : buildWorkbook([full, full], { cutAt });
          // The workbook's stream begins behind the header and the allocation table.
          bytes[1024 + at] = value;
          const error = await read(bytes).catch((thrown: unknown) => thrown);
          if (error instanceof Error) expect(error).toBeInstanceOf(AppError);
        },
      ),
      { numRuns: 150 },
    );
  });
});
