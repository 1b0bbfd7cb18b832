import { describe, expect, test } from '@jest/globals';
import type { Document, Table } from '../../src/model/document.js';
import type { RulingLine } from '../../src/model/geometry.js';
import type { Glyph } from '../../src/tables/glyph.js';
import { readPages, rowTexts } from '../helpers/printed-pages.js';

const SIZE = 10;

/** Characters of `text` from `left` on: digits and Latin letters are half as wide as Chinese characters. */
function print(text: string, left: number, top: number): Glyph[] {
  let at = left;
  return [...text].flatMap((character): Glyph[] => {
    const width = /[\u2e80-\uffef]/.test(character) ? SIZE : SIZE / 2;
    at += width;
    if (character === ' ') return [];
    return [
      {
        text: character,
        box: { left: at - width, top, right: at, bottom: top + SIZE },
        size: SIZE,
        turn: 0,
        isAfterSpace: false,
      },
    ];
  });
}

function row(top: number, label: string, values: readonly string[]): Glyph[] {
  return [...print(label, 60, top), ...values.flatMap((value, i) => print(value, 260 + 60 * i, top))];
}

function read(...pages: (readonly Glyph[])[]): Document {
  return readPages(pages.map((glyphs) => ({ glyphs, rulings: [] })));
}

function rowsOf(table: Table | undefined): string[] {
  return rowTexts(table, '/');
}

function frame(at: readonly number[]): RulingLine[] {
  const [first = 0, last = 0] = [at[0], at.at(-1)];
  return [
    ...at.map((y): RulingLine => ({ direction: 'horizontal', at: y, from: 50, to: 500, thickness: 1 })),
    ...[50, 500].map((x): RulingLine => ({
      direction: 'vertical',
      at: x,
      from: first,
      to: last,
      thickness: 1,
    })),
  ];
}

