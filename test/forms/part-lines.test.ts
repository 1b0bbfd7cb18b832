import { describe, expect, test } from '@jest/globals';
import { partLines } from '../../src/forms/part-lines.js';
import { printedRows, type PrintedTable } from '../helpers/table-document.js';

function parted(rows: PrintedTable): string[][] {
  return partLines(printedRows(rows)).map(({ slots }) => slots.map(({ text }) => text));
}

describe('partLines', () => {
  test('parts a row whose cells hold a line for each of several rows', () => {
    expect(
      parted([
        ['（四）无法提供', '1.本机关不掌握\n2.没有现成信息\n3.补正后仍不明确', '4\n0\n6', '', '4\n0\n6'],
      ]),
    ).toEqual([
      ['（四）无法提供', '1.本机关不掌握', '4', '', '4'],
      ['2.没有现成信息', '0', '', '0'],
      ['3.补正后仍不明确', '6', '', '6'],
    ]);
  });

  test('tells labels that wrap by their own numbering', () => {
    expect(parted([['1.本机关不\n掌握\n2.没有现\n成信息', '4\n0']])).toEqual([
      ['1.本机关不掌握', '4'],
      ['2.没有现成信息', '0'],
    ]);
  });

  test('takes blank lines for blank cells, and those below the last value for the editor’s', () => {
    expect(parted([['重复申请\n出版物\n大量反复', '\n2\n5', '4\n\n\n', '', '\n\n6\n']])).toEqual([
      ['重复申请', '', '4', '', ''],
      ['出版物', '2', '', '', ''],
      ['大量反复', '5', '', '', '6'],
    ]);
  });

  test('leaves rows whole that lack a number, or whose label alone has several lines', () => {
    expect(parted([['1.本机关不掌握\n2.没有现成信息', '4\n0', '7']])).toEqual([]);
    expect(parted([['1.本机关不掌握\n相关政府信息', '4', '7']])).toEqual([]);
  });
});
