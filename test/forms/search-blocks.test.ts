import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Identity } from '../../src/forms/form.js';
import { type BlockHints, BlockSearch } from '../../src/forms/search-blocks.js';

const COLUMNS = ['a', 'b', 'total'];

/** Keys of a table whose rows add up to the right and whose last row adds up the others. */
function keysOf(rows: number): string[][] {
  return Array.from({ length: rows }, (_, row) => COLUMNS.map((column) => `${row}.${column}`));
}

function identitiesOf(rows: number): Identity[] {
  const parts = Array.from({ length: rows - 1 }, (_, row) => row);
  return [
    ...[...parts, rows - 1].map((row) => ({
      id: `row ${row}`,
      sum: [`${row}.a`, `${row}.b`],
      equals: [`${row}.total`],
    })),
    ...COLUMNS.map((column) => ({
      id: `column ${column}`,
      sum: parts.map((row) => `${row}.${column}`),
      equals: [`${rows - 1}.${column}`],
    })),
  ];
}

/** Rows of two numbers with their sums, and below them the sums of the columns. */
function addUp(parts: readonly (readonly [number, number])[]): number[][] {
  const rows = parts.map(([a, b]) => [a, b, a + b]);
  return [...rows, [0, 1, 2].map((column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0))];
}

/** The rows in blocks of some sizes, each block column by column. */
function written(table: readonly (readonly number[])[], sizes: readonly number[]): number[] {
  const values: number[] = [];
  let row = 0;
  for (let i = 0; row < table.length; i++) {
    const block = table.slice(row, row + (sizes[i % sizes.length] ?? 1));
    COLUMNS.forEach((_, column) => values.push(...block.map((cells) => cells[column] ?? 0)));
    row += block.length;
  }
  return values;
}

function search(values: readonly number[], rows: number, hints: BlockHints = {}): number[][][] | null {
  const grids = new BlockSearch(values, keysOf(rows), identitiesOf(rows), hints).grids();
  return grids?.map((grid) => grid.map((row) => row.map((place) => values[place] ?? 0))) ?? null;
}

describe('BlockSearch', () => {
  test('finds the one table that adds up, whatever blocks it was written in', () => {
    const table = addUp([
      [70, 3],
      [0, 11],
      [5, 0],
      [19, 2],
    ]);
    expect(search(written(table, [2, 3]), table.length)).toEqual([table]);
    expect(search(written(table, [1]), table.length)).toEqual([table]);
    expect(search(written(table, [5]), table.length)).toEqual([table]);
  });

  test('finds none where a number does not add up', () => {
    const table = addUp([
      [70, 3],
      [0, 11],
    ]);
    const values = written(table, [3]);
    values[0] = 71;
    expect(search(values, table.length)).toEqual([]);
  });

  test('finds several where the sums do not tell, and zeros that may change places only once', () => {
    const values = written(
      addUp([
        [0, 0],
        [5, 0],
        [0, 0],
      ]),
      [1],
    );
    expect(search(values, 4)?.length).toBeGreaterThan(1);
    expect(search(new Array<number>(12).fill(0), 4)).toHaveLength(1);
  });

  test('takes columns in the order of their heads where these stand in another one', () => {
    const table = addUp([
      [7, 3],
      [0, 11],
    ]);
    const values = [2, 1, 0].flatMap((column) => table.map((row) => row[column] ?? 0));
    expect(search(values, table.length)).toEqual([]);
    expect(search(values, table.length, { thirds: ['last', 'middle', 'first'] })).toEqual([table]);
  });

  test('starts a block where one is known to start', () => {
    const table = addUp([
      [0, 0],
      [2, 2],
      [1, 1],
    ]);
    const values = table.flat();
    expect(search(values, table.length)).toHaveLength(2);
    expect(search(values, table.length, { starts: new Set([1, 2, 3]) })).toEqual([table]);
  });

  test('the table that was written is always among those found', () => {
    const count = fc.nat({ max: 30 });
    const parts = fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        parts,
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        (rows, sizes) => {
          const table = addUp(rows);
          const found = search(written(table, sizes), table.length);
          if (found !== null) expect(found).toContainEqual(table);
        },
      ),
      { numRuns: 200 },
    );
  });
});