describe('A table without lines', () => {
  test('keeps its last row where the value stands close behind the label', () => {
    const { tables } = read([
      ...row(100, '信息内容', ['决定']),
      ...row(130, '行政许可', ['136']),
      ...row(160, '行政处罚', ['1821']),
      ...print('按照法律收取的一切行政事业性收费费用 0', 60, 190).map((glyph, i) =>
        i === 18 ? { ...glyph, box: { ...glyph.box, left: 260, right: 265 } } : glyph,
      ),
    ]);
    expect(rowsOf(tables[0]).at(-1)).toBe('按照法律收取的一切行政事业性收费费用 | 0');
  });

  test('begins below the line that tells its unit and who filled it in', () => {
    const { tables } = read([
      ...print('单位：件', 260, 80),
      ...print('填报人：张三', 330, 80),
      ...print('表号：甲', 430, 80),
      ...row(100, '项目', ['自然', '商业', '科研', '总计']),
      ...row(120, '一、新收', ['1', '2', '3', '6']),
      ...row(140, '二、结转', ['4', '5', '6', '15']),
    ]);
    expect(rowsOf(tables[0])[0]).toBe('项目 | 自然 | 商业 | 科研 | 总计');
  });

  test('ends at the heading of the next section, however far its rows are apart', () => {
    const { tables, blocks } = read([
      ...row(100, '信息内容', ['决定']),
      ...row(150, '行政许可', ['136']),
      ...row(200, '行政处罚', ['1821']),
      ...print('三、收到和处理政府信息公开申请情况', 55, 250),
      ...row(300, '项目', ['自然', '商业', '科研', '总计']),
      ...row(350, '一、新收', ['1', '2', '3', '6']),
      ...row(400, '二、结转', ['4', '5', '6', '15']),
    ]);
    expect(tables.map(({ columnCount }) => columnCount)).toEqual([2, 5]);
    expect(blocks.some((block) => block.kind === 'heading' && block.text.startsWith('三、'))).toBe(true);
  });

  test('gives labels of many lines to the values beside them, and makes rows of labels without values', () => {
    const lines = (top: number, texts: readonly string[]): Glyph[] =>
      texts.flatMap((text, i) => print(text, 60, top + 14 * i));
    const { tables } = read([
      ...print('指标', 60, 60),
      ...print('单位', 200, 60),
      ...print('数量', 260, 60),
      ...lines(100, ['1.政府公', '报公开政', '府信息数']),
      ...print('条', 200, 114),
      ...print('7', 260, 114),
      ...lines(170, ['2.政府网', '站公开政', '府信息数', '（条）']),
      ...print('条', 200, 191),
      ...print('8', 260, 191),
      ...lines(256, ['3.其他']),
      ...lines(300, ['4.政务', '微博']),
      ...print('条', 200, 307),
      ...print('9', 260, 307),
    ]);
    expect(rowsOf(tables[0])).toEqual([
      '指标 | 单位 | 数量',
      '1.政府公/报公开政/府信息数 | 条 | 7',
      '2.政府网/站公开政/府信息数/（条） | 条 | 8',
      '3.其他 |  | ',
      '4.政务/微博 | 条 | 9',
    ]);
  });

  test('tells labels apart by their numbers where all lines are equally far apart', () => {
    const labels = [
      '1.属于国家',
      '秘密',
      '2.其他法律',
      '法规禁止',
      '3.危及三安',
      '全一稳定',
      '4.保护合法',
      '权益',
    ];
    const { tables } = read([
      ...row(20, '', ['自然人', '企业', '总计']),
      ...labels.flatMap((text, i) => print(text, 60, 40 + 20 * i)),
      ...[0, 1, 2, 3].flatMap((i) => row(50 + 40 * i, '', [`${i}`, `${i + 1}`, `${2 * i + 1}`])),
    ]);
    expect(rowsOf(tables[0]).slice(1)).toEqual([
      '1.属于国家/秘密 | 0 | 1 | 1',
      '2.其他法律/法规禁止 | 1 | 2 | 3',
      '3.危及三安/全一稳定 | 2 | 3 | 5',
      '4.保护合法/权益 | 3 | 4 | 7',
    ]);
  });

  test('gives a row to the whole label level with it, not to a longer one without values near by', () => {
    const line = (top: number, left: number, label: string, values: readonly string[]): Glyph[] => [
      ...print(label, left, top),
      ...values.flatMap((value, i) => print(value, 320 + 60 * i, top)),
    ];
    const { tables } = read([
      ...line(20, 60, '', ['自然人', '企业', '总计']),
      ...line(40, 60, '一、本年新收申请数量', ['3', '4', '7']),
      ...line(60, 60, '（一）公开', ['3', '1', '4']),
      ...print('（二）部分公开（区分处理的，只计这', 60, 80),
      ...line(110, 140, '1.属于国家秘密', ['5', '6', '11']),
      ...line(130, 140, '2.其他法律禁止公开', ['7', '8', '15']),
      ...line(150, 140, '3.危及三安全', ['1', '8', '9']),
      ...line(170, 140, '4.保护合法权益', ['2', '8', '10']),
    ]);
    const valued = rowsOf(tables[0]).find((text) => text.includes('（一）公开'));
    expect(valued).toMatch(/3 \| 1 \| 4$/);
    expect(rowsOf(tables[0]).find((text) => text.includes('（二）'))).not.toMatch(/\d/);
  });

  test('gives numbers set flush right to the heads set flush left of them, though the next heads are nearer', () => {
    const heads = ['本年制发', '本年废止', '现行有效'];
    const values = (top: number, label: string, numbers: readonly string[]): Glyph[] => [
      ...print(label, 60, top),
      ...numbers.flatMap((number, i) => print(number, 290 + 100 * i, top)),
    ];
    const { tables } = read([
      ...print('信息内容', 60, 20),
      ...heads.flatMap((head, i) => print(head, 200 + 100 * i, 20)),
      ...values(40, '规章', ['1', '2', '3']),
      ...values(60, '规范性文件', ['4', '5', '6']),
      ...values(80, '其他文件', ['7', '8', '9']),
    ]);
    expect(rowsOf(tables[0])).toEqual([
      '信息内容 | 本年制发 | 本年废止 | 现行有效',
      '规章 | 1 | 2 | 3',
      '规范性文件 | 4 | 5 | 6',
      '其他文件 | 7 | 8 | 9',
    ]);
  });

  test('reads values of two lines into their row, also in columns that nearly touch', () => {
    const lefts = [160, 190, 220, 250, 280, 320, 345];
    const entry = (top: number, label: string, values: readonly number[]): Glyph[] => [
      ...print(label, 60, top),
      ...values.flatMap((value, i) =>
        i < 5
          ? print(`${value}件`, lefts[i] ?? 0, top)
          : [...print(String(value), lefts[i] ?? 0, top - 9), ...print('件', lefts[i] ?? 0, top + 6)],
      ),
    ];
    const { tables } = read([
      ...print('项目', 60, 60),
      ...[...'一二三四五六七'].flatMap((text, i) => print(text, lefts[i] ?? 0, 60)),
      ...entry(100, '1.新收', [1, 2, 3, 4, 5, 6, 21]),
      ...entry(150, '2.结转', [1, 1, 1, 1, 1, 1, 6]),
      ...entry(200, '3.办理', [2, 2, 2, 2, 2, 2, 12]),
    ]);
    expect(rowsOf(tables[0]).slice(1)).toEqual([
      '1.新收 | 1件 | 2件 | 3件 | 4件 | 5件 | 6/件 | 21/件',
      '2.结转 | 1件 | 1件 | 1件 | 1件 | 1件 | 1/件 | 6/件',
      '3.办理 | 2件 | 2件 | 2件 | 2件 | 2件 | 2/件 | 12/件',
    ]);
  });
});

