import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moneyFactor, parseCell } from '../../src/text/parse-number.js';

describe('parseCell', () => {
  test.each([
    ['12', 12],
    ['１２', 12],
    ['1 2', 12],
    ['1,295', 1295],
    ['1、295', 1295],
    ['12,345,678.9', 12345678.9],
    ['0.25', 0.25],
    ['.5', 0.5],
    ['+3', 3],
    ['-3', -3],
    ['减2', -2],
    ['减少2', -2],
    ['增加2', 2],
    ['-0', 0],
  ])('reads %j as the number %d', (text, value) => {
    expect(parseCell(text)).toEqual({ kind: 'number', value, unit: null, exact: true });
  });

  test.each([
    ['251000元', 251000, '元', true],
    ['3.5万元', 3.5, '万元', true],
    ['17人次', 17, '人次', true],
    ['约30件', 30, '件', false],
    ['22（其中修订16件）', 22, null, false],
    ['5①', 5, null, false],
    ['5¹', 5, null, false],
    ['12[3]', 12, null, false],
    ['12［³］', 12, null, false],
    ['5*', 5, null, false],
    ['5件（注2）', 5, '件', false],
    ['30余', 30, null, false],
  ])('keeps the unit of %j and says whether a remark stands beside it', (text, value, unit, exact) => {
    expect(parseCell(text)).toEqual({ kind: 'number', value, unit, exact });
  });

  test.each(['-', '/', '\\', '--', '无', '不涉及', 'N/A', 'NaN', 'None', '×'])(
    'takes %j for a mark, never for 0',
    (text) => {
      expect(parseCell(text)).toEqual({ kind: 'mark' });
    },
  );

  test.each(['', ' ', '\u3000', '\n'])('takes %j for a blank, never for 0', (text) => {
    expect(parseCell(text)).toEqual({ kind: 'blank' });
  });

  test.each(['00', '007', '1,29', '1,2345', '12 个月', '2021年', '1-5', '1/2', '3件5', '一', '1.2.3'])(
    'makes no number of %j',
    (text) => {
      expect(parseCell(text)).toEqual({ kind: 'text' });
    },
  );

  test.each(['○', '〇', 'O', '零'])('reads a lone %j as a 0 that was not typed as one', (text) => {
    expect(parseCell(text)).toEqual({ kind: 'number', value: 0, unit: null, exact: false });
  });

  test('gives back every number it is printed, with and without separators', () => {
    const number = fc.integer({ min: 0, max: 2_000_000_000 });
    fc.assert(
      fc.property(number, (value) => {
        const plain = String(value);
        const separated = plain.replace(/\B(?=(?:\d{3})+$)/g, ',');
        for (const text of [plain, separated, [...plain].join(' ')]) {
          expect(parseCell(text)).toMatchObject({ kind: 'number', value, exact: true });
        }
      }),
    );
  });

  test('never reads a number from a text without a digit', () => {
    const words = fc.string({
      unit: fc.constantFrom('-', '/', '无', '件', ',', '.', '万', '元', '（', '约', ' '),
    });
    fc.assert(fc.property(words, (text) => parseCell(text).kind !== 'number'));
  });
});

test('money is counted in ten thousands of yuan', () => {
  expect([moneyFactor('元'), moneyFactor('万元'), moneyFactor('亿元'), moneyFactor(null)]).toEqual([
    0.0001, 1, 10_000, 1,
  ]);
});
