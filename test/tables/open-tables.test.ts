import { describe, expect, test } from '@jest/globals';
import type { Document, Table } from '../../src/model/document.js';
import type { RulingLine } from '../../src/model/geometry.js';
import type { Glyph } from '../../src/tables/glyph.js';
import { isValueText } from '../../src/tables/open/chunk.js';
import { readPages, rowTexts } from '../helpers/printed-pages.js';

const SIZE = 10;
const PITCH = 12;
const WIDTH = SIZE / 2;

/** Characters of equal width from `left` on. */
function print(text: string, left: number, top: number): Glyph[] {
  return [...text].flatMap((character, i): Glyph[] =>
    character === ' '
      ? []
      : [
          {
            text: character,
            box: { left: left + i * WIDTH, top, right: left + (i + 1) * WIDTH, bottom: top + SIZE },
            size: SIZE,
            turn: 0,
            isAfterSpace: text[i - 1] === ' ',
          },
        ],
  );
}

/** A text that ends at `right`. */
function printTo(text: string, right: number, top: number): Glyph[] {
  return print(text, right - text.length * WIDTH, top);
}

/** A label at the left and values flush right, 70 points apart. */
function row(top: number, label: string, values: readonly string[] = [], left = 60): Glyph[] {
  return [...print(label, left, top), ...values.flatMap((value, i) => printTo(value, 300 + 70 * i, top))];
}

function rows(top: number, lines: readonly (readonly [string, ...string[]])[]): Glyph[] {
  return lines.flatMap(([label, ...values], i) =>
    row(top + i * PITCH, label.trimStart(), values, 60 + 5 * (label.length - label.trimStart().length)),
  );
}

function rule(at: number, from = 55, to = 450): RulingLine {
  return { direction: 'horizontal', at, from, to, thickness: 0.5 };
}

function read(glyphs: readonly Glyph[], rulings: readonly RulingLine[] = []): Document {
  return readPages([{ glyphs, rulings }]);
}

function rowsOf(table: Table | undefined): string[] {
  return rowTexts(table, ' ');
}

const SENTENCES =
  'the agency awarded grants to State and local governments and completed all of the reviews required by the statute';

/** Lines of running text, all of one length. */
function prose(left: number, top: number, count: number, length = 44): Glyph[] {
  return Array.from({ length: count }, (_, i) =>
    print(SENTENCES.slice(i, i + length), left, top + i * PITCH),
  ).flat();
}

