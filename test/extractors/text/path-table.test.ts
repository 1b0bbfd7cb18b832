import { describe, expect, test } from '@jest/globals';
import { documentFromText } from '../../../src/extractors/text/to-document.js';
import { rowsOf } from '../../helpers/describe-document.js';

const HEADS = ['本年制发件数', '本年废止件数', '现行有效件数'];
const ROWS: readonly (readonly [string, readonly string[]])[] = [
  ['规章', ['3', '', '7']],
  ['行政规范性文件', ['12', '0', '205']],
];

function lines(write: (row: string, column: string, value: string) => string): string {
  return ROWS.flatMap(([row, values]) => values.map((value, i) => write(row, HEADS[i] ?? '', value))).join(
    '\n',
  );
}

function tablesOf(text: string): string[][][] {
  return documentFromText(text).tables.map(rowsOf);
}

const WANTED = [HEADS, ['规章', '3', '', '7'], ['行政规范性文件', '12', '0', '205']];

describe('values behind their whole paths', () => {
  test.each([
    ['behind a colon', lines((row, column, value) => `${row} / ${column}：${value}`)],
    ['behind an equals sign', lines((row, column, value) => `${row} → ${column} = ${value || '（空白）'}`)],
    ['as row, column and value', `行,列,数值\n${lines((row, column, value) => `${row},${column},${value}`)}`],
  ])('are the cells of rows: %s', (_, text) => {
    const [table] = tablesOf(text);
    expect(table?.map((row) => row.filter((cell, i) => cell !== '' || i > 0))).toEqual(WANTED);
  });

  test('are cells as well where the column stands first', () => {
    const [table] = tablesOf(lines((row, column, value) => `${column} → ${row} = ${value}`));
    expect(table?.map((row) => row.filter((cell, i) => cell !== '' || i > 0))).toEqual(WANTED);
  });

  test('keep the labels of all levels and leave out heads over several columns', () => {
    const row = ['自然人', '法人或其他组织 / 商业企业', '总计'].map(
      (head, i) => `三、办理结果 / （三）不予公开 / 1.属于国家秘密 / 申请人情况 / ${head}：${i + 1}`,
    );
    const other = row.map((line) => line.replace('1.属于国家秘密', '7.属于行政执法案卷'));
    expect(tablesOf([...row, ...other].join('\n'))[0]?.[1]).toEqual([
      '三、办理结果',
      '（三）不予公开',
      '1.属于国家秘密',
      '1',
      '2',
      '3',
    ]);
  });

  test('are none where a unit stands beside each label, nor in running text', () => {
    const units = [
      '主动公开政府信息数',
      '收到申请数',
      '申请办结数',
      '行政复议数量',
      '行政诉讼数量',
      '举报投诉数量',
    ];
    const list = tablesOf(units.map((label, i) => `${label},件,${i}`).join('\n'))[0];
    expect(list?.[0]?.slice(0, 2)).toEqual(['主动公开政府信息数', '件']);
    const prose = Array.from(
      { length: 8 },
      (_, i) => `（${i}）公开指南 - 网址：http://www.example.gov.cn/${i}`,
    );
    expect(tablesOf(prose.join('\n')).flat(2)).not.toContain('http');
  });
});
