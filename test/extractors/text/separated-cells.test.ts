import { describe, expect, it } from '@jest/globals';
import { readText, rowsOf } from './helpers.js';

const HEADING = '三、收到和处理政府信息公开申请情况';
const ROWS: readonly (readonly string[])[] = [
  ['一、本年新收政府信息公开申请数量', '', '13', '', '', '', '', '13'],
  ['二、上年结转政府信息公开申请数量', '', '', '12', '', '', '', '12'],
  ['1.属于国家秘密', '', '', '', '', '', '', '0'],
  ['2.重复申请', '4', '', '', '', '', '1', '5'],
  ['3.其他', '', '', '', '6', '', '', '6'],
  ['（七）总计', '4', '13', '', '6', '', '1', '24'],
  ['四、结转下年度继续办理', '', '', '1', '', '', '', '1'],
];
const HEAD = ['自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'];

async function rowsRead(cellsToLine: (cells: readonly string[]) => string): Promise<string[][]> {
  const lines = [HEAD, ...ROWS].map(cellsToLine);
  const document = await readText(`${HEADING}\n${lines.join('\n')}\n\n四、行政复议、行政诉讼情况\n`);
  return rowsOf(document.tables[0]).filter((row) => row.some((cell) => /^\d+$/.test(cell)));
}

describe('cells with one separator between them', () => {
  it.each([
    ['a space', ' '],
    ['two spaces', '  '],
    ['an ideographic space', '\u3000'],
  ])('has a blank cell where %s follows another', async (_, separator) => {
    expect(await rowsRead((cells) => cells.join(separator))).toEqual(ROWS);
  });

  it('has a blank cell where a hard space stands among other white space', async () => {
    expect(await rowsRead((cells) => cells.map((cell) => cell || '\u00a0').join('    '))).toEqual(ROWS);
  });

  it('counts no blanks of lines that are set by position', async () => {
    const rows = await rowsRead((cells) =>
      cells.map((cell, column) => (column === 0 ? cell.padStart(18, '\u3000') : cell.padStart(6))).join(''),
    );
    const printed = (row: readonly string[]): string[] => row.filter((cell) => cell !== '');
    expect(rows.map(printed)).toEqual(ROWS.map(printed));
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(HEAD.length + 1);
  });
});

describe('printed lists', () => {
  it('reads rows as Python prints them', async () => {
    const rows = await rowsRead((cells) => `[${cells.map((cell) => `'${cell}'`).join(', ')}]`);
    expect(rows).toEqual(ROWS);
  });

  it('reads rows of JSON, null for a blank cell', async () => {
    const rows = await rowsRead((cells) => JSON.stringify(cells.map((cell) => cell || null)));
    expect(rows).toEqual(ROWS);
  });

  it('leaves quoted words in brackets alone', async () => {
    const document = await readText('["甲"]\n正文一段。\n');
    expect(document.tables).toHaveLength(0);
  });
});
