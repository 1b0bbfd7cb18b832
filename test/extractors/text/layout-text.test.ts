import { describe, expect, test } from '@jest/globals';
import { readText, rowsOf } from './helpers.js';

/** Cells set at these columns of one line. */
function set(...cells: readonly (readonly [number, string])[]): string {
  let line = '';
  let width = 0;
  for (const [column, text] of cells) {
    line += ' '.repeat(Math.max(1, column - width)) + text;
    width = Math.max(width + 1, column) + text.length;
  }
  return line;
}

describe('text laid out in columns', () => {
  test('keeps the order of heads also where no number stands below some of them', async () => {
    const document = await readText(
      [
        '四、政府信息公开行政复议、行政诉讼情况',
        '',
        set([18, '行政复议'], [122, '行政诉讼']),
        set(
          [2, '结果维持'],
          [16, '结果纠正'],
          [30, '其他结果'],
          [90, '未经复议直接起诉'],
          [150, '复议后起诉'],
        ),
        set([5, '0'], [19, '1'], [33, '2'], [75, '3'], [90, '4'], [120, '5'], [150, '6']),
      ].join('\n'),
    );
    expect(rowsOf(document.tables[0])).toEqual([
      ['行政复议', '行政诉讼'],
      ['结果维持', '结果纠正', '其他结果', '未经复议直接起诉', '复议后起诉'],
      ['0', '1', '2', '3', '4', '5', '6'],
    ]);
  });

  test('claims no columns where the values of one column waver as if they were two', async () => {
    const document = await readText(
      [
        '二、主动公开政府信息情况',
        '',
        set([3, '信息内容'], [12, '本年新制作数量'], [27, '本年新公开数量'], [41, '对外公开总数量']),
        set([5, '规章'], [20, '1'], [33, '2'], [46, '3']),
        set([2, '规范性文件'], [16, '4'], [29, '5']),
      ].join('\n'),
    );
    expect(document.tables.map(({ geometry }) => geometry)).toEqual(['ordered']);
  });

  test('the title of another report ends a table, the header of every page does not', async () => {
    const rows = (first: number): string[] =>
      Array.from({ length: 6 }, (_, i) => set([2, `第${first + i}项数量`], [30, String(first + i)]));
    const title = (year: number): string => `海安县教育局${year}年政府信息公开工作年度报告`;
    const two = await readText([title(2023), '', ...rows(1), '', title(2022), '', ...rows(11)].join('\n'));
    expect(two.tables).toHaveLength(2);
    expect(two.blocks.some((block) => block.kind !== 'table' && block.text === title(2022))).toBe(true);
    const one = await readText([title(2023), '', ...rows(1), '', title(2023), '', ...rows(11)].join('\n'));
    expect(one.tables).toHaveLength(1);
  });

  test('a label that reaches over the first column moved its row, and leaves no blank there', async () => {
    const label = (row: number): string => `${row}.属于行政执法案卷`;
    const filled = Array.from({ length: 5 }, (_, i) =>
      set([2, label(i + 1)], ...[20, 25, 30, 35, 40].map((at): [number, string] => [at, String(i)])),
    );
    const moved = set([11, label(6)], [25, '7'], [30, '8'], [40, '9']);
    const document = await readText([...filled, moved].join('\n'));
    expect(document.tables[0]?.geometry).toBe('aligned');
    expect(rowsOf(document.tables[0])[5]).toEqual([label(6), '7', '8', '', '9']);
  });
});
