import { describe, expect, test } from '@jest/globals';
import type { FieldReading, TableReading } from '../../src/forms/form-reading.js';
import { readAcross } from '../../src/forms/read-across.js';
import { REVIEW_IDENTITIES, REVIEW_TABLE } from '../../src/forms/review-table.js';
import type { Geometry } from '../../src/model/document.js';
import { printedRows, type PrintedTable } from '../helpers/table-document.js';

const LEAVES = ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计'];
const REVIEW = ['1', '2', '3', '4', '10'];
const DIRECT = ['5', '0', '0', '1', '6'];
const AFTER = ['0', '7', '0', '0', '7'];

function read(table: PrintedTable, geometry: Geometry = 'exact'): TableReading {
  return readAcross(printedRows(table, geometry), REVIEW_TABLE, REVIEW_IDENTITIES);
}

function fieldsOf({ fields }: TableReading, group: string): FieldReading[] {
  return fields.filter(({ key }) => key.startsWith(`${group}.`));
}

function texts(reading: TableReading, group: string): (string | null)[] {
  return fieldsOf(reading, group).map(({ slot }) => slot?.text ?? null);
}

/** One row of heads over five columns each, and the leaves below. */
function headed(...groups: readonly string[]): string[][] {
  return [groups.flatMap((name) => [name, '', '', '', '']), groups.flatMap(() => LEAVES)];
}

