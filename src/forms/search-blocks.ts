import type { Identity } from './form.js';

/** For each row of a table the places of its values in the sequence they were written in. */
export type Grid = readonly (readonly number[])[];

/** Settings of the search. */
const SEARCH_SETTINGS = {
  /** More readings of the rest of a table than this are not told apart. */
  maxRests: 64,
  /** The search gives up after joining so many rows to rests. */
  maxSteps: 300_000,
} as const;

/** The rest of a table from some row on. Rests with the same values are the same object. */
interface Rest {
  readonly id: number;
  /** The values of its first row. */
  readonly row: readonly number[];
  readonly next: Rest | null;
  /** For each identity its two sums over the rows of the rest. */
  readonly sums: readonly { readonly left: number; readonly right: number }[];
}

/** What one row adds to the sums of an identity, and what then has to hold. */
interface Condition {
  readonly identity: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** `whole`: no row above adds anything; `bounded`: only to the left sum, which is the smaller one so far. */
  readonly state: 'whole' | 'bounded' | 'open';
}

/** The first column, those in the middle, and the last one, in the order they were written in. */
export type Thirds = readonly ('first' | 'middle' | 'last')[];

/** What is known of the blocks beforehand. */
export interface BlockHints {
  /** Rows that a block starts at. */
  readonly starts?: ReadonlySet<number>;
  /** The order of the columns' heads, where it is not that of the form. */
  readonly thirds?: Thirds | undefined;
}

/**
 * All tables of counts that a sequence of values may have been written from: in blocks of rows one behind the other, each
 * row by row, column by column, or some columns so and the others behind them so; where heads say so, also with the
 * first, the middle and the last columns in another order. Every identity has to hold.
 */
export class BlockSearch {
  readonly #values: readonly number[];
  readonly #width: number;
  /** By row. */
  readonly #conditions: readonly (readonly Condition[])[];
  readonly #identityCount: number;
  readonly #hints: BlockHints;
  readonly #rests: (readonly (Rest | null)[])[];
  readonly #known = new Map<string, Rest | null>();
  #steps = 0;

  /** `keys` are the field keys by row and column; `values` has one for each. */
  constructor(
    values: readonly number[],
    keys: readonly (readonly string[])[],
    identities: readonly Identity[],
    hints: BlockHints = {},
  ) {
    this.#values = values;
    this.#hints = hints;
    this.#width = keys[0]?.length ?? 0;
    this.#conditions = keys.map((_, row) => conditionsOf(row, keys, identities));
    this.#identityCount = identities.length;
    this.#rests = keys.map(() => []);
  }

  /** The tables with different values, or null where they are too many to be told apart. */
  grids(): Grid[] | null {
    const count = this.#conditions.length;
    for (let row = count - 1; row >= 0; row--) {
      const rests = this.#restsFrom(row);
      if (rests === null) return null;
      this.#rests[row] = rests;
    }
    return (this.#rests[0] ?? []).flatMap((rest) => (rest ? [this.#placesOf(rowsOf(rest))] : []));
  }

  /** One way to write a table: tables with the same values may have been written from several places. */
  #placesOf(table: readonly (readonly number[])[]): Grid {
    const rests: (Grid | null)[] = [...table.map(() => null), []];
    for (let row = table.length - 1; row >= 0; row--) {
      for (let count = 1; row + count <= table.length && !rests[row]; count++) {
        const rest = rests[row + count];
        const block = rest && this.#writtenAs(table.slice(row, row + count), row);
        if (block) rests[row] = [...block, ...rest];
      }
    }
    return rests[0] ?? [];
  }

  /** The places of a block of rows with just these values, from row `first` on; null where it was not written so. */
  #writtenAs(rows: readonly (readonly number[])[], first: number): Grid | null {
    const start = first * this.#width;
    const blocks = ordersOf(rows.length, this.#width, this.#hints.thirds).map((order) =>
      order.map((places) => places.map((place) => start + place)),
    );
    const isWritten = (block: Grid): boolean =>
      block.every((places, row) =>
        places.every((place, column) => this.#values[place] === rows[row]?.[column]),
      );
    return blocks.find(isWritten) ?? null;
  }

  #restsFrom(row: number): Rest[] | null {
    const found = new Set<Rest>();
    for (let count = 1; row + count <= this.#conditions.length; count++) {
      if (count > 1 && this.#hints.starts?.has(row + count - 1) === true) break;
      const below = this.#rests[row + count] ?? [null];
      for (const order of below.length > 0 ? ordersOf(count, this.#width, this.#hints.thirds) : []) {
        for (const rest of below) {
          const joined = this.#joinBlock(order, row, rest);
          if (joined) found.add(joined);
          if (found.size > SEARCH_SETTINGS.maxRests || this.#steps > SEARCH_SETTINGS.maxSteps) return null;
        }
      }
    }
    return [...found];
  }

  /** A block of rows from `first` on before a rest; null where an identity fails. */
  #joinBlock(order: Grid, first: number, rest: Rest | null): Rest | null {
    const start = first * this.#width;
    let joined = rest;
    for (let i = order.length - 1; i >= 0; i--) {
      joined = this.#joinRow(
        (order[i] ?? []).map((place) => start + place),
        first + i,
        joined,
      );
      if (!joined) return null;
    }
    return joined;
  }

