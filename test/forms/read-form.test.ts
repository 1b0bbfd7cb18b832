import { describe, expect, test } from '@jest/globals';
import { APPLICATIONS_2019, APPLICATIONS_2021 } from '../../src/forms/applications-table.js';
import { FORM_2014 } from '../../src/forms/form-2014.js';
import { readForm } from '../../src/forms/read-form.js';
import { printForm, tableDocument } from '../helpers/table-document.js';
import { textDocument } from '../helpers/text-document.js';

const [STATISTICS] = FORM_2014.tables;
const seven = (_key: string, row: number): number[] => [row, 1, 0, 0, 0, 0, row + 1];

describe('readForm', () => {
  test('finds the form whose rows are printed, whatever the year is said to be', () => {
    if (STATISTICS?.arrangement !== 'down') throw new Error('no table with rows');
    const statistics = printForm(STATISTICS, (_, row) => [row]);
    expect(readForm(tableDocument([statistics]), 2023)).toMatchObject({ form: { id: '2014' } });
    expect(readForm(tableDocument([printForm(APPLICATIONS_2019, seven)]), 2020)?.form.id).toBe('2019');
    expect(readForm(tableDocument([printForm(APPLICATIONS_2021, seven)]), 2022)?.form.id).toBe('2021');
  });

  test('lets the year decide between forms that explain the tables as well, and says who came second', () => {
    const other = [['（六）其他处理', '0', '0', '0', '0', '0', '0', '0']];
    const rows = printForm(APPLICATIONS_2019, seven).filter(([label]) => label !== '（六）其他处理');
    const shared = tableDocument([[...rows.slice(0, -2), ...other, ...rows.slice(-2)]]);
    expect(readForm(shared, 2020)).toMatchObject({ form: { id: '2019' }, runnerUp: '2021' });
    expect(readForm(shared, 2022)).toMatchObject({ form: { id: '2021' }, runnerUp: '2019' });
  });

  test('finds no form in other tables, in a few of its words, or in nothing', () => {
    const staff = [
      ['姓名', '职务', '电话'],
      ['张三', '主任', '12'],
    ];
    expect(readForm(tableDocument([staff]), 2023)).toBeNull();
    expect(readForm(textDocument('全年予以公开 12 件，部分公开 3 件。'), 2023)).toBeNull();
    expect(readForm(tableDocument([]), null)).toBeNull();
  });

  test('reads a table that lost its rows as a running text', () => {
    const text = printForm(APPLICATIONS_2021, seven).flat().join('\n');
    const reading = readForm(textDocument(text), 2022);
    const applications = reading?.tables.find(({ table }) => table === 'applications');
    const found = applications?.fields
      .filter(({ dispensable }) => !dispensable)
      .map(({ slot }) => slot?.text);
    const printed = printForm(APPLICATIONS_2021, seven).flatMap(([, ...numbers]) => numbers);
    expect(found).toEqual(printed);
    expect(applications?.fields.every(({ signals }) => signals.geometry === 'stream')).toBe(true);
  });

  test('lends every printed cell to one field at most', () => {
    const reading = readForm(tableDocument([printForm(APPLICATIONS_2021, seven)]), 2022);
    const cells =
      reading?.tables.flatMap(({ fields }) => fields.flatMap(({ slot }) => slot?.cell ?? [])) ?? [];
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.length).toBeGreaterThan(100);
  });
});
