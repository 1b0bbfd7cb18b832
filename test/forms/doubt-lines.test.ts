import { describe, expect, test } from '@jest/globals';
import { APPLICATIONS_2021 } from '../../src/forms/applications-table.js';
import type { FieldReading } from '../../src/forms/form-reading.js';
import { readForm } from '../../src/forms/read-form.js';
import { printForm, type PrintedTable, tableDocument } from '../helpers/table-document.js';

const APPLICANTS = ['', '自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'];
const seven = (_key: string, row: number): number[] => [row, 1, 0, 0, 0, 0, row + 1];

function fieldsOf(rows: PrintedTable): readonly FieldReading[] {
  const reading = readForm(tableDocument([rows]), 2023);
  return reading?.tables.find(({ table }) => table === 'applications')?.fields ?? [];
}

function isDoubted(fields: readonly FieldReading[], key: string): boolean | undefined {
  return fields.find((field) => field.key === key)?.signals.isRivalled;
}

describe('doubts of lines', () => {
  test('fall on no line of a table under its own heads', () => {
    const fields = fieldsOf([APPLICANTS, ...printForm(APPLICATIONS_2021, seven)]);
    expect(fields.filter(({ signals }) => signals.isRivalled)).toEqual([]);
  });

  test('fall on every line below heads that name other columns', () => {
    const departments = ['', '办公室', '财政局', '教育局', '公安局', '民政局', '司法局', '合计'];
    const fields = fieldsOf([departments, ...printForm(APPLICATIONS_2021, seven)]);
    expect(fields.filter(({ slot, signals }) => slot !== null && !signals.isRivalled)).toEqual([]);
  });

  test('do not fall below heads in fewer words, or mistyped ones', () => {
    const short = ['', '个人', '企业', '科研', '社会组织', '法律服务', '其它', '合计'];
    const fields = fieldsOf([short, ...printForm(APPLICATIONS_2021, seven)]);
    expect(fields.some(({ signals }) => signals.isRivalled)).toBe(false);
  });

  test('fall on the lines of a table that goes on without heads, where those above are in another order', () => {
    const heads = ['', '总计', ...APPLICANTS.slice(1, -1)];
    const rows = printForm(APPLICATIONS_2021, (key, row) => {
      const numbers = seven(key, row);
      return [...numbers.slice(-1), ...numbers.slice(0, -1)];
    });
    const reading = readForm(tableDocument([[heads, ...rows.slice(0, 12)], rows.slice(12)]), 2023);
    const fields = reading?.tables.find(({ table }) => table === 'applications')?.fields ?? [];
    expect(isDoubted(fields, 'applications.new.total')).toBe(false);
    expect(fields.find(({ key }) => key === 'applications.new.total')?.slot?.text).toBe('1');
    expect(isDoubted(fields, 'applications.carried_forward.total')).toBe(true);
  });

  test('fall on lines whose own cells may be the blank ones, beside lines that print too many numbers', () => {
    const blank = ['', '', '', '', '', '', ''];
    const rows = printForm(APPLICATIONS_2021, seven).map((row, at) => {
      if (row.length === 1) return row;
      return at === 4 ? [...row.slice(0, 1), ...blank, ...row.slice(1)] : [...row, ...row.slice(1)];
    });
    const own = rows[4]?.[0] ?? '';
    expect(own).toContain('部分公开');
    const doubted = fieldsOf(rows).filter(
      ({ key, slot }) => slot !== null && key.startsWith('applications.partially_granted.'),
    );
    expect(doubted.every(({ signals }) => signals.isRivalled || signals.basis === 'guess')).toBe(true);
  });

  test('fall on a row like one that stands for its parts, unless it is their sum', () => {
    const rows = printForm(APPLICATIONS_2021, seven);
    const at = rows.findIndex(([label]) => label?.startsWith('1.申请人无正当理由') === true);
    const beside = (numbers: string[]): PrintedTable => [
      APPLICANTS,
      ...rows.slice(0, at),
      ['（六）其他处理', ...numbers],
      ...rows.slice(at),
    ];
    const sums = rows
      .slice(at, at + 3)
      .reduce(
        (total, row) => total.map((sum, column) => sum + Number(row[column + 1])),
        [0, 0, 0, 0, 0, 0, 0],
      );
    expect(isDoubted(fieldsOf(beside(sums.map(String))), 'applications.other.total')).toBe(false);
    expect(isDoubted(fieldsOf(beside(['4', '0', '0', '0', '0', '0', '4'])), 'applications.other.total')).toBe(
      true,
    );
  });
});