describe('readAcross', () => {
  test('finds every cell under its group and its head', () => {
    const reading = read([
      ...headed('行政复议', '未经复议直接起诉', '复议后起诉'),
      [...REVIEW, ...DIRECT, ...AFTER],
    ]);
    expect([texts(reading, 'review'), texts(reading, 'litigation_direct')]).toEqual([REVIEW, DIRECT]);
    expect(texts(reading, 'litigation_after_review')).toEqual(AFTER);
    expect(reading).toMatchObject({ coverage: 1, hasSecondCopy: false });
    expect(reading.fields.every(({ signals }) => signals.basis === 'head')).toBe(true);
  });

  test('takes small tables in any order by the names over them, with that of the suit beside', () => {
    const part = (name: string, cells: readonly string[]): string[][] => [[name], LEAVES, [...cells]];
    const reading = read([
      ...part('行政复议', REVIEW),
      ...part('行政诉讼（复议后起诉）', AFTER),
      ...part('行政诉讼：未经复议直接起诉', DIRECT),
    ]);
    expect(texts(reading, 'litigation_direct')).toEqual(DIRECT);
    expect(texts(reading, 'litigation_after_review')).toEqual(AFTER);
  });

  describe('where groups and columns are crossed', () => {
    const NAMES = ['行政复议', '行政诉讼（未经复议直接起诉）', '复议后起诉'];
    const all = (reading: TableReading) =>
      ['review', 'litigation_direct', 'litigation_after_review'].map((group) => texts(reading, group));

    test('takes a row for each group', () => {
      const rows = [REVIEW, DIRECT, AFTER].map((values, i) => [NAMES[i] ?? '', ...values]);
      const reading = read([['类别', ...LEAVES], ...rows]);
      expect(all(reading)).toEqual([REVIEW, DIRECT, AFTER]);
      expect(reading.fields.every(({ signals }) => signals.basis === 'head')).toBe(true);
    });

    test('takes a column for each group, in whatever order', () => {
      const rows = LEAVES.map((leaf, i) => [leaf, AFTER[i] ?? '', REVIEW[i] ?? '', DIRECT[i] ?? '']);
      const heads = ['复议后起诉', '行政复议', '未经复议直接起诉'];
      expect(all(read([['处理结果', ...heads], ...rows]))).toEqual([REVIEW, DIRECT, AFTER]);
    });

    test('takes neither of two rows for the same group as the crossed one', () => {
      const rows = [REVIEW, DIRECT].map((values) => ['行政复议', ...values]);
      const { fields } = read([['类别', ...LEAVES], ...rows]);
      expect(fields.filter(({ signals, slot }) => slot && signals.basis === 'head')).toEqual([]);
    });

    test('never takes what stands in no cell of its own', () => {
      const rows = [REVIEW, DIRECT, AFTER].map((values, i) => [NAMES[i] ?? '', ...values.slice(1)]);
      const { fields } = read([['类别', ...LEAVES], ...rows]);
      expect(fields.filter(({ signals, slot }) => slot && signals.basis === 'head')).toEqual([]);
    });
  });

  test('doubts all cells where one stands under two heads, as where a blank column was lost', () => {
    const [groups = [], leaves = []] = headed('行政复议', '未经复议直接起诉', '复议后起诉');
    const cells = [...REVIEW, ...DIRECT.slice(1), ...AFTER];
    const [, names, row] = printedRows([groups, leaves, cells]);
    if (!names || !row) throw new Error('no rows');
    const slots = names.slots.map((slot) => (slot.column > 4 ? { ...slot, column: slot.column - 1 } : slot));
    const rows = [...printedRows([groups]), { ...names, slots }, row];
    const { fields } = readAcross(rows, REVIEW_TABLE, REVIEW_IDENTITIES);
    expect(fields.every(({ signals }) => signals.isRivalled && signals.unplaced > 0)).toBe(true);
  });

  test('follows the heads where the groups stand in another order', () => {
    const reading = read([
      ...headed('复议后起诉', '行政复议', '未经复议直接起诉'),
      [...AFTER, ...REVIEW, ...DIRECT],
    ]);
    expect(texts(reading, 'review')).toEqual(REVIEW);
    expect(texts(reading, 'litigation_after_review')).toEqual(AFTER);
  });

  test('follows the heads where the columns of the groups stand in another order', () => {
    const totalFirst = (row: readonly string[]): string[] => [...row.slice(4), ...row.slice(0, 4)];
    const [names = []] = headed('行政复议', '未经复议直接起诉', '复议后起诉');
    const rows = [names, [LEAVES, LEAVES, LEAVES].flatMap(totalFirst)];
    const reading = read([...rows, [REVIEW, DIRECT, AFTER].flatMap(totalFirst)]);
    expect(texts(reading, 'review')).toEqual(REVIEW);
    expect(texts(reading, 'litigation_after_review')).toEqual(AFTER);
  });

  test('takes the suits in the order of their own heads where the numbers have no columns', () => {
    const heads = [
      ['行政复议', '行政诉讼'],
      [...LEAVES, '复议后起诉', '未经复议直接起诉'],
      [...LEAVES, ...LEAVES],
    ];
    const reading = read([...heads, [...REVIEW, ...AFTER, ...DIRECT]], 'ordered');
    expect(texts(reading, 'litigation_direct')).toEqual(DIRECT);
  });

  test('takes the title of the section for the head of no group', () => {
    const reading = read(
      [
        ['四、因政府信息公开工作被申请行政复议、提起行政诉讼情况'],
        ['行政复议', '行政诉讼'],
        [...LEAVES, '未经复议直接起诉', '复议后起诉'],
        [...LEAVES, ...LEAVES],
        [...REVIEW, ...DIRECT, ...AFTER],
      ],
      'ordered',
    );
    expect([texts(reading, 'litigation_direct'), texts(reading, 'litigation_after_review')]).toEqual([
      DIRECT,
      AFTER,
    ]);
  });

  test('follows the order of the heads where the numbers have no columns', () => {
    const swapped = [...DIRECT, ...AFTER, ...REVIEW];
    const litigation = ['未经复议直接起诉', '复议后起诉'];
    const below = [...LEAVES, ...LEAVES];
    for (const heads of [
      [['行政诉讼', '行政复议'], [...litigation, ...LEAVES], below],
      [['行政诉讼 行政复议'], [...litigation, ...LEAVES], below],
      [[...litigation, ...LEAVES], below],
    ]) {
      const reading = read([...heads, swapped], 'ordered');
      expect(texts(reading, 'review')).toEqual(REVIEW);
      expect(texts(reading, 'litigation_direct')).toEqual(DIRECT);
    }
  });

  test('is not sure of the groups where no head tells their order', () => {
    const leaves = [...LEAVES, ...LEAVES, ...LEAVES];
    const reading = read(
      [
        ['未经复议直接起诉', '复议后起诉', ...leaves],
        [...REVIEW, ...DIRECT, ...AFTER],
      ],
      'ordered',
    );
    expect(texts(reading, 'review')).toEqual(REVIEW);
    expect(reading.fields.every(({ signals }) => signals.label === 0)).toBe(true);
  });

  test('doubts the groups where the heads of two, the third gone, stand the other way round', () => {
    const [, leaves = []] = headed('', '', '');
    const names = ['', '', '', '', '', '复议后起诉', '', '', '', '', '未经复议直接起诉', '', '', '', ''];
    const reading = read([names, leaves, [...REVIEW, ...DIRECT, ...AFTER]]);
    expect(reading.fields.every(({ signals }) => signals.isRivalled)).toBe(true);
  });

  test('does not take the places of too few heads for columns of the numbers below', () => {
    const heads = [
      ['行政诉讼', '行政复议'],
      ['未经复议直接起诉', '复议后起诉', ...LEAVES],
      [...LEAVES, ...LEAVES],
    ];
    const reading = read([...heads, [...DIRECT, ...AFTER, ...REVIEW]]);
    expect(texts(reading, 'review')).toEqual(REVIEW);
    expect(texts(reading, 'litigation_after_review')).toEqual(AFTER);
  });

  test('doubts a row with numbers beyond its last head', () => {
    const reading = read([
      ...headed('行政复议', '未经复议直接起诉', '复议后起诉'),
      [...Array<string>(15).fill(''), '0', '0'],
    ]);
    expect(reading.fields.every(({ slot, signals }) => slot === null || signals.unplaced > 0)).toBe(true);
  });

  test('puts a table together that is printed as one small table a group', () => {
    const reading = read([
      ...headed('行政复议'),
      REVIEW,
      ...headed('未经复议直接起诉'),
      DIRECT,
      ...headed('复议后起诉'),
      AFTER,
    ]);
    expect(texts(reading, 'review')).toEqual(REVIEW);
    expect(texts(reading, 'litigation_direct')).toEqual(DIRECT);
    expect(texts(reading, 'litigation_after_review')).toEqual(AFTER);
  });

  test('doubts a small table whose group no head names', () => {
    const reading = read([...headed('行政复议'), REVIEW, LEAVES, DIRECT]);
    expect(fieldsOf(reading, 'review').every(({ signals }) => signals.label === 1)).toBe(true);
    expect(texts(reading, 'litigation_direct')).toEqual(DIRECT);
    expect(fieldsOf(reading, 'litigation_direct').every(({ signals }) => signals.label === 0)).toBe(true);
  });

  test('leaves numbers that are too few without a place, unless the sums have one for them only', () => {
    const heads = headed('行政复议', '未经复议直接起诉', '复议后起诉');
    const reading = read([...heads, [...REVIEW, ...DIRECT, '7', '7']], 'ordered');
    const placed = reading.fields.filter(({ slot }) => slot !== null);
    expect(placed.filter(({ signals }) => signals.basis !== 'identity')).toEqual([]);
    expect(texts(reading, 'review')).toEqual(REVIEW);
    expect(texts(reading, 'litigation_after_review').at(-1)).toBe('7');
    expect(texts(reading, 'litigation_after_review').slice(0, -1)).toEqual([null, null, null, null]);
  });

  test('finds nothing in a table of other heads', () => {
    const other = read([['姓名', '职务', '电话', '地址', '邮编'], REVIEW]);
    expect(other.coverage).toBe(0);
    expect(other.fields.every(({ slot }) => slot === null)).toBe(true);
  });
});
