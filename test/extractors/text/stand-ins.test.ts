import { describe, expect, it } from '@jest/globals';
import { documentFromText } from '../../../src/extractors/text/to-document.js';

const ROWS = ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计'];
const INDENTED = '\u30000';
/** A cell a line behind tabs, as some crawlers leave tables. */
const table = (cells: readonly string[]): string => cells.map((cell) => `\t${cell}\n`).join('');
const doubtedTexts = (text: string): string[] =>
  documentFromText(text).tables.flatMap(({ cells }) =>
    cells.filter(({ confidence }) => confidence !== undefined).map((cell) => cell.text),
  );

describe('numbers behind an ideographic space', () => {
  const printed = table([...ROWS, ...ROWS.map(() => INDENTED)]);
  const stacked = `\t${[INDENTED, INDENTED, INDENTED, INDENTED].join('\n\n')}\n`;
  const lost = table(['三、本年度办理结果']) + stacked + table(['0', '0', '0', '0']);

  it('are doubted where such numbers are stacked in a cell, in place of the labels of its rows', () => {
    const doubted = doubtedTexts(
      `${lost}\n\n四、复议情况\n\n本年度没有发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。\n\n${printed}`,
    );
    expect(doubted.filter((text) => text === '0')).toHaveLength(ROWS.length);
  });

  it('are as sure as others where they stand only where numbers stand', () => {
    expect(doubtedTexts(printed)).toEqual([]);
  });

  it('are as sure as others beside numbers of the same table without such a space', () => {
    const mixed = table([...ROWS, ...ROWS.map(() => INDENTED), '（七）总计', '1', '2', '3', '4', '10']);
    expect(
      doubtedTexts(
        `${lost}\n\n四、复议情况\n\n本年度没有发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。\n\n${mixed}`,
      ),
    ).toEqual([]);
  });
});
