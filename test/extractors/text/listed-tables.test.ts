import { describe, expect, it } from '@jest/globals';
import { readText, rowsOf } from './helpers.js';

describe('tables as lists of YAML', () => {
  it('reads a cell a line behind two dashes or one', async () => {
    const document = await readText(
      '- - "信息内容"\n  - "本年制发件数"\n- - "规章"\n  - "3"\n- - \'其他\'\n  - ""\n- - 行政许可\n  - null\n',
    );
    expect(rowsOf(document.tables[0])).toEqual([
      ['信息内容', '本年制发件数'],
      ['规章', '3'],
      ['其他', ''],
      ['行政许可', ''],
    ]);
  });

  it('reads a row a line in brackets, with commas inside quotes', async () => {
    const document = await readText(
      "- [信息内容, '制发, 废止', 有效]\n- [规章, 1, '']\n- [规范性文件, '2', 0]\n",
    );
    expect(rowsOf(document.tables[0])).toEqual([
      ['信息内容', '制发, 废止', '有效'],
      ['规章', '1', ''],
      ['规范性文件', '2', '0'],
    ]);
    expect(document.tables[0]?.geometry).toBe('exact');
  });
});

describe('tables as lists of names with values', () => {
  it('reads values set in below the label of their row, and their names as heads', async () => {
    const document = await readText(
      '- **规章**\n  - 制发：3\n  - 废止：0\n  - 有效：（空）\n- 规范性文件\n  - 制发：12\n  - 废止：1\n  - 有效：9\n- 行政许可：7\n',
    );
    expect(rowsOf(document.tables[0])).toEqual([
      ['制发', '废止', '有效'],
      ['规章', '3', '0', ''],
      ['规范性文件', '12', '1', '9'],
      ['行政许可', '7'],
    ]);
  });

  it('reads records of YAML, and their labels apart', async () => {
    const document = await readText(
      '- 项目: （三）不予公开/1.属于国家秘密\n  自然人: 1\n  商业企业: 0\n  总计: 1\n- 项目: （四）总计\n  自然人: 2\n  商业企业: null\n  总计: 2\n',
    );
    expect(rowsOf(document.tables[0])).toEqual([
      ['自然人', '商业企业', '总计'],
      ['（三）不予公开', '1.属于国家秘密', '1', '0', '1'],
      ['（四）总计', '2', '', '2'],
    ]);
  });

  it('leaves a list of sentences alone', async () => {
    const document = await readText(
      '- 公开渠道：网站\n- 一是加强领导。\n- 二是公开信息12条。\n- 三是培训：3次\n',
    );
    expect(document.tables).toEqual([]);
  });
});

describe('strokes between cells', () => {
  const numbered = (join: (cells: string[]) => string): string =>
    Array.from({ length: 9 }, (_, i) => join([`${i + 1}.属于国家秘密`, `${i}`, '0', '5'])).join('\n');

  it('part the cells where every row is written so', async () => {
    const document = await readText(numbered((cells) => cells.join(' / ')));
    expect(rowsOf(document.tables[0])[1]).toEqual(['2.属于国家秘密', '1', '0', '5']);
  });

  it('are marks where numbers stand side by side as well', async () => {
    const document = await readText(
      numbered(([label, first, second, third]) => `${label} ${first} / ${second} / ${third} 4`),
    );
    expect(
      rowsOf(document.tables[0])
        .flat()
        .filter((cell) => cell === '/'),
    ).toHaveLength(18);
  });
});

describe('a text that is quoted as a whole', () => {
  it('is read without its marks', async () => {
    const rows = '信息内容\t制发\t废止\n规章\t1\t0\n规范性文件\t5\t2\n行政许可\t7\t1\n';
    const document = await readText(`发件人：张三\n${rows.replaceAll(/^(?=.)/gm, '> ')}`);
    expect(rowsOf(document.tables[0])[1]).toEqual(['规章', '1', '0']);
  });
});
