import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { placeValues, type PlacedCell } from '../../src/forms/place-values.js';
import type { Identity } from '../../src/forms/form.js';
import { printedRows } from '../helpers/table-document.js';

const KEYS = ['a', 'b', 'c', 'total'];
const ADDS_UP: Identity = { id: 'row', sum: ['a', 'b', 'c'], equals: ['total'] };
const NOTHING_KNOWN = new Map<string, number>();

/** Where the numbers of one row are placed under the four columns. */
function placed(
  numbers: readonly string[],
  identities: readonly Identity[] = [ADDS_UP],
  known: ReadonlyMap<string, number> = NOTHING_KNOWN,
): Map<string, PlacedCell> {
  const values = printedRows([numbers], 'ordered')[0]?.slots ?? [];
  return placeValues([{ keys: KEYS, values }], known, identities);
}

function texts(cells: ReadonlyMap<string, PlacedCell>): (string | null)[] {
  return KEYS.map((key) => cells.get(key)?.slot?.text ?? null);
}

/** Rows of a table, some keys of each with the row's name before them. */
function placedRows(rows: readonly (readonly string[])[]): (string | null)[][] {
  const named = rows.map((numbers, row) => ({
    keys: KEYS.map((key) => `${row}.${key}`),
    values: printedRows([numbers], 'ordered')[0]?.slots ?? [],
  }));
  const identities = named.map(({ keys }, row) => ({
    id: `row ${row}`,
    sum: keys.slice(0, -1),
    equals: keys.slice(-1),
  }));
  const cells = placeValues(named, NOTHING_KNOWN, identities);
  return named.map(({ keys }) => keys.map((key) => cells.get(key)?.slot?.text ?? null));
}

describe('placeValues', () => {
  test('takes the last zero of a row for its total where all rows whose sums tell print theirs', () => {
    const telling = [
      ['3', '3'],
      ['1', '4', '5'],
      ['8', '8'],
      ['2', '2'],
    ];
    expect(placedRows([...telling, ['0'], ['0', '0']]).slice(-2)).toEqual([
      [null, null, null, '0'],
      [null, null, null, '0'],
    ]);
    expect(placedRows([...telling.slice(1), ['0']]).at(-1)).toEqual([null, null, null, null]);
  });

  test('is certain of what every placing that adds up has in common, and of nothing else', () => {
    const cells = placed(['5', '3', '8']);
    expect(cells.get('total')).toMatchObject({ slot: { text: '8' }, certain: true });
    expect(cells.get('b')).toMatchObject({ slot: null, certain: false });
  });

  test('lets a column that adds up choose where the row alone cannot', () => {
    const column: Identity = { id: 'column', sum: ['b'], equals: ['b of another row'] };
    const cells = placed(['5', '3', '8'], [ADDS_UP, column], new Map([['b of another row', 3]]));
    expect(texts(cells)).toEqual(['5', '3', null, '8']);
    expect([...cells.values()].every(({ certain }) => certain)).toBe(true);
  });

  test('puts a number together again whose digits were torn apart, where the row then adds up', () => {
    expect(texts(placed(['5', '1', '2', '3', '20']))).toEqual(['5', '12', '3', '20']);
  });

  test('cuts digits that ran together, where the row then adds up in one way only', () => {
    const cells = placed(['0077']);
    expect(texts(cells)).toEqual(['0', '0', '7', '7']);
    expect(cells.get('total')?.certain).toBe(true);
  });

  test('is certain of nothing by identities that cannot hold with what is known', () => {
    const column: Identity = { id: 'column', sum: ['a', 'b'], equals: ['whole'] };
    const values = printedRows([['2', '0']], 'ordered')[0]?.slots ?? [];
    const cells = placeValues(
      [{ keys: ['a'], values }],
      new Map([
        ['b', 1],
        ['whole', 3],
      ]),
      [column],
    );
    expect(cells.get('a')).toMatchObject({ certain: false });
  });

  test('decides nothing without an identity', () => {
    expect([...placed(['5', '3', '8'], []).values()].some(({ certain }) => certain)).toBe(false);
  });

  test('places nothing in a row that cannot add up, whatever it would take', () => {
    expect(texts(placed(['5', '3', '9']))).toEqual([null, null, null, null]);
  });

  test('changes no legible number to satisfy an identity: what it places is printed, in printed order', () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 99 }).map(String), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(numbers, fc.boolean(), (printed, isTied) => {
        const found = texts(placed(printed, isTied ? [ADDS_UP] : []));
        const [inPrint, inCells] = [printed.join(''), found.join('')];
        // Pieces may be put together and runs be cut, but no digit comes, goes or moves.
        expect(isSubsequence(inCells, inPrint)).toBe(true);
        if (printed.length === KEYS.length)
          expect(found.filter((text) => text !== null && !printed.includes(text))).toEqual([]);
      }),
    );
  });
});

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const character of whole) if (character === part[at]) at++;
  return at === part.length;
}
