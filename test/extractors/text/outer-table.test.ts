import { describe, expect, it } from '@jest/globals';
import { readText, rowsOf } from './helpers.js';

const HEADS = ['', '自然人', '商业企业', '总计'];
const ROWS = Array.from({ length: 8 }, (_, i) => [`${i + 1}.属于国家秘密`, `${i}`, '0', `${i}`]);
const asTabs = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join('\t')).join('\n');

describe('a table around the page', () => {
  it('adds no row with the cells of all rows once more', async () => {
    const inner = [HEADS, ...ROWS];
    const document = await readText(`${['本页的全部文字', ...inner.flat()].join('\t')}\n${asTabs(inner)}\n`);
    expect(rowsOf(document.tables[0])).toEqual(inner);
    expect(document.tables[0]?.geometry).toBe('exact');
  });

  it('adds no copy of its text without separators', async () => {
    const glued = ROWS.map((row) => `${row[0] ?? ''}${row.slice(1).join(' ')}`).join('');
    const document = await readText(
      `${glued}\n\n三、收到和处理政府信息公开申请情况\n${asTabs([HEADS, ...ROWS])}\n`,
    );
    expect(document.tables.map(({ geometry }) => geometry)).toEqual(['exact']);
  });
});

describe('a table that holds several', () => {
  it('is exact where labels stand left of the numbers below each line of heads, and narrow rows are not filled up', async () => {
    const rows = [
      ['信息内容', '本年制发件数', '', '', ''],
      ['规章', '12', '', '', ''],
      ['', '', '自然人', '商业企业', '总计'],
      ['一、新收', '', '1', '0', '1'],
      ['三、办理结果', '（一）予以公开', '1', '', '1'],
    ];
    const document = await readText(`${asTabs(rows)}\n`);
    expect(document.tables[0]?.geometry).toBe('exact');
    expect(rowsOf(document.tables[0])).toEqual([
      ['信息内容', '本年制发件数'],
      ['规章', '12'],
      ...rows.slice(2),
    ]);
  });

  it('is ordered where a row is shifted against those below the same heads', async () => {
    const document = await readText(
      `${asTabs([
        ['', '', '自然人', '商业企业', '总计'],
        ['三、办理结果', '（一）予以公开', '1', '0', '1'],
        ['（二）部分公开', '2', '0', '2', ''],
      ])}\n`,
    );
    expect(document.tables[0]?.geometry).toBe('ordered');
  });
});
