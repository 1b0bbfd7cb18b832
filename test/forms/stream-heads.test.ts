import { describe, expect, test } from '@jest/globals';
import { REVIEW_TABLE } from '../../src/forms/review-table.js';
import { streamHeadRows } from '../../src/forms/stream-heads.js';
import { streamText } from '../../src/forms/stream-text.js';
import { textDocument } from '../helpers/text-document.js';

const HEADS = '行政复议 结果维持 结果纠正 其他结果 尚未审结 总计';

function rowsOf(text: string): string[][] {
  const rows = streamHeadRows(streamText(textDocument(text)), REVIEW_TABLE);
  return rows.map((row) => row.slots.map((slot) => slot.text));
}

describe('streamHeadRows', () => {
  test('makes a row of heads and a row of the values behind them', () => {
    expect(rowsOf(`${HEADS}\n1 0 0 2 3`)).toEqual([HEADS.split(' '), ['1', '0', '0', '2', '3']]);
  });

  test('ends the values where words begin', () => {
    expect(rowsOf(`${HEADS} 1 0 0 2 3 五、存在的主要问题 2024`)[1]).toEqual(['1', '0', '0', '2', '3']);
  });

  test('makes rows of each run of heads with its own values', () => {
    const second = HEADS.replace('行政复议', '复议后起诉');
    expect(rowsOf(`${HEADS} 1 0 0 2 3 ${second} 4 0 0 0 4`)).toHaveLength(4);
  });

  test('makes nothing of a few such words in a sentence', () => {
    expect(rowsOf('全年行政复议 3 件，结果维持 2 件，结果纠正 1 件。')).toEqual([]);
  });
});
