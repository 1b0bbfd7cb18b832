import { describe, expect, it } from '@jest/globals';
import { readText, rowsOf } from './helpers.js';

const HEADING = '三、收到和处理政府信息公开申请情况';
const LABELS = [
  '一、本年新收政府信息公开申请数量',
  '二、上年结转政府信息公开申请数量',
  '1.属于国家秘密',
  '2.其他法律行政法规禁止公开',
  '3.危及三安全一稳定',
  '4.保护第三方合法权益',
  '（七）总计',
  '四、结转下年度继续办理',
];

describe('one cell a line', () => {
  it('gives each label the values behind it and keeps signs and marks', async () => {
    const document = await readText(
      `${HEADING}\n\n行政许可\n1172\n-2\n12\n\n\n行政处罚\n28\n—\n0\n\n\n五、存在的主要问题及改进情况\n`,
    );
    expect(rowsOf(document.tables[0])).toEqual([
      ['行政许可', '1172', '-2', '12'],
      ['行政处罚', '28', '—', '0'],
    ]);
  });

  it('puts labels together that line ends cut, upright ones too', async () => {
    const document = await readText(
      `${HEADING}\n一、本年新收\n政府信息公开申请数量\n3\n4\n7\n三\n、\n办\n理\n（一）予以\n公开\n1\n1\n2\n1\n.属于国家秘密\n0\n0\n0\n（七）总计\n3\n4\n7\n四、结转\n0\n0\n0\n`,
    );
    const labels = rowsOf(document.tables[0]).map((row) => row.filter((cell) => !/^\d+$/.test(cell)));
    expect(labels.map((row) => row.map((cell) => cell.replaceAll('\n', '')))).toEqual([
      ['一、本年新收政府信息公开申请数量'],
      ['三、办理', '（一）予以公开'],
      ['1.属于国家秘密'],
      ['（七）总计'],
      ['四、结转'],
    ]);
  });

  it('puts blank cells where wide gaps between evenly spaced lines stand for them', async () => {
    const rows = LABELS.map((label, index) => [
      label,
      index % 2 === 0 ? '' : '1',
      index % 3 === 0 ? '' : '2',
      '3',
    ]);
    const document = await readText(`${HEADING}\n\n${rows.map((row) => row.join('\n\n')).join('\n\n')}\n\n`);
    expect(rowsOf(document.tables[0])).toEqual(rows);
  });

  it('is a stream where all labels come before all values', async () => {
    const document = await readText(
      `${HEADING}\n${LABELS.join('\n')}\n${LABELS.map((_, index) => index).join('\n')}\n${LABELS.map(() => 0).join('\n')}\n0\n0\n`,
    );
    expect(document.tables[0]?.geometry).toBe('stream');
    expect(document.tables[0]?.cells).toHaveLength(LABELS.length * 3 + 2);
  });
});

describe('labels and values on one line', () => {
  it('splits a row at the spaces before its values and finds the end of a label below', async () => {
    const document = await readText(
      `${HEADING}\n一、本年新收政府信息公开 4 0 10 14\n申请数量\n二、上年结转政府信息公开申请数量 0 0 1 1\n三、本年度办理结果 （一）予以公开 0件 2件 1件 3件\n五、存在的主要问题及改进情况\n`,
    );
    expect(rowsOf(document.tables[0])).toEqual([
      ['一、本年新收政府信息公开\n申请数量', '4', '0', '10', '14'],
      ['二、上年结转政府信息公开申请数量', '0', '0', '1', '1'],
      ['三、本年度办理结果', '（一）予以公开', '0件', '2件', '1件', '3件'],
    ]);
  });

  it('parts values whose units show where each ends', async () => {
    const document = await readText(`${HEADING}\n一、新收 1 0件2件\n二、结转 3 4件5件\n`);
    expect(rowsOf(document.tables[0])[0]).toEqual(['一、新收', '1', '0件', '2件']);
  });
});

describe('text laid out in columns', () => {
  const line = (label: string, ...values: string[]): string =>
    label.padEnd(20) + values.map((value) => value.padStart(8)).join('');
  const layout = [
    HEADING,
    line('', '自然人', '企业', '科研', '组织', '总计'),
    line('一、本年新收', '12', '3', '', '1', '16'),
    line('二、上年结转', '', '5', '2', '', '7'),
    line('          1.属于国'),
    line('（三）', '1', '', '', '', '1'),
    line('          家秘密'),
    line('四、结转', '0', '0', '0', '0', '0'),
    '',
  ].join('\n');

  it('finds the columns of values and where cells are blank', async () => {
    const table = (await readText(layout)).tables[0];
    expect(table?.geometry).toBe('aligned');
    const column = (row: number): (string | undefined)[] =>
      [2, 3, 4, 5, 6].map(
        (at) => table?.cells.find((cell) => cell.rowIndex === row && cell.columnIndex === at)?.text,
      );
    expect(column(0)).toEqual(['自然人', '企业', '科研', '组织', '总计']);
    expect(column(2)).toEqual(['', '5', '2', '', '7']);
  });

  it('puts a label that wraps around its values together, beside its group', async () => {
    const rows = rowsOf((await readText(layout)).tables[0]);
    expect(rows[3]?.slice(0, 2)).toEqual(['（三）', '1.属于国\n家秘密']);
  });

  it('claims no columns where positions contradict each other', async () => {
    const document = await readText(
      `${HEADING}\n一、新收  1 2   3\n二、结转    4  5\n四、结转下年度   6\n（七）总计 1    2 3 4\n`,
    );
    expect(document.tables[0]?.geometry).toBe('ordered');
  });
});

describe('page furniture', () => {
  it('drops page numbers that count the pages but never a value', async () => {
    const counted = await readText(
      `${HEADING}\n一、新收\n4\n5\n1\n\f二、结转\n6\n7\n2\n\f四、结转下年度\n8\n9\n3\n`,
    );
    expect(rowsOf(counted.tables[0])).toEqual([
      ['一、新收', '4', '5'],
      ['二、结转', '6', '7'],
      ['四、结转下年度', '8', '9'],
    ]);
    const values = await readText(`${HEADING}\n一、新收\n4\n5\n\f二、结转\n6\n7\n\f四、结转下年度\n8\n0\n`);
    expect(rowsOf(values.tables[0]).flat()).toEqual([
      '一、新收',
      '4',
      '5',
      '二、结转',
      '6',
      '7',
      '四、结转下年度',
      '8',
      '0',
    ]);
  });

  it('takes the number on the last line for that of the last page, where those above the heads count up to it', async () => {
    const head = '某某县水务局文件';
    const text = (last: number): string =>
      [
        head,
        HEADING,
        '一、新收',
        4,
        5,
        1,
        head,
        '二、结转',
        6,
        7,
        2,
        head,
        '四、结转下年度',
        8,
        9,
        last,
      ].join('\n');
    const valuesOf = async (last: number): Promise<string[]> =>
      rowsOf((await readText(text(last))).tables[0])
        .flat()
        .filter((cell) => /^\d$/.test(cell));
    expect(await valuesOf(3)).toEqual(['4', '5', '6', '7', '8', '9']);
    expect(await valuesOf(5)).toEqual(['4', '5', '6', '7', '8', '9', '5']);
  });
});
