import { describe, expect, test } from '@jest/globals';
import { withoutForeignColumns } from '../../src/forms/foreign-columns.js';
import { printedRows, type PrintedTable } from '../helpers/table-document.js';

function kept(rows: PrintedTable, year: number | null = 2023): string[][] {
  return withoutForeignColumns(printedRows(rows), year).map(({ slots }) => slots.map(({ text }) => text));
}

describe('withoutForeignColumns', () => {
  test('leaves out serial numbers, remarks, changes, and subtotals beside totals', () => {
    const rows = [
      ['序号', '申请情况', '自然人', '小计', '总计', '同比增减（%）', '备注'],
      ['1', '一、本年新收', '3', '4', '7', '12.5%', '含网络申请2件'],
      ['2', '二、上年结转', '0', '1', '1', '—', ''],
    ];
    expect(kept(rows)).toEqual([
      ['申请情况', '自然人', '总计'],
      ['一、本年新收', '3', '7'],
      ['二、上年结转', '0', '1'],
    ]);
  });

  test('keeps a subtotal that no total stands beside, and what the form itself calls the year before', () => {
    const rows = [
      ['信息内容', '上一年项目数量', '本年增/减', '处理决定数量', '小计'],
      ['行政许可', '40', '-2', '38', '5'],
    ];
    expect(kept(rows, 2019)).toEqual(rows);
  });

  test('leaves out another year only where the same is said of the report\u2019s own', () => {
    const rows = [
      ['统计指标', '单位', '2015年', '2016年'],
      ['（一）收到申请数', '件', '12', '34'],
    ];
    expect(kept(rows, 2016)[1]).toEqual(['（一）收到申请数', '件', '34']);
    expect(kept(rows, 2015)[1]).toEqual(['（一）收到申请数', '件', '12']);
    expect(kept(rows, 2017)).toEqual(rows);
    expect(kept(rows, null)).toEqual(rows);
    const heads = ['信息内容', '上年处理决定数量', '本年处理决定数量'];
    expect(kept([heads, ['行政许可', '8', '9']])[1]).toEqual(['行政许可', '9']);
  });

  test('leaves out the columns below a head of another year that reaches over several', () => {
    const heads = printedRows([
      ['事项', '2023年', '2022年'],
      ['', '自然人', '总计', '自然人', '总计'],
      ['一、本年新收', '3', '7', '1', '2'],
    ]);
    const [years] = heads;
    const [corner, own, other] = years?.slots ?? [];
    if (!years || !corner || !own || !other) throw new Error('no heads');
    const spanned = [corner, { ...own, columnSpan: 2 }, { ...other, column: 3, columnSpan: 2 }];
    const rows = withoutForeignColumns([{ ...years, slots: spanned }, ...heads.slice(1)], 2023);
    expect(rows.map(({ slots }) => slots.map(({ text }) => text))).toEqual([
      ['事项', '2023年'],
      ['', '自然人', '总计'],
      ['一、本年新收', '3', '7'],
    ]);
  });

  test('leaves out rows labelled with another year beside one of the report\u2019s own', () => {
    const heads = ['年份', '结果维持', '结果纠正'];
    const rows = [heads, ['2022年', '1', '2'], ['2023年', '3', '4']];
    expect(kept(rows)).toEqual([heads, ['2023年', '3', '4']]);
    expect(kept(rows, 2021)).toEqual(rows);
  });

  test('goes on below the letters and numbers of the columns', () => {
    const rows = [
      ['指标名称', '行次', '自然人', '总计'],
      ['甲', '乙', '1', '2'],
      ['一、本年新收', '01', '3', '3'],
    ];
    expect(kept(rows)).toEqual([
      ['指标名称', '自然人', '总计'],
      ['甲', '1', '2'],
      ['一、本年新收', '3', '3'],
    ]);
  });

  test('ends a column where other heads stand below it', () => {
    const rows = [
      ['序号', '信息内容', '现行有效件数'],
      ['1', '规章', '7'],
      ['信息内容', '本年处理决定数量', ''],
      ['行政许可', '8', ''],
    ];
    expect(kept(rows).slice(1)).toEqual([['规章', '7'], rows[2], rows[3]]);
  });
});
