import { describe, expect, test } from '@jest/globals';
import { assembleDocument } from '../../../src/extractors/markup/assemble-document.js';
import type { FlowCell, FlowTable } from '../../../src/extractors/markup/flow.js';
import { splitTextRows } from '../../../src/extractors/markup/split-text-rows.js';

function cell(text: string, columnSpan = 1, rowSpan = 1): FlowCell {
  const content = text === '' ? [] : [{ kind: 'text', role: 'paragraph', region: 'body', text } as const];
  return { content, columnSpan, rowSpan };
}

function table(...rows: FlowCell[][]): FlowTable {
  return { kind: 'table', region: 'body', rows: rows.map((cells) => ({ cells })) };
}

const TITLE = '甘泉县水务局2023年政府信息公开工作年度报告';
const SENTENCES =
  '2023年，我局认真贯彻落实《中华人民共和国政府信息公开条例》，及时公开各类信息，不断提高政务公开水平。';
const FORM = [
  [cell('第二十条第（一）项', 4)],
  [cell('信息内容'), cell('本年制发件数'), cell('本年废止件数'), cell('现行有效件数')],
  [cell('规章'), cell('0'), cell('0'), cell('0')],
  [cell('行政规范性文件'), cell('1'), cell('2'), cell('3')],
];

describe('splitTextRows', () => {
  test('parts a report in one table into its text and its data', () => {
    const whole = table(
      [cell(TITLE, 4)],
      [cell('一、总体情况', 4)],
      [cell(SENTENCES), cell(''), cell(''), cell('')],
      [cell('二、主动公开政府信息情况', 4)],
      ...FORM,
      [cell('五、存在的主要问题及改进情况', 4)],
      [cell(SENTENCES, 4)],
    );
    const { blocks, tables } = assembleDocument([whole]);
    expect(blocks.map((block) => (block.kind === 'table' ? 'table' : block.text))).toEqual([
      TITLE,
      '一、总体情况',
      SENTENCES,
      '二、主动公开政府信息情况',
      'table',
      '五、存在的主要问题及改进情况',
      SENTENCES,
    ]);
    expect(tables.map(({ rowCount, columnCount }) => [rowCount, columnCount])).toEqual([[4, 4]]);
    expect(tables[0]?.cells[0]?.text).toBe('第二十条第（一）项');
  });

  test('leaves a table as it is where its rows of one cell hold no sentences', () => {
    const form = table(...FORM, [cell('第二十条第（五）项', 4)], [cell('一、主动公开情况', 4)]);
    expect(splitTextRows(form)).toEqual([form]);
  });

  test('takes no row for text that a cell from above reaches into', () => {
    const form = table([cell('说明', 1, 2), cell('1')], [cell(SENTENCES)]);
    expect(splitTextRows(form)).toEqual([form]);
  });
});
