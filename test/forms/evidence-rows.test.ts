import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { degradeRows, type EvidenceRow } from '../../src/forms/evidence-rows.js';
import { makeSlot } from '../../src/forms/slot.js';
import { printedRows } from '../helpers/table-document.js';

function textsOf(rows: readonly EvidenceRow[]): string[][] {
  return rows.map((row) => row.slots.map((slot) => slot.text));
}

describe('the rows of a table', () => {
  test('keep their blank cells, whose places count', () => {
    const [row] = printedRows([['予以公开', '', '3', '']]);
    expect(row?.slots.map((slot) => [slot.column, slot.parsed.kind])).toEqual([
      [0, 'text'],
      [1, 'blank'],
      [2, 'number'],
      [3, 'blank'],
    ]);
  });

  test('have nothing in columns of labels where a mark fills the place of a lower level', () => {
    const rows = printedRows([
      ['一级指标', '二级指标', '自然人', '总计'],
      ...['本年新收', '上年结转', '结转下年度'].map((label) => [label, '-', '3', '3']),
      ...['国家秘密', '内部事务', '过程性信息', '执法案卷'].map((label) => ['不予公开', label, '-', '0']),
    ]);
    expect(rows[1]?.slots.map(({ parsed }) => parsed.kind)).toEqual(['text', 'blank', 'number', 'number']);
    expect(rows[4]?.slots.map(({ parsed }) => parsed.kind)).toEqual(['text', 'text', 'mark', 'number']);
  });

  test('keep a mark among labels that may be the first value of a row which slipped to the left', () => {
    const rows = printedRows([
      ['二级指标', '自然人', '总计'],
      ...['国家秘密', '内部事务', '过程性信息', '执法案卷'].map((label) => ['不予公开', label, '3', '0']),
      ['行政查询', '-', '0', '0'],
    ]);
    expect(rows[5]?.slots.map(({ parsed }) => parsed.kind)).toEqual(['text', 'mark', 'number', 'number']);
  });

  test('keep the marks of columns of values, whatever heads stand over them', () => {
    const parts = ['规章', '行政许可', '行政处罚', '行政强制'].flatMap((label) => [
      ['信息内容', '本年处理决定数量', '', ''],
      [label, '/', '', ''],
    ]);
    const marks = printedRows(parts).flatMap(({ slots }) => slots.filter(({ text }) => text === '/'));
    expect(marks.map(({ parsed }) => parsed.kind)).toEqual(['mark', 'mark', 'mark', 'mark']);
  });

  test('of a stream begin with each text behind a value', () => {
    const stream = [['行政处罚'], ['12'], ['行政强制'], ['/'], ['3'], ['其他'], ['事项']];
    expect(textsOf(printedRows(stream, 'stream'))).toEqual([
      ['行政处罚', '12'],
      ['行政强制', '/', '3'],
      ['其他', '事项'],
    ]);
  });
});

describe('a number in the brackets of a label', () => {
  test('is part of the label where a text was cut at every number', () => {
    const stream = [
      ['公开数（相同信息计'],
      ['1'],
      ['条） 条'],
      ['5'],
      ['其中（一）'],
      ['2'],
      ['（二）'],
      ['3'],
    ];
    expect(textsOf(printedRows(stream, 'stream'))).toEqual([
      ['公开数（相同信息计1条） 条', '5'],
      ['其中（一）', '2'],
      ['（二）', '3'],
    ]);
  });
});

describe('a cell', () => {
  test.each([
    ['件', { isUnit: true, isDigits: false }],
    ['行政许可', { isUnit: false, isDigits: false }],
    ['00', { isUnit: false, isDigits: true }],
    ['120', { isUnit: false, isDigits: false }],
  ])('knows of %s whether it is a unit or loose digits', (text, expected) => {
    const evidence = { kind: 'cell', table: 0, row: 0, column: 0 } as const;
    expect(makeSlot(text, 0, evidence)).toMatchObject(expected);
  });
});

describe('rows that are trusted less', () => {
  test('lose their columns or their ends and never gain any', () => {
    const rows = [...printedRows([['a', '1']], 'stream'), ...printedRows([['b', '2']], 'exact')];
    expect(degradeRows(rows, 'ordered').map(({ geometry }) => geometry)).toEqual(['stream', 'ordered']);
    expect(degradeRows(rows, 'stream').map(({ geometry }) => geometry)).toEqual(['stream', 'stream']);
  });

  test('keep every printed text in its order', () => {
    const cell = fc.constantFrom('行政许可', '其他', '0', '12', '1,295', '/', '-', '00');
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 }), (table) => {
        const cut = degradeRows(printedRows(table), 'stream');
        expect(textsOf(cut).flat()).toEqual(table.flat());
      }),
    );
  });
});
