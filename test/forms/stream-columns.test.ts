import { describe, expect, test } from '@jest/globals';
import { REVIEW_BELOW } from '../../src/confidence/score-record.js';
import { FORM_2014 } from '../../src/forms/form-2014.js';
import { FORM_2021 } from '../../src/forms/form-2021.js';
import type { DownTable, FormDefinition } from '../../src/forms/form.js';
import { formLines } from '../../src/forms/form-lines.js';
import { DEFAULT_SETTINGS, processDocument } from '../../src/pipeline/process-document.js';
import type { GongkaiRecord } from '../../src/model/record.js';

const TITLE = '海城区人民政府政府信息公开工作年度报告\n\n（本报告为文字转换所得。）\n\n';

describe('columns that stand one behind the other', () => {
  test('a column of labels, a column of units and a column of as many values make rows', async () => {
    const record = await read(statistics((row) => `${row}`));
    expect(valuesOf(record, 'statistics')).toEqual(dataLines(FORM_2014, 'statistics').map((_, row) => row));
  });

  test('one value less than rows leaves all of them without a value', async () => {
    const text = statistics((row) => (row === 7 ? '' : `${row}`));
    const record = await read(text);
    for (const value of valuesOf(record, 'statistics')) expect(value).toBeNull();
  });

  test('columns of numbers that add up by rows are read', async () => {
    const record = await read(applications((row) => [row, 1, 0, 0, 2, 0]));
    const keys = dataLines(FORM_2021, 'applications').map(({ row }) => row.key);
    keys.forEach((key, row) => {
      expect(record.fields[`applications.${key}.natural_person`]?.value).toBe(row);
      expect(record.fields[`applications.${key}.total`]?.value).toBe(row + 3);
    });
  });

  test('columns of numbers that do not add up are shown to a person', async () => {
    const record = await read(applications((row) => [row, 1, 0, 0, 2, 0], 5));
    const believed = Object.values(record.fields).filter(
      ({ value, confidence }) => value !== null && confidence >= REVIEW_BELOW,
    );
    expect(believed).toEqual([]);
  });

  test('no value that only its order joins to its label is given as certain', async () => {
    const record = await read(statistics((row) => `${row}`));
    for (const field of Object.values(record.fields)) expect(field.confidence).toBeLessThan(0.97);
  });
});

/** All labels, then all units, then all values, each on a line of its own. */
function statistics(value: (row: number) => string): string {
  const lines = formLines(tableOf(FORM_2014, 'statistics'));
  const labels = lines.map(({ row }) => row.labels[0]);
  const units = lines.map(({ row }) => (row.kind === 'data' ? row.unit : '——'));
  const values = dataLines(FORM_2014, 'statistics').map((_, row) => value(row));
  return [
    TITLE,
    '统计指标',
    ...labels,
    '单位',
    ...units,
    '统计数',
    ...values.filter((text) => text !== ''),
  ].join('\n\n');
}

/** All labels, then the columns one after the other; `error` is added to every total. */
function applications(parts: (row: number) => readonly number[], error = 0): string {
  const lines = formLines(tableOf(FORM_2021, 'applications'));
  const rows = dataLines(FORM_2021, 'applications').map((_, row) => parts(row));
  const columns = [0, 1, 2, 3, 4, 5].map((column) => rows.map((row) => row[column] ?? 0));
  const totals = rows.map((row) => row.reduce((sum, part) => sum + part, error));
  return [TITLE, ...lines.map(({ row }) => row.labels[0]), ...[...columns, totals].flat()].join('\n\n');
}

function tableOf(form: FormDefinition, id: string): DownTable {
  const table = form.tables.find((one) => one.id === id);
  if (table?.arrangement !== 'down') throw new Error(`${id} is no table with rows`);
  return table;
}

function dataLines(form: FormDefinition, id: string) {
  return formLines(tableOf(form, id)).filter(({ row }) => row.kind === 'data' && row.optional !== true);
}

function valuesOf(record: GongkaiRecord, table: string): (number | null)[] {
  return Object.entries(record.fields)
    .filter(([key]) => key.startsWith(`${table}.`))
    .map(([, field]) => field.value);
}

async function read(text: string): Promise<GongkaiRecord> {
  return processDocument(
    new TextEncoder().encode(text),
    { path: 'made.txt', uri: null, hints: {} },
    DEFAULT_SETTINGS,
  );
}