describe('open tables', () => {
  test('keep their title, their notes and the text around them out', () => {
    const glyphs = [
      ...prose(60, 40, 4, 80),
      ...print('Table 4. Farms by State, selected years', 60, 110),
      ...rows(140, [
        ['State', '2007', '2012'],
        ['Alabama', '48,753', '43,223'],
        ['Alaska', '686', '762'],
        ['Arizona', '15,637', '20,005'],
      ]),
      ...print('Source: Census of Agriculture.', 60, 190),
      ...prose(60, 220, 4, 80),
    ];
    const { tables } = read(glyphs);
    expect(tables.map(rowsOf)).toEqual([
      ['State | 2007 | 2012', 'Alabama | 48,753 | 43,223', 'Alaska | 686 | 762', 'Arizona | 15,637 | 20,005'],
    ]);
  });

  test('have dots that lead to the values in their labels, not in columns', () => {
    const glyphs = rows(100, [
      ['Item', '2008', '2009'],
      ['Receipts..................', '2,524', '2,105'],
      ['Excise taxes..............', '67', '62'],
      ['Outlays...................', '2,983', '3,518'],
    ]);
    expect(rowsOf(read(glyphs).tables[0])[1]).toBe('Receipts.................. | 2,524 | 2,105');
  });

  test('take a currency sign at the left of a column to the number at its right', () => {
    const glyphs = [
      ...rows(100, [
        ['', '2010', '2011'],
        ['Salaries', '3,968', '722'],
        ['Grants to States', '8,232', '131'],
        ['Total', '20,930', '5,459'],
      ]),
      ...print('$', 262, 112),
      ...print('$', 332, 112),
    ];
    expect(rowsOf(read(glyphs).tables[0])[1]).toBe('Salaries | $ 3,968 | $ 722');
  });

  test('tell a wrapped label from a label that heads the rows below it', () => {
    const glyphs = rows(100, [
      ['Characteristic', 'Number', 'Percent'],
      ['Households with income below the'],
      ['poverty threshold', '6,112', '12.5'],
      ['Age:'],
      ['  Under 18 years', '2,940', '48.1'],
      ['  65 years and over', '511', '8.4'],
    ]);
    expect(rowsOf(read(glyphs).tables[0])).toEqual([
      'Characteristic | Number | Percent',
      'Households with income below the poverty threshold | 6,112 | 12.5',
      'Age: |  | ',
      'Under 18 years | 2,940 | 48.1',
      '65 years and over | 511 | 8.4',
    ]);
  });

  test('have heads that span the columns below their rule', () => {
    const glyphs = [
      ...print('Men', 313, 100),
      ...print('Women', 443, 100),
      ...rows(116, [
        ['Offense', '2001', '2010', '2001', '2010'],
        ['Robbery', '9,462', '6,656', '1,774', '1,346'],
        ['Burglary', '2,085', '4,720', '7,032', '8,810'],
        ['Fraud', '8,433', '6,885', '1,246', '2,222'],
      ]),
    ];
    const table = read(glyphs, [rule(112, 270, 372), rule(112, 400, 512)]).tables[0];
    const spans = table?.cells
      .filter((cell) => cell.columnSpan > 1)
      .map(({ text, columnIndex, columnSpan }) => [text, columnIndex, columnSpan]);
    expect(spans).toEqual([
      ['Men', 1, 2],
      ['Women', 3, 2],
    ]);
  });

  test('are not made of running text in two columns, nor of a table of contents', () => {
    expect(read([...prose(60, 60, 20), ...prose(320, 60, 20)]).tables).toEqual([]);
    const contents = ['Introduction', 'Methods and Data', 'Findings', 'Conclusions'].map((title, i) => [
      ...print(title.padEnd(60, '.'), 60, 60 + 20 * i),
      ...printTo(String(3 + 4 * i), 400, 60 + 20 * i),
    ]);
    expect(read(contents.flat()).tables).toEqual([]);
  });

  test('stand in one column of a page whose other column is running text', () => {
    const glyphs = [
      ...prose(330, 40, 30),
      ...prose(60, 40, 6),
      ...['State', 'Iowa', 'Ohio', 'Utah'].flatMap((label, i) => [
        ...print(label, 60, 140 + i * PITCH),
        ...printTo(['Farms', '92,856', '75,861', '16,700'][i] ?? '', 260, 140 + i * PITCH),
      ]),
      ...prose(60, 220, 8),
    ];
    const { tables, blocks } = read(glyphs);
    expect(tables.map(rowsOf)).toEqual([
      ['State | Farms', 'Iowa | 92,856', 'Ohio | 75,861', 'Utah | 16,700'],
    ]);
    const text = blocks.flatMap((block) => (block.kind === 'table' ? [] : [block.text])).join(' ');
    expect(text).toContain(SENTENCES.slice(10, 54));
    expect(text).not.toContain('92,856');
  });

  test('are read where vertical rules part the columns and no rule parts the rows', () => {
    const glyphs = rows(104, [
      ['State', '2007', '2012'],
      ['Alabama', '48,753', '43,223'],
      ['Alaska', '686', '762'],
      ['Arizona', '15,637', '20,005'],
      ['Iowa', '9,285', '8,864'],
    ]);
    const vertical = [55, 240, 320, 390].map((at): RulingLine => ({
      direction: 'vertical',
      at,
      from: 100,
      to: 170,
      thickness: 0.5,
    }));
    const horizontal = [100, 115, 170].map((at) => rule(at, 55, 390));
    expect(rowsOf(read(glyphs, [...vertical, ...horizontal]).tables[0])).toContain('Alaska | 686 | 762');
  });
});

