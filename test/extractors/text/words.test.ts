import { describe, expect, it } from '@jest/globals';
import { itemsOf } from '../../../src/extractors/text/words.js';

/** The cells of a line as kind and text. */
function cellsOf(text: string): string[][] {
  return itemsOf({ text, start: 0, afterPageBreak: false }, 0).map((item) => [item.kind, item.text]);
}

describe('the cells of a line', () => {
  it.each(['1  . 当面申请数', '2  、传真申请数', '（1  ）网络申请数', '3 .信函申请数'])(
    'takes a number that blanks part from its point for numbering, never for a value: %s',
    (text) => {
      expect(cellsOf(text)).toEqual([['label', text]]);
    },
  );

  it('parts labels at wide gaps and keeps the values behind them', () => {
    expect(cellsOf('行政许可   本年处理 3 12')).toEqual([
      ['label', '行政许可'],
      ['label', '本年处理'],
      ['value', '3'],
      ['value', '12'],
    ]);
  });
});
