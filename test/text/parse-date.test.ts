import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findDates, isoDate, parseDate, parseYear } from '../../src/text/parse-date.js';

const CHINESE = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

function chineseSmall(value: number): string {
  if (value < 10) return CHINESE[value] ?? '';
  const tens = Math.floor(value / 10);
  return `${tens > 1 ? (CHINESE[tens] ?? '') : ''}十${value % 10 ? (CHINESE[value % 10] ?? '') : ''}`;
}

const anyDay = fc.record({
  year: fc.integer({ min: 1990, max: 2099 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
});

describe('parseDate', () => {
  it.each([
    ['2021年1月20日', '2021-01-20'],
    ['2021 年 1 月 20 日', '2021-01-20'],
    ['发布时间：2026-02-22 10:21', '2026-02-22'],
    ['发布日期:2023/01/18 11:34:01', '2023-01-18'],
    ['01.04.2019  09:54', '2019-04-01'],
    ['填报日期：2018.1.5', '2018-01-05'],
    ['二〇二一年一月二十日', '2021-01-20'],
    ['二○一九年十二月三十一日', '2019-12-31'],
    ['自201411日起', '2014-01-01'],
    ['至20141231日止', '2014-12-31'],
    ['2018年11日', '2018-01-01'],
    ['至2018年1231日', '2018-12-31'],
    ['2020你那12月31日', '2020-12-31'],
    ['（20200115）', '2020-01-15'],
    ['2020年02月29日', '2020-02-29'],
  ])('reads %s', (text, iso) => {
    expect(parseDate(text)).toBe(iso);
  });

  it.each([
    '2021年13月1日',
    '2021-02-30',
    '2019年2月29日',
    '0517-87290606',
    '1336437304@qq.com',
    '第711号',
    '2020年',
    '10.20.30.40',
    '213.2020',
  ])('finds no date in %s', (text) => {
    expect(parseDate(text)).toBeNull();
  });

  it('keeps a day without a year for the context to complete', () => {
    const [first, second] = findDates('自2013年1月1日起至12月31日止');
    expect(first && isoDate(first)).toBe('2013-01-01');
    expect(second?.year).toBeNull();
    expect(second && isoDate(second, 2013)).toBe('2013-12-31');
  });

  it('tells a repaired date and a date with a time of day', () => {
    expect(findDates('201411日')[0]).toMatchObject({ repaired: true, timed: false });
    expect(findDates('2022-01-24 09:05')[0]).toMatchObject({ repaired: false, timed: true });
  });

  it('reads back every way of printing a day', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom('-', '/', '.'), ({ year, month, day }, separator) => {
        const iso = isoDate({ year, month, day });
        const chineseYear = [...String(year)].map((c) => CHINESE[Number(c)]).join('');
        for (const text of [
          `${String(year)}年${String(month)}月${String(day)}日`,
          [year, month, day].join(separator),
          `${chineseYear}年${chineseSmall(month)}月${chineseSmall(day)}日`,
          `${String(day).padStart(2, '0')}.${String(month).padStart(2, '0')}.${String(year)}`,
        ]) {
          expect(parseDate(`在${text}，`)).toBe(iso);
        }
      }),
    );
  });

  it('never throws, and gives ordered, separate, valid dates for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789年月日-/. 至二〇十') }), (text) => {
        let last = 0;
        for (const date of findDates(text)) {
          expect(date.start).toBeGreaterThanOrEqual(last);
          last = date.end;
          expect(isoDate(date, 2000)).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        }
      }),
    );
  });
});

describe('parseYear', () => {
  it('reads figures and Chinese numerals, and refuses years no report has', () => {
    expect(parseYear('2021')).toBe(2021);
    expect(parseYear('二〇二一')).toBe(2021);
    expect(parseYear('1066')).toBeNull();
    expect(parseYear('21')).toBeNull();
  });
});