test('values are numbers, amounts, intervals and marks for none, not words or dates', () => {
  for (const text of ['1,234', '$5.2', '(59)', '12.5%', '23.1 (20.0–25.2)', '–', '(NA)', '12r', '<0.1'])
    expect([text, isValueText(text)]).toEqual([text, true]);
  for (const text of ['Total', 'Nov. 2011', '18 years', 'Table 4', '2nd quarter'])
    expect([text, isValueText(text)]).toEqual([text, false]);
});

test('doubled letters that a font joins to one sign are both kept, overprinted ones are not', () => {
  const joined = print('Ofice of grants and loans, all of the programs together', 60, 60);
  const sign = { ...joined[1], box: { left: 65, right: 73, top: 60, bottom: 70 } } as Glyph;
  const ligature = [
    ...joined.slice(0, 1),
    sign,
    { ...sign },
    ...joined.slice(2).map((glyph) => ({
      ...glyph,
      box: { ...glyph.box, left: glyph.box.left + 3, right: glyph.box.right + 3 },
    })),
  ];
  const text = read(ligature)
    .blocks.flatMap((block) => (block.kind === 'table' ? [] : [block.text]))
    .join('');
  expect(text).toContain('Office of grants');
  const bold = joined.flatMap((glyph) => [glyph, { ...glyph }]);
  expect(
    read(bold)
      .blocks.flatMap((block) => (block.kind === 'table' ? [] : [block.text]))
      .join(''),
  ).toContain('Ofice of grants');
});

describe('Tables typed with a typewriter', () => {
  test('rules of dashes are no rows, and part the head from the body', () => {
    const document = read([
      ...print('-'.repeat(78), 60, 88),
      ...row(100, 'State', ['Farms', 'Acres']),
      ...print('-'.repeat(78), 60, 112),
      ...rows(124, [
        ['Alabama', '48', '1,200'],
        ['Alaska', '7', '881'],
        ['Arizona', '15', '26,100'],
      ]),
      ...print('-'.repeat(78), 60, 160),
    ]);
    expect(rowsOf(document.tables[0])).toEqual([
      'State | Farms | Acres',
      'Alabama | 48 | 1,200',
      'Alaska | 7 | 881',
      'Arizona | 15 | 26,100',
    ]);
  });

  test('columns of short labels close to numbers stay apart where no two words show the space', () => {
    const document = read([
      ...['Alabama', 'Alaska', 'Arizona', 'Idaho'].flatMap((name, i) => [
        ...print(name, 60, 100 + i * PITCH),
        ...printTo(`${i + 1},204`, 180, 100 + i * PITCH),
        ...print(['Kansas', 'Maine', 'Nevada', 'Ohio'][i] ?? '', 188, 100 + i * PITCH),
        ...printTo(`${i + 3},911`, 300, 100 + i * PITCH),
      ]),
    ]);
    expect(document.tables[0]?.columnCount).toBe(4);
  });
});

describe('Lines of one text in the body of a table', () => {
  test('one in the middle stands over all columns, one at the labels heads rows', () => {
    const document = read(
      [
        ...row(100, 'Schooling', ['Male', 'Female', 'Total']),
        ...print('PERCENT', 235, 118),
        ...row(136, 'Northern and western regions of the whole country together'),
        ...rows(148, [
          ['  High school', '31', '28', '59'],
          ['  College', '12', '19', '31'],
          ['  Other', '2', '4', '6'],
        ]),
      ],
      [rule(98), rule(113), rule(186)],
    );
    const cells = document.tables[0]?.cells ?? [];
    expect(cells.find(({ text }) => text === 'PERCENT')).toMatchObject({ columnIndex: 0, columnSpan: 4 });
    expect(cells.find(({ text }) => text.startsWith('Northern'))).toMatchObject({
      columnIndex: 0,
      columnSpan: 1,
    });
  });
});
