import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { AppError } from '../../../src/errors/app-error.js';
import { docExtractor } from '../../../src/extractors/doc/index.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import type { Document, Table } from '../../../src/model/document.js';
import {
  buildCompoundFile,
  buildWord,
  IN_TABLE,
  paragraph,
  row,
  ROW_END,
  sprm,
  u16,
  u32,
} from './build-word.js';

const read = (bytes: Uint8Array): Promise<Document> =>
  docExtractor.extract(bytes, DEFAULT_EXTRACT_SETTINGS, {});

function texts(document: Document): string[] {
  return document.blocks.flatMap((block) => (block.kind === 'table' ? [] : [block.text]));
}

function grid(table: Table | undefined): (string | number)[][] {
  return (table?.cells ?? []).map((c) => [c.rowIndex, c.columnIndex, c.rowSpan, c.columnSpan, c.text]);
}

const VERTICAL_START = 0x60;
const VERTICAL_CONTINUE = 0x20;

describe('docExtractor', () => {
  test('reads paragraphs of UTF-16 text in order', async () => {
    const document = await read(buildWord([paragraph('一、总体情况\r'), paragraph('共收到3件\r')]));
    expect(texts(document)).toEqual(['一、总体情况', '共收到3件']);
    expect(document.blocks[1]).toMatchObject({ evidence: { kind: 'span', start: 7, end: 13 } });
  });

  test('reads compressed pieces as Windows-1252', async () => {
    const document = await read(buildWord([paragraph('2024 \x93quoted\x94\r')], { compressed: true }));
    expect(texts(document)).toEqual(['2024 “quoted”']);
  });

  test('puts the pieces of a fast-saved document in order, each with its own properties', async () => {
    const parts = [
      paragraph('一、总体情况\r'),
      ...row(['许可', '12'], [0, 500, 900]),
      paragraph('二、其他\r'),
    ];
    const whole = await read(buildWord(parts));
    const fast = await read(buildWord(parts, { fileOrder: [4, 2, 0, 3, 1] }));
    expect(grid(fast.tables[0])).toEqual([
      [0, 0, 1, 1, '许可'],
      [0, 1, 1, 1, '12'],
    ]);
    expect(fast.blocks).toEqual(whole.blocks);
    expect(fast.tables).toEqual(whole.tables);
  });

  test('puts rows with different borders on one grid and keeps blank cells', async () => {
    const document = await read(
      buildWord([
        ...row(['题', ''], [0, 1000, 3000]),
        ...row(['a', 'b', ''], [0, 1003, 2000, 3001]),
        paragraph('后\r'),
      ]),
    );
    expect(document.tables[0]).toMatchObject({ rowCount: 2, columnCount: 3, geometry: 'exact' });
    expect(grid(document.tables[0])).toEqual([
      [0, 0, 1, 1, '题'],
      [0, 1, 1, 2, ''],
      [1, 0, 1, 1, 'a'],
      [1, 1, 1, 1, 'b'],
      [1, 2, 1, 1, ''],
    ]);
    expect(texts(document)).toEqual(['后']);
  });

  test('joins cells merged downwards by flags and by sprmTVertMerge', async () => {
    const byFlag = await read(
      buildWord([
        ...row(['上', '1'], [0, 500, 900], [VERTICAL_START]),
        ...row(['', '2'], [0, 500, 900], [VERTICAL_CONTINUE]),
        ...row(['下', '3'], [0, 500, 900], [VERTICAL_START]),
        paragraph('\r'),
      ]),
    );
    expect(grid(byFlag.tables[0])[0]).toEqual([0, 0, 2, 1, '上']);
    expect(grid(byFlag.tables[0]).at(-2)).toEqual([2, 0, 1, 1, '下']);
    const withSprm = (flag: number) => {
      const cells = row(['x', 'y'], [0, 500, 900]);
      const mark = cells[2];
      return [
        ...cells.slice(0, 2),
        {
          ...mark,
          runs: mark?.runs ?? [],
          modifiers: [...(mark?.modifiers ?? []), ...sprm(0xd62b, 2, 1, flag)],
        },
      ];
    };
    const bySprm = await read(buildWord([...withSprm(3), ...withSprm(1), paragraph('\r')]));
    expect(grid(bySprm.tables[0])).toContainEqual([0, 1, 2, 1, 'y']);
  });

  test.each([
    ['the older meaning of the flags', [1, 2, 0]],
    ['the newer meaning of the flags', [2, 1, 0]],
  ])('joins cells merged sideways under %s', async (_, flags) => {
    const document = await read(
      buildWord([
        ...row(['宽', '', '窄'], [0, 500, 900, 1300], flags),
        ...row(['1', '2', '3'], [0, 500, 900, 1300]),
        paragraph('\r'),
      ]),
    );
    expect(grid(document.tables[0]).slice(0, 2)).toEqual([
      [0, 0, 1, 2, '宽'],
      [0, 2, 1, 1, '窄'],
    ]);
  });

  test('keeps a table inside a cell as a table of its own', async () => {
    const depth = (n: number) => [...IN_TABLE, ...sprm(0x6649, ...u32(n))];
    const innerEdges = [1, ...u16(0), ...u16(400), ...u16(0), ...new Array<number>(18).fill(0)];
    const outer = row(['左', '右'], [0, 500, 900]);
    const document = await read(
      buildWord([
        ...outer.slice(0, 1),
        paragraph('内\r', [...depth(2), ...sprm(0x244b, 1)]),
        paragraph('\r', [
          ...depth(2),
          ...sprm(0x244b, 1),
          ...sprm(0x244c, 1),
          ...sprm(0xd608, ...u16(innerEdges.length + 1), ...innerEdges),
        ]),
        ...outer.slice(1),
        paragraph('\r'),
      ]),
    );
    expect(document.tables.map((t) => t.cells.map((c) => c.text))).toEqual([['左', '右'], ['内']]);
  });

  test('drops deleted and hidden text and field codes, and says that text was hidden', async () => {
    const document = await read(
      buildWord([
        {
          runs: [
            { text: '共' },
            { text: '999', modifiers: sprm(0x0800, 1) },
            { text: '2' },
            { text: '密', modifiers: sprm(0x083c, 1) },
            { text: '\x13 PAGEREF x \x14件\x15' },
            { text: '\r' },
          ],
        },
      ]),
    );
    expect(texts(document)).toEqual(['共2件']);
    expect(document.diagnostics.map((d) => d.code)).toEqual(['HIDDEN_TEXT_SKIPPED']);
  });

  test('takes struck-out text for removed beside its correction, and keeps it in doubt where it stands alone', async () => {
    const struck = { text: '55', modifiers: sprm(0x0837, 1) };
    const twice = { text: '7', modifiers: sprm(0x2a53, 1) };
    const cells = row(['a', 'b'], [0, 500, 900]).map((one, i) => {
      const content = [[struck, { text: '66' }], [twice]][i];
      return content ? { ...one, runs: [...content, { text: '\x07' }] } : one;
    });
    const document = await read(
      buildWord([
        { runs: [{ text: '共' }, struck, { text: '66件' }, { text: '\r' }] },
        ...cells,
        paragraph('\r'),
      ]),
    );
    expect(texts(document)).toEqual(['共66件']);
    expect(document.tables[0]?.cells.map(({ text, confidence }) => [text, confidence])).toEqual([
      ['66', undefined],
      ['7', 0.5],
    ]);
  });

  test('drops rows whose end mark was deleted under revision', async () => {
    const gone = row(['旧', '1'], [0, 500, 900]);
    const deleted = gone.map((p) => ({
      ...p,
      runs: p.runs.map((run) => ({ ...run, modifiers: sprm(0x0800, 1) })),
    }));
    const document = await read(buildWord([...row(['新', '2'], [0, 500, 900]), ...deleted, paragraph('\r')]));
    expect(document.tables[0]?.cells.map((c) => c.text)).toEqual(['新', '2']);
  });

  test('writes automatic numbers out in front of their paragraphs', async () => {
    const xst = (text: string) => [...u16(text.length), ...[...text].flatMap((c) => u16(c.charCodeAt(0)))];
    const level = (nfc: number, text: string) => [
      ...u32(1),
      nfc,
      0,
      ...new Array<number>(9).fill(0),
      0,
      ...u32(0),
      ...u32(0),
      0,
      0,
      0,
      0,
      ...xst(text),
    ];
    const lists = {
      lst: [...u16(1), ...u32(77), ...u32(0), ...new Array<number>(18).fill(0), 0, 0],
      levels: [
        ...level(37, '\x00、'),
        ...level(0, '\x01.'),
        ...Array.from({ length: 7 }, () => level(0, '')).flat(),
      ],
      lfo: [...u32(1), ...u32(77), ...u32(0), ...u32(0), 0, 0, 0, 0, ...u32(0xffffffff)],
    };
    const numbered = (text: string, ilvl: number) =>
      paragraph(text, [...sprm(0x260a, ilvl), ...sprm(0x460b, ...u16(1))]);
    const document = await read(
      buildWord(
        [
          numbered('甲\r', 0),
          numbered('子\r', 1),
          numbered('丑\r', 1),
          numbered('乙\r', 0),
          numbered('寅\r', 1),
        ],
        { lists },
      ),
    );
    expect(texts(document)).toEqual(['一、甲', '1.子', '2.丑', '二、乙', '1.寅']);
    expect(document.diagnostics.map((d) => d.code)).toContain('NUMBERING_RESOLVED');
  });

  test('calls a table ordered where a row has other cells than its definition', async () => {
    const cells = row(['a', 'b'], [0, 500, 900]);
    const document = await read(buildWord([paragraph('多\x07', IN_TABLE), ...cells, paragraph('\r')]));
    expect(document.tables[0]?.geometry).toBe('ordered');
    expect(document.tables[0]?.cells.map((c) => c.text)).toEqual(['多', 'a', 'b']);
  });

  test('keeps the cells of a last row whose end mark is missing', async () => {
    const document = await read(
      buildWord([...row(['a'], [0, 500]), paragraph('b\x07', IN_TABLE), paragraph('\x07', ROW_END)]),
    );
    expect(document.tables[0]?.cells.map((c) => c.text)).toEqual(['a', 'b']);
  });

  test.each([
    ['a password', buildWord([paragraph('x\r')], { flags: 0x0100 }), 'SOURCE_ENCRYPTED'],
    ['Word 95', buildWord([paragraph('x\r')], { version: 104 }), 'FORMAT_UNSUPPORTED'],
    [
      'a compound file without Word',
      buildCompoundFile({ Workbook: new Uint8Array(8) }),
      'FORMAT_UNSUPPORTED',
    ],
    ['a file cut in half', buildWord([paragraph('x\r')]).subarray(0, 3000), 'SOURCE_CORRUPT'],
    ['no compound file', new Uint8Array([1, 2, 3]), 'SOURCE_CORRUPT'],
  ])('refuses %s with its code', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ code });
  });

  test('ends with a document or a coded error whatever bytes are damaged', async () => {
    const whole = buildWord([...row(['a', 'b'], [0, 500, 900]), paragraph('尾\r')]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        async (changes) => {
          const bytes = whole.slice();
          for (const [at, value] of changes) bytes[at] = value;
          try {
            await read(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

const CORPUS = '../shared/corpus';
(existsSync(CORPUS) ? describe : describe.skip)(
  'docExtractor on the shared corpus (skipped where it is absent)',
  () => {
    test.each(['r10006', 'r10018', 'r10036'])(
      'reads the three tables of %s with their merges',
      async (name) => {
        const document = await read(new Uint8Array(readFileSync(`${CORPUS}/${name}.doc`)));
        const shapes = document.tables.map((t) => [t.geometry, t.rowCount, t.columnCount]);
        expect(shapes).toEqual([
          ['exact', 14, 4],
          ['exact', 28, 10],
          ['exact', 4, 15],
        ]);
      },
    );
  },
);