describe('A table with lines between its rows only', () => {
  test('is one table over a page break', () => {
    const { tables } = readPages([
      {
        glyphs: [...row(705, '项目', ['本年', '上年']), ...row(725, '许可', ['1', '2'])],
        rulings: frame([700, 720, 740]),
      },
      {
        glyphs: [...row(55, '处罚', ['3', '4']), ...row(75, '强制', ['5', '6'])],
        rulings: frame([50, 70, 90]),
      },
    ]);
    expect(tables.map(rowsOf)).toEqual([
      ['项目 | 本年 | 上年', '许可 | 1 | 2', '处罚 | 3 | 4', '强制 | 5 | 6'],
    ]);
  });
});

describe('A ruled table over a page break', () => {
  const grid = (tops: readonly number[], lefts: readonly number[]): RulingLine[] => [
    ...tops.map((at): RulingLine => ({ direction: 'horizontal', at, from: 100, to: 340, thickness: 1 })),
    ...lefts.map((at): RulingLine => {
      return { direction: 'vertical', at, from: tops[0] ?? 0, to: tops.at(-1) ?? 0, thickness: 1 };
    }),
  ];

  test('has one row where its values stand on the one page and its label on the other', () => {
    const { tables } = readPages([
      {
        glyphs: [
          ...print('3.其他', 105, 705),
          ...print('7', 225, 705),
          ...print('8', 285, 705),
          ...print('9', 225, 725),
          ...print('10', 285, 725),
        ],
        rulings: grid([700, 720, 740], [100, 220, 280, 340]),
      },
      {
        glyphs: [
          ...print('（七）总计', 105, 55),
          ...print('四、结转', 105, 75),
          ...print('1', 225, 75),
          ...print('2', 285, 75),
        ],
        rulings: grid([50, 70, 90], [100, 220, 280, 340]),
      },
    ]);
    expect(tables.map(rowsOf)).toEqual([['3.其他 | 7 | 8', '（七）总计 | 9 | 10', '四、结转 | 1 | 2']]);
  });

  test('keeps the column of a label that spans the whole page, whose border no line crosses', () => {
    const { tables } = readPages([
      {
        glyphs: [
          ...print('1.属于', 105, 705),
          ...print('7', 225, 705),
          ...print('8', 285, 705),
          ...print('结果', 60, 725),
          ...print('2.其他', 105, 725),
          ...print('9', 225, 725),
          ...print('10', 285, 725),
        ],
        rulings: grid([700, 720, 740], [50, 100, 220, 280, 340]),
      },
    ]);
    expect(rowsOf(tables[0])).toEqual(['结果 | 1.属于 | 7 | 8', '2.其他 | 9 | 10']);
  });
});

describe('A table whose cells are boxes apart from each other', () => {
  test('has no rows and columns for the space between them', () => {
    const box = (left: number, top: number): RulingLine[] => [
      ...[top, top + 20].map((at): RulingLine => ({
        direction: 'horizontal',
        at,
        from: left,
        to: left + 97,
        thickness: 1,
      })),
      ...[left, left + 97].map((at): RulingLine => ({
        direction: 'vertical',
        at,
        from: top,
        to: top + 20,
        thickness: 1,
      })),
    ];
    const places = [0, 1, 2].flatMap((i) => [0, 1, 2].map((k) => [100 * k + 50, 23 * i + 100] as const));
    const { tables } = readPages([
      {
        glyphs: places.flatMap(([left, top], i) => print(String(i), left + 5, top + 5)),
        rulings: [
          ...frame([97, 171]).map((line) =>
            line.direction === 'vertical' && line.at === 500 ? { ...line, at: 350 } : line,
          ),
          ...places.flatMap(([left, top]) => box(left, top)),
        ],
      },
    ]);
    expect(rowsOf(tables[0]).map((text) => text.replace(/^ \| | \| $/g, ''))).toEqual([
      '0 | 1 | 2',
      '3 | 4 | 5',
      '6 | 7 | 8',
    ]);
  });
});

describe('A table with lines', () => {
  test('keeps its cells where labels are set wide to fill them', () => {
    const tops = [20, 40, 60, 80];
    const rulings = [
      ...frame(tops),
      { direction: 'vertical' as const, at: 300, from: 20, to: 80, thickness: 1 },
    ];
    const wide = (text: string, top: number): Glyph[] =>
      [...text].flatMap((character, i) => print(character, 60 + 50 * i, top));
    const glyphs = [
      ...wide('信息内容', 25),
      ...print('数量', 310, 25),
      ...wide('1许可证', 45),
      ...print('12', 310, 45),
      ...wide('增/减数', 65),
      ...print('3', 310, 65),
    ];
    const { tables } = readPages([{ glyphs, rulings }]);
    expect(tables[0]?.geometry).toBe('exact');
    expect(rowsOf(tables[0]).map((text) => text.replaceAll(' ', ''))).toEqual([
      '信息内容|数量',
      '1许可证|12',
      '增/减数|3',
    ]);
  });
});
