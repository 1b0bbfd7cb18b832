import { describe, expect, test } from '@jest/globals';
import { APPLICATIONS_2021 } from '../../src/forms/applications-table.js';
import { FORM_2021 } from '../../src/forms/form-2021.js';
import type { FormBlock } from '../../src/forms/form.js';
import { tellOtherOrder } from '../../src/forms/head-order.js';
import { printedRows, type PrintedTable } from '../helpers/table-document.js';

const [APPLICANTS] = APPLICATIONS_2021.blocks;
const [DISCLOSURE] = FORM_2021.tables.flatMap((table) =>
  table.arrangement === 'down' && table.id === 'disclosure' ? table.blocks : [],
);

function isOther(heads: PrintedTable, block: FormBlock | undefined, isSuspected = false): boolean {
  if (!block) throw new Error('no block');
  return tellOtherOrder(printedRows(heads, 'ordered'), undefined, block, isSuspected);
}

describe('tellOtherOrder', () => {
  test('sees the order of the form in one row, in two, and with the total before the heads below it', () => {
    const lower = ['商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他'];
    expect(isOther([['自然人', '法人或其他组织', '总计'], lower], APPLICANTS)).toBe(false);
    expect(isOther([['自然人', '法人或其他组织', '总计', ...lower]], APPLICANTS)).toBe(false);
    expect(isOther([['自然人', ...lower, '总计']], APPLICANTS)).toBe(false);
  });

  test('takes what stands behind the total for the next row of heads, as where merged heads are printed once a column', () => {
    const upper = ['自然人', '法人或其他组织', '法人或其他组织', '总计'];
    const lower = ['自然人', '商业企业', '科研机构', '社会公益组织', '总计'];
    expect(isOther([[...upper, ...lower]], APPLICANTS)).toBe(false);
    expect(isOther([[...upper, '自然人', '科研机构', '商业企业', '总计']], APPLICANTS)).toBe(true);
  });

  test('lets a head over several columns stand anywhere among them', () => {
    const among = ['自然人', '商业企业', '科研机构', '法人或其他组织', '社会公益组织', '总计'];
    expect(isOther([among], APPLICANTS)).toBe(false);
    expect(isOther([['申请人情况\n法人或其他组织\n自然人 总计\n商业企业 科研机构']], APPLICANTS)).toBe(false);
    expect(isOther([['法人或其他组织', ...among.slice(0, 3)]], APPLICANTS)).toBe(true);
  });

  test('looks at rows of heads together only where the columns are in another order as well', () => {
    const rows = [['法人或其他组织'], ['自然人', '总计'], ['商业企业', '科研机构']];
    expect(isOther(rows, APPLICANTS)).toBe(false);
    expect(isOther(rows, APPLICANTS, true)).toBe(true);
  });

  test('sees columns, and groups of them, that change places', () => {
    expect(isOther([['法人或其他组织', '自然人', '总计']], APPLICANTS)).toBe(true);
    expect(isOther([['总计', '自然人', '法人或其他组织']], APPLICANTS)).toBe(true);
    expect(isOther([['科研机构', '商业企业', '社会公益组织']], APPLICANTS)).toBe(true);
    expect(isOther([['信息内容 现行有效件数 本年废止件数 本年制发件数']], DISCLOSURE)).toBe(true);
  });

  test('is told nothing by few heads, by pieces of them, or by rows above the last numbers', () => {
    expect(isOther([['其他', '商业企业']], APPLICANTS)).toBe(false);
    expect(isOther([['法人或其他组织', '关系 自然人', '社会公益组 法律', '其他']], APPLICANTS)).toBe(false);
    const above = [['法人或其他组织', '自然人', '总计'], ['规章', '1'], ['自然人', '商业企业', '科研机构']]; // prettier-ignore
    expect(isOther(above, APPLICANTS)).toBe(false);
  });
});
