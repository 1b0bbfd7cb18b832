import { describe, expect, test } from '@jest/globals';
import { FORM_2021 } from '../../src/forms/form-2021.js';
import { formLines } from '../../src/forms/form-lines.js';
import type { GongkaiRecord } from '../../src/model/record.js';
import { DEFAULT_SETTINGS, processDocument } from '../../src/pipeline/process-document.js';

const ROWS_BEFORE_LAST = 23;
/** How many labels, and then their numbers column by column, stand together. */
const BLOCKS = [2, 1, 3, 5, 1, 4, 2, 5, 2];

/** Outcomes with a person's and a firm's numbers in some rows; the two rows at either end make the balance. */
const OUTCOMES = Array.from({ length: ROWS_BEFORE_LAST - 2 }, (_, row) => [
  row % 3 === 0 ? row * 7 + 3 : 0,
  row % 5 === 0 ? row + 1 : 0,
]);

function table(): number[][] {
  const sums = [0, 1].map((column) => OUTCOMES.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  const [persons = 0, firms = 0] = sums;
  const pairs = [[persons, firms + 1], [2, 0], ...OUTCOMES, [persons, firms], [2, 1]];
  return pairs.map(([person = 0, firm = 0]) => [person, firm, 0, 0, 0, 0, person + firm]);
}

function text(rows: readonly (readonly number[])[]): string {
  const labels = formLines(applications())
    .filter(({ row }) => row.kind === 'data' && row.optional !== true)
    .map(({ row }) => row.labels[0] ?? '');
  const parts: string[] = [];
  let from = 0;
  for (const size of BLOCKS) {
    const block = rows.slice(from, from + size);
    const columns = (block[0] ?? []).map((_, column) => block.map((row) => row[column]).join('\n'));
    parts.push(labels.slice(from, from + size).join('\n'), ...columns);
    from += size;
  }
  return `海城区人民政府2024年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n自然人\n\n${parts.join('\n\n')}\n\n五、存在的主要问题及改进情况\n`;
}

function applications() {
  const found = FORM_2021.tables.find((one) => one.id === 'applications');
  if (found?.arrangement !== 'down') throw new Error('table three has rows');
  return found;
}

function read(source: string): Promise<GongkaiRecord> {
  return processDocument(
    new TextEncoder().encode(source),
    { path: 'made.txt', uri: null, hints: {} },
    DEFAULT_SETTINGS,
  );
}

function valuesOf(record: GongkaiRecord): (number | null)[] {
  return formLines(applications())
    .filter(({ row }) => row.kind === 'data' && row.optional !== true)
    .flatMap(({ row, block }) =>
      block.columns.map((column) => record.fields[`applications.${row.key}.${column.key}`]?.value ?? null),
    );
}

describe('labels and numbers that were written apart in blocks', () => {
  test('are put together where the sums allow one table only, and given as doubtful', async () => {
    const record = await read(text(table()));
    expect(valuesOf(record)).toEqual(table().flat());
    const sure = Object.values(record.fields).filter(
      ({ confidence, value }) => value !== null && confidence >= 0.99,
    );
    expect(sure).toEqual([]);
  });

  test('count a number in front of a label that goes on with a comma set upright (0 | 、 | 本 | 年 | 度)', async () => {
    const source = text(table()).replace('\n\n（一）予以公开', '\n、\n本\n年\n度\n\n（一）予以公开');
    expect(source).toContain('、\n本');
    expect(valuesOf(await read(source))).toEqual(table().flat());
  });

  test('are left alone where a number is missing', async () => {
    const rows = table();
    const record = await read(text(rows).replace(/\n0\n/, '\n'));
    const wrong = valuesOf(record).filter((value, i) => value !== null && value !== rows.flat()[i]);
    const sure = Object.values(record.fields).filter(
      ({ confidence, value }) => value !== null && confidence >= 0.99,
    );
    expect([wrong.length > 0 ? sure : []].flat()).toEqual([]);
  });
});
