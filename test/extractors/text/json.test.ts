import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textOfJson } from '../../../src/extractors/text/json-text.js';
import { readText, rowsOf } from './helpers.js';

const ROWS = [
  ['项目', '自然人', '总计'],
  ['一、本年新收政府信息公开申请数量', '3', '3'],
  ['二、上年结转政府信息公开申请数量', '', '0'],
];

const HEADS = ['项目', '自然人', '总计'];
const RECORDS = ROWS.slice(1).map((row): Record<string, string | null> =>
  Object.fromEntries(row.map((cell, i) => [HEADS[i] ?? '', cell === '' ? null : cell])),
);

describe('a table written as JSON', () => {
  it.each([
    ['a list on one line', JSON.stringify(ROWS)],
    ['a list on many lines', JSON.stringify(ROWS, null, 2)],
    ['a list a line', ROWS.map((row) => JSON.stringify(row)).join('\n')],
    ['records under their names', JSON.stringify(RECORDS)],
    ['a record a line', RECORDS.map((record) => JSON.stringify(record)).join('\n')],
    ['a fenced block', `\`\`\`json\n${JSON.stringify(ROWS)}\n\`\`\``],
  ])('is read from %s', async (_, written) => {
    const document = await readText(`三、收到和处理政府信息公开申请情况\n${written}\n四、行政复议情况\n`);
    expect(document.tables.map(rowsOf)).toEqual([ROWS]);
  });

  it('has its cells where they were written', async () => {
    const text = `情况\n${JSON.stringify(ROWS)}\n`;
    const [table] = (await readText(text)).tables;
    for (const { text: cell, evidence } of table?.cells ?? []) {
      if (evidence.kind !== 'span') throw new Error('text has spans');
      if (cell !== '') expect(text.slice(evidence.start, evidence.end)).toBe(cell);
    }
  });

  it.each(['[链接](http://a.cn) 规章 3 件', '{规章} 3', '["规章", 3', '[1, 2,', '[[[[[[[[[[[[1]]]]]]]]]]]]'])(
    'is not seen in %s',
    async (text) => {
      expect((await readText(`${text}\n`)).tables).toEqual([]);
    },
  );
});

describe('a document that is one JSON value', () => {
  it('is read as the text inside it, tables as JSON again', () => {
    const text = textOfJson(
      JSON.stringify({
        url: 'http://a.cn',
        发布日期: '2023-01-05',
        body: ['某县年度报告\n一、总体情况', ROWS],
      }),
    );
    expect(text.split('\n')).toEqual([
      'http://a.cn',
      '发布日期：2023-01-05',
      '某县年度报告',
      '一、总体情况',
      JSON.stringify(ROWS),
    ]);
  });

  it('stays as it is where it is a table, nothing Chinese, or no JSON', () => {
    for (const text of [JSON.stringify(ROWS), '{"a": "b"}', '{"a": 总体情况}', '一、总体情况'])
      expect(textOfJson(text)).toBe(text);
  });

  it('loses no string, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[一-十][一-十\n]{0,20}$/), { minLength: 1 }), (strings) => {
        const text = textOfJson(JSON.stringify({ content: strings, more: { strings } }));
        for (const string of strings) expect(text).toContain(string);
      }),
      { numRuns: 50 },
    );
  });
});