  #joinRow(places: readonly number[], row: number, next: Rest | null): Rest | null {
    this.#steps++;
    const values = places.map((place) => this.#values[place] ?? 0);
    const name = `${row} ${next?.id ?? 0} ${values.join(' ')}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const sums = next
      ? [...next.sums]
      : new Array<Rest['sums'][number]>(this.#identityCount).fill({ left: 0, right: 0 });
    const holds = (this.#conditions[row] ?? []).every(({ identity, left, right, state }) => {
      const before = sums[identity] ?? { left: 0, right: 0 };
      const sum = { left: before.left + totalOf(values, left), right: before.right + totalOf(values, right) };
      sums[identity] = sum;
      return state === 'open' || (state === 'whole' ? sum.left === sum.right : sum.left <= sum.right);
    });
    const made = holds ? { id: this.#known.size + 1, row: values, next, sums } : null;
    this.#known.set(name, made);
    return made;
  }
}

function conditionsOf(
  row: number,
  keys: readonly (readonly string[])[],
  identities: readonly Identity[],
): Condition[] {
  const rowOf = new Map(keys.flatMap((own, at) => own.map((key) => [key, at] as const)));
  const own = keys[row] ?? [];
  return identities.flatMap(({ sum, equals }, identity) => {
    const [left, right] = [sum, equals].map((side) =>
      side.map((key) => own.indexOf(key)).filter((column) => column >= 0),
    );
    if (!left || !right || left.length + right.length === 0) return [];
    const isBelow = (key: string): boolean => (rowOf.get(key) ?? row) >= row;
    const isRightDone = equals.every(isBelow);
    const state = !isRightDone ? 'open' : sum.every(isBelow) ? 'whole' : 'bounded';
    return [{ identity, left, right, state } as const];
  });
}

function totalOf(values: readonly number[], columns: readonly number[]): number {
  return columns.reduce((sum, column) => sum + (values[column] ?? 0), 0);
}

function rowsOf(first: Rest): (readonly number[])[] {
  const rows: (readonly number[])[] = [];
  for (let rest: Rest | null = first; rest; rest = rest.next) rows.push(rest.row);
  return rows;
}

const orders = new Map<string, readonly Grid[]>();

/** Where the values of `rows` × `columns` may stand in the order they were written in; one row has one order only. */
function ordersOf(rows: number, columns: number, thirds: Thirds | undefined): readonly Grid[] {
  const name = `${rows} ${columns} ${thirds?.join(' ') ?? ''}`;
  const known = orders.get(name);
  if (known) return known;
  const found = new Map<string, Grid>();
  const ways = [...sidesOf(rows === 1 ? 1 : columns, columns), ...(thirds ? thirdsOf(thirds, columns) : [])];
  for (const sides of ways) {
    const order = orderOf(rows, sides);
    found.set(order.join(' '), order);
  }
  // Row by row throughout is as many blocks of one row.
  if (rows > 1) found.delete(orderOf(rows, [{ from: 0, columns, isByColumn: false }]).join(' '));
  const all = [...found.values()];
  orders.set(name, all);
  return all;
}

/** Some columns that stand together, and whether they are written column by column. */
interface Side {
  readonly from: number;
  readonly columns: number;
  readonly isByColumn: boolean;
}

/** The ways to write a block in sides, one behind the other, cut at the first `cuts` columns. */
function sidesOf(cuts: number, columns: number): Side[][] {
  const ways: Side[][] = [];
  const both = [false, true];
  for (let left = 0; left < cuts; left++) {
    for (const isLeft of both) {
      for (const isRight of both) {
        ways.push([
          { from: 0, columns: left, isByColumn: isLeft },
          { from: left, columns: columns - left, isByColumn: isRight },
        ]);
      }
    }
  }
  return ways;
}

/** The same for columns whose heads stand in another order than the form's; those in the middle row by row or by column. */
function thirdsOf(thirds: Thirds, columns: number): Side[][] {
  return [false, true].map((isByColumn) =>
    thirds.map((third) => {
      if (third === 'first') return { from: 0, columns: 1, isByColumn };
      return third === 'last'
        ? { from: columns - 1, columns: 1, isByColumn }
        : { from: 1, columns: columns - 2, isByColumn };
    }),
  );
}

function orderOf(rows: number, sides: readonly Side[]): Grid {
  const grid = Array.from({ length: rows }, (): number[] => []);
  let start = 0;
  for (const { from, columns, isByColumn } of sides) {
    grid.forEach((places, row) => {
      for (let i = 0; i < columns; i++)
        places[from + i] = start + (isByColumn ? i * rows + row : row * columns + i);
    });
    start += rows * columns;
  }
  return grid;
}
