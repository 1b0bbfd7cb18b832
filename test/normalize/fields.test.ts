import { describe, expect, test } from '@jest/globals';
import { APPLICATIONS_2021 } from '../../src/forms/applications-table.js';
import { fieldsOf } from '../../src/forms/form.js';
import { FORM_2021 } from '../../src/forms/form-2021.js';
import { readForm } from '../../src/forms/read-form.js';
import { type NormalizedField, normalizeFields } from '../../src/normalize/fields.js';
import { printForm, type PrintedTable, tableDocument } from '../helpers/table-document.js';

const SEVEN = ['12', '', '/', '0', '约5', '若干', '17'];
const APPLICATIONS = [
  ['', '自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'],
  ...printForm(APPLICATIONS_2021, (key) => (key === 'granted' ? SEVEN : ['0', '0', '0', '0', '0', '0', '0'])),
];

function normalized(...tables: PrintedTable[]): Map<string, NormalizedField> {
  const reading = readForm(tableDocument(tables), 2023);
  if (!reading) throw new Error('no form');
  return new Map(normalizeFields(reading).map((field) => [field.definition.key, field]));
}

describe('normalizeFields', () => {
  const fields = normalized(APPLICATIONS);
  const granted = (column: string) => fields.get(`applications.granted.${column}`);

  test('gives every field of the form in printed order', () => {
    expect([...fields.keys()]).toEqual(fieldsOf(FORM_2021).map(({ key }) => key));
  });

  test.each([
    ['natural_person', 12, '12', 'reported'],
    ['enterprise', null, '', 'blank'],
    ['research', null, '/', 'marked'],
    ['social_org', 0, '0', 'reported'],
    ['legal_service', 5, '约5', 'reported'],
    ['other_org', null, '若干', 'marked'],
  ])('tells blanks, marks and words from 0: %s', (column, value, raw, status) => {
    expect(granted(column)).toMatchObject({ value, raw, status });
  });

  test('leaves what was found nowhere absent, without a place and never 0', () => {
    expect(fields.get('review.total')).toMatchObject({
      ...{ value: null, raw: null, status: 'absent', evidence: [] },
    });
  });

  test('says where each value stands', () => {
    const place = {
      kind: 'cell',
      table: 0,
      row: APPLICATIONS.findIndex(([label]) => label === '（一）予以公开'),
    };
    expect(granted('total')?.evidence).toMatchObject([{ ...place, column: 7 }]);
  });

  test('counts what is printed in tens of thousands', () => {
    const printed = APPLICATIONS.map((row) =>
      row[1] === '12' ? [row[0] ?? '', '1.2万', ...row.slice(2)] : row,
    );
    expect(normalized(printed).get('applications.granted.natural_person')?.value).toBe(12_000);
  });

  test.each([
    ['本年收费金额（单位：万元）', '2.5', 2.5],
    ['本年收费金额（单位：元）', '25000', 2.5],
    ['本年收费金额', '25000元', 2.5],
    ['本年收费金额（单位：元）', '2.5万元', 2.5],
  ])('counts fees in the form’s unit: %s %s', (head, printed, value) => {
    const fees = [['第二十条第（八）项'], ['信息内容', head], ['行政事业性收费', printed]];
    expect(normalized(fees, APPLICATIONS).get('disclosure.fees.amount')).toMatchObject({
      value,
      raw: printed,
    });
  });
});
