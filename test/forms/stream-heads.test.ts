import { describe, expect, test } from '@jest/globals';
import type { EvidenceRow } from '../../src/forms/evidence-rows.js';
import { REVIEW_IDENTITIES, REVIEW_TABLE } from '../../src/forms/review-table.js';
import { scatteredHeadRows, streamHeadRows } from '../../src/forms/stream-heads.js';
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

describe('scatteredHeadRows', () => {
  const scattered = (numbers: readonly number[]): string => {
    const [a, b, c, d, e, ...rest] = numbers;
    return `（七）总计 3 0 3\n四、行政复议、行政诉讼情况\n结果 维持 ${a}\n行政复议 结果 纠正 其他 结果 尚未 审结 总计\n${b}\n${c}\n${d} ${e}\n行政诉讼 未经复议直接起诉 复议后起诉 总计\n${rest.join('\n')}\n五、存在的主要问题`;
  };
  const read = (text: string): EvidenceRow[] =>
    scatteredHeadRows(streamText(textDocument(text)), REVIEW_TABLE, REVIEW_IDENTITIES);
  const NUMBERS = [4, 0, 0, 0, 4, 1, 0, 1, 1, 3, 0, 0, 0, 3, 3];

  test('takes as many numbers as places that add up in their order, and marks them as torn', () => {
    const rows = read(scattered(NUMBERS));
    expect(rows.at(-1)?.slots.map(({ text }) => Number(text))).toEqual(NUMBERS);
    expect(rows.at(-1)?.isTorn).toBe(true);
  });

  test('takes none where they do not add up, or one is missing', () => {
    expect(read(scattered([...NUMBERS.slice(0, 14), 4]))).toEqual([]);
    expect(read(scattered(NUMBERS.slice(0, 14)))).toEqual([]);
  });
});
