import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { APPLICATIONS_2021, applicationsIdentities } from '../../src/forms/applications-table.js';
import type { FieldReading, TableReading } from '../../src/forms/form-reading.js';
import { alignTable, boundOf, readDown } from '../../src/forms/read-down.js';
import type { Geometry } from '../../src/model/document.js';
import { printedRows, printForm, type PrintedTable } from '../helpers/table-document.js';

const HEADS = ['', '自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'];
const IDENTITIES = applicationsIdentities(APPLICATIONS_2021);
/** One request of a natural person in every row. */
const WHOLE = printForm(APPLICATIONS_2021, (_, row) => [row, 1, 0, 0, 0, 0, row + 1]);

function read(
  table: PrintedTable,
  geometry: Geometry = 'exact',
  heads: PrintedTable = [HEADS],
): TableReading {
  const aligned = alignTable(printedRows([...heads, ...table], geometry), APPLICATIONS_2021);
  return readDown(aligned, APPLICATIONS_2021, IDENTITIES);
}

function field(reading: TableReading, row: string, column: string): FieldReading {
  const found = reading.fields.find(({ key }) => key === `applications.${row}.${column}`);
  if (!found) throw new Error(`no field ${row}.${column}`);
  return found;
}

function texts(reading: TableReading, row: string): (string | null)[] {
  return reading.fields
    .filter(
      ({ key }) =>
        key.startsWith(`applications.${row}.`) && key.split('.').length === row.split('.').length + 2,
    )
    .map(({ slot }) => slot?.text ?? null);
}

/** The table with other rows for the one that has this number. */
function withRows(row: number, change: (cells: readonly string[]) => PrintedTable): string[][] {
  return WHOLE.flatMap((cells) => (cells[1] === `${row}` ? change(cells).map((one) => [...one]) : [cells]));
}

