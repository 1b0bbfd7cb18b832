import { describe, expect, test } from '@jest/globals';
import { formLines } from '../../src/forms/form-lines.js';
import { FORM_2021 } from '../../src/forms/form-2021.js';
import { findLabelChain, valuesOf } from '../../src/forms/label-chain.js';
import { streamText } from '../../src/forms/stream-text.js';
import { textDocument } from '../helpers/text-document.js';

const [, APPLICATIONS] = FORM_2021.tables;

/** The labels found in a running text with the values behind each. */
function chainOf(text: string): (readonly [label: string | undefined, ...values: string[]])[] {
  if (APPLICATIONS?.arrangement !== 'down') throw new Error('no table with rows');
  const stream = streamText(textDocument(text));
  const chain = findLabelChain(stream, formLines(APPLICATIONS));
  return chain.map(({ line }, i) => [
    line.row.labels[0],
    ...valuesOf(stream, chain, i).map((token) => token.text),
  ]);
}

const SEVEN = '1 2 0 0 0 0 3';

describe('findLabelChain', () => {
  test('finds labels in printed order with the values behind each', () => {
    expect(chainOf(`（一）予以公开 ${SEVEN} （二）部分公开 4 0 0 0 0 0 4`)).toEqual([
      ['（一）予以公开', ...SEVEN.split(' ')],
      ['（二）部分公开（区分处理的，只计这一情形，不计其他情形）', '4', '0', '0', '0', '0', '0', '4'],
    ]);
  });

  test('reads the numeral of a label as part of it, not as the value of the row before', () => {
    const found = chainOf(`1.属于国家秘密 ${SEVEN} 2.其他法律行政法规禁止公开 ${SEVEN}`);
    expect(found.map((row) => row.length)).toEqual([8, 8]);
    const glued = chainOf(`1.属于国家秘密 1 2 0 0 0 0 3 3.危及“三安全一稳定” ${SEVEN}`);
    expect(glued[0]).toEqual(['1.属于国家秘密', ...SEVEN.split(' ')]);
  });

  test('follows the form’s order where a wording comes again elsewhere', () => {
    const found = chainOf(`本年予以公开的较多。（一）予以公开 ${SEVEN} 2.重复申请 ${SEVEN} 予以公开`);
    expect(found.map(([label]) => label)).toEqual(['（一）予以公开', '2.重复申请']);
    expect(found[0]).toHaveLength(8);
  });

  test('ends the values of the last label where words begin', () => {
    const [last] = chainOf(`四、结转下年度继续办理 ${SEVEN} 五、存在的主要问题 2024年将加强培训`).slice(-1);
    expect(last).toEqual(['四、结转下年度继续办理', ...SEVEN.split(' ')]);
  });

  test('finds nothing where no label is printed', () => {
    expect(chainOf('联系电话 0573 1234567')).toEqual([]);
  });
});