describe('readDown', () => {
  test('finds every cell of a whole table under its head', () => {
    const reading = read(WHOLE);
    expect(reading.coverage).toBe(1);
    const missing = reading.fields.filter(({ slot, dispensable }) => slot === null && !dispensable);
    expect(missing).toEqual([]);
    expect(field(reading, 'granted', 'total').signals).toMatchObject({
      basis: 'head',
      unplaced: 0,
      label: 1,
    });
  });

  test('never scores more than the bound of its alignment, which it reaches with all heads', () => {
    const lostLabels = WHOLE.map(([, ...values], i) => [i % 3 === 0 ? '' : `${WHOLE[i]?.[0]}`, ...values]);
    for (const table of [WHOLE, WHOLE.slice(5), lostLabels, [...WHOLE].reverse()]) {
      const aligned = alignTable(printedRows([HEADS, ...table]), APPLICATIONS_2021);
      const bound = boundOf(aligned, APPLICATIONS_2021);
      const { score } = readDown(aligned, APPLICATIONS_2021, IDENTITIES);
      expect(score).toBeLessThanOrEqual(bound);
      if (table === WHOLE) expect(score).toBeGreaterThan(bound - 1);
    }
  });

  test('joins a label with the numbers on the next line, and doubts the row', () => {
    const reading = read(withRows(9, ([label = '', ...values]) => [[label], ['', ...values]]));
    expect(texts(reading, 'refused.process_information')).toEqual(['9', '1', '0', '0', '0', '0', '10']);
    expect(field(reading, 'refused.process_information', 'total').signals.unplaced).toBeGreaterThan(0);
    expect(field(reading, 'refused.enforcement_file', 'total').signals.unplaced).toBe(0);
  });

  test('doubts a label without numbers where the others have theirs on the next line', () => {
    const split = WHOLE.flatMap(([label = '', ...values]) => {
      const blanks = values.map(() => '');
      return [[label, ...blanks], values[0] === '9' ? ['', ...blanks] : ['', ...values]];
    });
    const unplaced = (table: PrintedTable): number =>
      field(read(table), 'refused.process_information', 'total').signals.unplaced;
    expect(unplaced(split)).toBeGreaterThan(0);
    expect(unplaced(withRows(9, ([label = '', ...values]) => [[label, ...values.map(() => '')]]))).toBe(0);
  });

  test('doubts a row with a cell too many whose values start in another column than all others', () => {
    const even = printForm(APPLICATIONS_2021, () => [0, 0, 0, 0, 0, 0, 0, '']);
    const table = even.map((cells) =>
      cells[0]?.includes('过程性信息') ? [cells[0], '', '', '', '', '', '', '4', '0'] : cells,
    );
    const reading = read(table, 'exact', []);
    const unplaced = (row: string): number => field(reading, row, 'total').signals.unplaced;
    expect(texts(reading, 'refused.process_information')).toEqual(['', '', '', '', '', '4', '0']);
    expect(unplaced('refused.process_information')).toBeGreaterThan(0);
    expect(unplaced('refused.enforcement_file')).toBe(0);
  });

  test('lets no sum settle where a row bears two labels and numbers stand a line off', () => {
    const [, next = []] = WHOLE.filter((cells) => cells[1] === '9' || cells[1] === '10');
    const merged = withRows(9, ([label = '', ...values]) => [[label, next[0] ?? '', ...values]]);
    const shifted = merged.map((cells) => (cells[1] === '10' ? ['', ...cells.slice(1)] : [...cells]));
    const reading = read(shifted, 'ordered');
    const { signals } = field(reading, 'refused.enforcement_file', 'total');
    expect(signals.unplaced).toBeGreaterThan(0);
    expect(signals.isRivalled).toBe(true);
    expect(field(reading, 'new', 'total').signals.isRivalled).toBe(false);
  });

  test('doubts a row whose first value stands in the column of labels', () => {
    const grid = WHOLE.map(([label = '', ...values]) => ['', label, ...values.slice(1)]);
    const first = grid.map((cells, i) => (i === 0 ? [cells[1] ?? '', '', ...cells.slice(2)] : cells));
    const { signals } = field(read(first, 'exact', []), 'new', 'total');
    expect(signals).toMatchObject({ basis: 'count', isRivalled: true });
  });

  test('hands numbers beside the name of a group to its first row where that has none, and doubts them', () => {
    const parts = withRows(4, ([, ...values]) => [['（三）不予公开', ...values]]);
    const group = parts.findIndex(([label]) => label === '（三）不予公开');
    const reading = read(parts.filter((_, i) => i !== group));
    expect(texts(reading, 'refused.state_secret')[0]).toBe('4');
    expect(field(reading, 'refused.state_secret', 'total').signals.unplaced).toBeGreaterThan(0);
    expect(texts(reading, 'refused.forbidden_by_law')[0]).toBe('5');
  });

  test('takes the one row that some reports print in place of its three parts for complete', () => {
    const parts = WHOLE.filter(([label]) => /申请人(?:无正当理由|逾期未按)|^3\.其他$/.test(label ?? ''));
    expect(parts).toHaveLength(3);
    const one = WHOLE.filter((row) => !parts.includes(row)).map((row) => [...row]);
    const total = one.findIndex(([label]) => label === '（七）总计');
    const reading = read([
      ...one.slice(0, total),
      ['（六）其他处理', '2', '0', '0', '0', '0', '0', '2'],
      ...one.slice(total),
    ]);
    expect(reading.coverage).toBe(1);
    expect(texts(reading, 'other')).toEqual(['2', '0', '0', '0', '0', '0', '2']);
    expect(field(reading, 'other.fee_unpaid', 'total')).toMatchObject({ slot: null, dispensable: true });
  });

  test('gives five numbers without positions to none of seven columns but those that the sums leave no choice about', () => {
    const reading = read(
      withRows(3, ([label = '']) => [[label, '3', '4', '5', '6', '18']]),
      'ordered',
    );
    expect(field(reading, 'partially_granted', 'total')).toMatchObject({
      slot: { text: '18' },
      signals: { basis: 'identity', unplaced: 0 },
    });
    const others = reading.fields.filter(({ key }) => /\.partially_granted\.(?!total)/.test(key));
    expect(others).toHaveLength(6);
    expect(others.filter(({ signals }) => signals.basis !== 'guess')).toEqual([]);
  });

  test('lets the sums of the columns choose where the row cannot', () => {
    // Everything is 0 but the one row and the totals, so that each column tells whose number it is.
    const zeros = printForm(APPLICATIONS_2021, (key) =>
      ['new', 'total'].includes(key) ? [2, 0, 5, 0, 0, 0, 7] : [0, 0, 0, 0, 0, 0, 0],
    );
    const lossy = zeros.map((cells) => (cells[0] === '（一）予以公开' ? [cells[0], '2', '5', '7'] : cells));
    const reading = read(lossy, 'ordered');
    const found = texts(reading, 'granted').map((text) => text ?? '0');
    expect(found).toEqual(['2', '0', '5', '0', '0', '0', '7']);
    expect(field(reading, 'granted', 'research').signals).toMatchObject({ basis: 'identity', unplaced: 0 });
  });

  test('doubts rows beside numbers that belong to no row', () => {
    const reading = read(withRows(12, (cells) => [cells, ['', '7', '7', '7']]));
    const doubted = reading.fields.filter(({ slot, signals }) => slot !== null && signals.unplaced > 0);
    expect(doubted.map(({ key }) => key.split('.').slice(1, -1).join('.'))).toContain('unavailable.not_held');
  });

  test.each(['exact', 'aligned', 'ordered', 'stream'] as const)(
    'never changes a legible number of a complete row, whether it adds up or not: %s',
    (geometry) => {
      const number = fc.integer({ min: 0, max: 2_000 });
      const rows = WHOLE.filter((cells) => cells.length > 1).length;
      const numbers = fc.array(fc.array(number, { minLength: 7, maxLength: 7 }), {
        minLength: rows,
        maxLength: rows,
      });
      fc.assert(
        fc.property(numbers, (printed) => {
          const reading = read(
            printForm(APPLICATIONS_2021, (_, row) => printed[row] ?? []),
            geometry,
          );
          const keys = WHOLE.filter((cells) => cells.length > 1).map((_, row) => row);
          const found = reading.fields
            .filter(({ dispensable }) => !dispensable)
            .map(({ slot }) => slot?.text);
          expect(found).toEqual(keys.flatMap((row) => printed[row]?.map(String) ?? []));
        }),
        { numRuns: 25 },
      );
    },
  );

  test('trusts a table without columns more where its rows show all their cells', () => {
    const trust = (table: PrintedTable): number => {
      const rows = printedRows([HEADS, ...table], 'ordered').map((row) => ({ ...row, tableConfidence: 0.7 }));
      return field(
        readDown(alignTable(rows, APPLICATIONS_2021), APPLICATIONS_2021, IDENTITIES),
        'granted',
        'total',
      ).signals.table;
    };
    expect(trust(WHOLE)).toBe(0.95);
    expect(trust(WHOLE.map((cells, i) => (i % 4 === 0 ? cells.filter((text) => text !== '0') : cells)))).toBe(
      0.7,
    );
  });

  test('doubts the rows between a label without numbers and one with those of two rows', () => {
    const numbersOf = (number: string): string[] =>
      (WHOLE.find((cells) => cells[1] === number) ?? []).slice(1);
    const late = (label: string, ...values: string[]): string[] => {
      if (values[0] === '9') return [label];
      if (values[0] === '10') return [label, ...numbersOf('9')];
      return values[0] === '11' ? [label, ...numbersOf('10'), ...values] : [label, ...values];
    };
    const reading = read(
      WHOLE.map(([label = '', ...values]) => late(label, ...values)),
      'stream',
      [],
    );
    expect(field(reading, 'refused.enforcement_file', 'total').signals.isRivalled).toBe(true);
    expect(field(reading, 'new', 'total').signals.isRivalled).toBe(false);
  });

  test('doubts a row whose label runs into a number', () => {
    const glued = WHOLE.map(([label = '', ...values]) => [
      label.startsWith('（二）部分公开') ? `${label} 7` : label,
      ...values,
    ]);
    expect(field(read(WHOLE), 'partially_granted', 'enterprise').signals.unplaced).toBe(0);
    expect(field(read(glued), 'partially_granted', 'enterprise').signals.unplaced).toBe(1);
  });
});
