import type { Evidence } from '../model/evidence.js';
import { unionBox } from '../model/geometry.js';
import { parseCell } from '../text/parse-number.js';
import type { Slot } from './slot.js';
import type { Identity } from './form.js';

/** A printed row whose values are fewer or more than its columns: which value belongs where is open. */
export interface OpenRow {
  /** Field keys of the row's columns, left to right. */
  readonly keys: readonly string[];
  readonly values: readonly Slot[];
}

/** What the identities say about one cell: `certain` where every placing that satisfies them agrees on it. */
export interface PlacedCell {
  readonly slot: Slot | null;
  readonly certain: boolean;
}

/** Settings of the search. */
const PLACE_SETTINGS = {
  /** More placings of one row than this are not looked at. */
  maxPlacings: 400,
  /** The search within one row gives up after this many steps. */
  maxSteps: 40_000,
  /** So many rows at least have to print their totals before others are taken to. */
  tellingRows: 4,
  /** The search over all open rows gives up after trying this many placings. */
  maxTrials: 20_000,
} as const;

/** So many numbers at least stand in one run of digits on average, or nothing is cut. */
const FEWEST_GLUED = 3;

/** One way to put the values of a row under its columns; null is an empty cell. */
type Placing = readonly (Slot | null)[];

/**
 * Finds which placings of the open rows satisfy the identities together with the cells that are known. Never touches a
 * known cell: an identity chooses between readings of a broken layout and changes no number. A key is missing from
 * the result where no placing satisfies the identities.
 */
export function placeValues(
  open: readonly OpenRow[],
  known: ReadonlyMap<string, number>,
  identities: readonly Identity[],
): Map<string, PlacedCell> {
  const found = open.map((row) => placingsOf(row, rulesWithin(row, identities)));
  const choices = found.map(({ placings }) => patternsOf(placings));
  const solvable = choices.flatMap((patterns, i) => (patterns.length > 0 ? [i] : []));
  const solutions = search(
    solvable.map((i) => ({ keys: open[i]?.keys ?? [], patterns: choices[i] ?? [] })),
    relevant(open, identities),
    known,
  );
  const alive = solvable.map((rowIndex, position): Ways => {
    const all = choices[rowIndex] ?? [];
    const kept = solutions ? all.filter((_, i) => solutions[position]?.has(i)) : all;
    const keys = open[rowIndex]?.keys ?? [];
    const isTied = found[rowIndex]?.isWhole === true && isDecided(keys, identities, solutions !== null);
    const totals = rulesWithin({ keys, values: [] }, identities)
      .flat()
      .flatMap(({ equals }) => equals);
    return { keys, placings: kept.flatMap((pattern) => pattern.placings), isTied, totals };
  });
  const likely = likelyWays(alive);
  const cells = new Map<string, PlacedCell>();
  alive.forEach(({ keys, placings, isTied }, i) =>
    keys.forEach((key, column) => {
      const { slot } = agreement(likely[i] ?? placings, column, isTied);
      cells.set(key, { slot, certain: agreement(placings, column, isTied).certain });
    }),
  );
  return cells;
}

/** The ways that are left to place a row's values; `isTied` where the identities chose between them. */
interface Ways {
  readonly keys: readonly string[];
  readonly placings: readonly Placing[];
  readonly isTied: boolean;
  /** Columns that others add up to. */
  readonly totals: readonly number[];
}

/**
 * For each row the placings that are likely: a report that prints its totals in all rows whose sums tell prints them in
 * the others too, whose few zeros may stand anywhere. That is a habit and no proof.
 */
function likelyWays(rows: readonly Ways[]): (readonly Placing[])[] {
  const withTotals = rows.map(({ totals, placings }) =>
    placings.filter((placing) => totals.every((column) => placing[column])),
  );
  const telling = rows.filter(
    ({ totals, placings }, i) => totals.length > 0 && withTotals[i]?.length === placings.length,
  );
  const isHabit =
    telling.length >= PLACE_SETTINGS.tellingRows && withTotals.every(({ length }) => length > 0);
  return isHabit ? withTotals : rows.map(({ placings }) => placings);
}

/** Whether identities had a say in a row's placings: those of the row alone, or all where these can hold together. */
function isDecided(row: readonly string[], identities: readonly Identity[], isSolved: boolean): boolean {
  return identities.some((identity) => {
    const keys = [...identity.sum, ...identity.equals];
    return isSolved ? keys.some((key) => row.includes(key)) : keys.every((key) => row.includes(key));
  });
}

/** Placings that are the same to arithmetic: they differ only in where zeros and blanks stand. */
interface Pattern {
  /** One for each column. */
  readonly values: readonly number[];
  readonly placings: readonly Placing[];
}

/** The placings of a row grouped by what they mean to the others. */
function patternsOf(placings: readonly Placing[]): Pattern[] {
  const groups = new Map<string, { values: number[]; placings: Placing[] }>();
  for (const placing of placings) {
    const values = placing.map(numberOf);
    const name = values.join(' ');
    const group = groups.get(name);
    if (group) group.placings.push(placing);
    else groups.set(name, { values, placings: [placing] });
  }
  return [...groups.values()];
}

/** For each column the rules among the columns up to it that it completes. */
type Rules = readonly (readonly { readonly sum: readonly number[]; readonly equals: readonly number[] }[])[];

function rulesWithin(row: OpenRow, identities: readonly Identity[]): Rules {
  const place = new Map(row.keys.map((key, i) => [key, i]));
  const rules = row.keys.map((): { sum: number[]; equals: number[] }[] => []);
  for (const identity of identities) {
    const sum = identity.sum.flatMap((key) => place.get(key) ?? []);
    const equals = identity.equals.flatMap((key) => place.get(key) ?? []);
    if (sum.length < identity.sum.length || equals.length < identity.equals.length) continue;
    rules[Math.max(...sum, ...equals)]?.push({ sum, equals });
  }
  return rules;
}

/** Whether the rules hold that the cell of `column` completes. */
function keepsRules(cells: Placing, column: number, rules: Rules): boolean {
  const total = (places: readonly number[]): number =>
    places.reduce((sum, i) => sum + numberOf(cells[i] ?? null), 0);
  return (rules[column] ?? []).every(({ sum, equals }) => total(sum) === total(equals));
}

/** The ways to place a row's values, and whether these are all there are. */
interface Placings {
  readonly placings: readonly Placing[];
  readonly isWhole: boolean;
}

/**
 * Every order-keeping way to put a row's values under its columns that keeps the rules: without some blanks at the ends
 * where there are any to spare; else with gaps where there are too few, joined where too many, and cut where digits of
 * several numbers run together. Some of many ways may agree by chance, so a search that was cut short says nothing; of
 * digits that ran together those without gaps are then at least a guess.
 */
function placingsOf(row: OpenRow, rules: Rules): Placings {
  const count = row.keys.length;
  const windows = windowsOf(row.values, count);
  if (windows.length > 0)
    return { placings: windows.filter((window) => keepsAll(window, rules)), isWhole: true };
  const all = spreadOut(row.values, count, rules, row.values.length < count);
  if (all) return { placings: all, isWhole: true };
  const filled = isGlued(row.values, count) ? spreadOut(row.values, count, rules, false) : null;
  return { placings: filled ?? [], isWhole: false };
}

/** The search behind `placingsOf`; null where it was cut short. */
function spreadOut(values: readonly Slot[], count: number, rules: Rules, hasGaps: boolean): Placing[] | null {
  const result: Placing[] = [];
  let steps = 0;
  const isTooMuch = (): boolean =>
    result.length > PLACE_SETTINGS.maxPlacings || ++steps > PLACE_SETTINGS.maxSteps;
  const glued = isGlued(values, count);
  const spread = (left: readonly Slot[], cells: Placing): void => {
    if (isTooMuch()) return;
    if (!keepsRules(cells, cells.length - 1, rules)) return;
    const places = count - cells.length;
    if (places === 0) {
      if (left.length === 0) result.push(cells);
      return;
    }
    const [first, second] = left;
    // No number is written with zeros in front: such a run of digits is several numbers.
    if (first && !first.isDigits) spread(left.slice(1), [...cells, first]);
    if (hasGaps && places > left.length) spread(left, [...cells, null]);
    const joined = left.length > places ? joinSlots(first, second) : null;
    if (joined) spread(left.slice(2), [...cells, joined]);
    if (glued && first) {
      for (const [head, tail] of cutSlot(first)) spread([tail, ...left.slice(1)], [...cells, head]);
    }
  };
  spread(values, []);
  return isTooMuch() ? null : result;
}

function keepsAll(cells: Placing, rules: Rules): boolean {
  return cells.every((_, column) => keepsRules(cells, column, rules));
}

/** Whether so many numbers may have run together in a few: far fewer texts than numbers, and digits enough for all. */
export function isGlued(values: readonly Slot[], count: number): boolean {
  return values.length * FEWEST_GLUED <= count && digitsOf(values) >= count;
}

function digitsOf(values: readonly Slot[]): number {
  return values.reduce((sum, slot) => sum + slot.text.replace(/\D/g, '').length, 0);
}

/** The zeros of runs of zeros, where there is one for each column: no number starts with a 0 unless it is 0. Else null. */
export function zerosOf(values: readonly Slot[], count: number): Slot[] | null {
  const areZeros = values.every((slot) => /^0+$/.test(slot.text.trim()));
  if (!areZeros || values.length >= count || digitsOf(values) !== count) return null;
  return values.flatMap((slot) => Array.from(slot.text.trim(), (_, i) => piece(slot, i, i + 1)));
}

/** Every way to cut the first number off a run of digits; no number starts with a 0 unless it is 0. */
function cutSlot(slot: Slot): [Slot, Slot][] {
  const digits = slot.text.trim();
  if (!/^\d{2,}$/.test(digits)) return [];
  const longest = digits.startsWith('0') ? 1 : digits.length - 1;
  return Array.from({ length: longest }, (_, i) => [
    piece(slot, 0, i + 1),
    piece(slot, i + 1, digits.length),
  ]);
}

function piece(slot: Slot, from: number, to: number): Slot {
  const text = slot.text.trim().slice(from, to);
  const { evidence } = slot;
  const narrowed =
    evidence.kind === 'span'
      ? { ...evidence, start: evidence.start + from, end: evidence.start + to }
      : evidence;
  const parsed = parseCell(text);
  return { ...slot, text, parsed, isDigits: parsed.kind === 'text', evidence: narrowed };
}

/** Stretches of `count` cells that leave out nothing but blanks at the ends. */
export function windowsOf(values: readonly Slot[], count: number): Placing[] {
  const printed = values.flatMap((slot, i) => (slot.parsed.kind === 'blank' ? [] : [i]));
  const first = printed[0] ?? 0;
  const last = printed.at(-1) ?? count - 1;
  const windows: Placing[] = [];
  for (let from = 0; from + count <= values.length; from++) {
    if (from <= first && last < from + count) windows.push(values.slice(from, from + count));
    if (printed.length === 0) break;
  }
  return windows;
}

/** Two pieces of one number whose digits were torn apart, or null where they cannot be that. */
export function joinSlots(a: Slot | undefined, b: Slot | undefined): Slot | null {
  if (!a || !b || !/^\d[\d,]*$/.test(a.text.trim()) || !/^\d+(?:\.\d+)?$/.test(b.text.trim())) return null;
  if (a.text.trim() === '0') return null;
  const text = a.text.trim() + b.text.trim();
  return {
    ...a,
    text,
    parsed: parseCell(text),
    columnSpan: 1,
    evidence: joinEvidence(a.evidence, b.evidence),
  };
}

function joinEvidence(a: Evidence, b: Evidence): Evidence {
  if (a.kind === 'box' && b.kind === 'box' && a.page === b.page)
    return { ...a, box: unionBox([a.box, b.box]) };
  if (a.kind === 'span' && b.kind === 'span') return { ...a, end: b.end };
  return a;
}

/** Identities that tie open rows to one another or to known cells. */
function relevant(open: readonly OpenRow[], identities: readonly Identity[]): Identity[] {
  const keys = new Set(open.flatMap((row) => row.keys));
  return identities.filter((identity) => [...identity.sum, ...identity.equals].some((key) => keys.has(key)));
}

/** A row of the search: its keys and the ways to fill them. */
interface Choice {
  readonly keys: readonly string[];
  readonly patterns: readonly Pattern[];
}

/**
 * For each row the patterns that occur in some joint solution, or null where there is none or the search was too
 * long: then the identities decide nothing beyond the rows.
 */
function search(
  choices: readonly Choice[],
  identities: readonly Identity[],
  known: ReadonlyMap<string, number>,
): Set<number>[] | null {
  const alive = choices.map(() => new Set<number>());
  const { values, places, conditions } = prepare(choices, identities, known);
  const chosen: number[] = [];
  let trials = 0;
  const descend = (row: number): void => {
    const choice = choices[row];
    const own = places[row] ?? 0;
    if (!choice) {
      chosen.forEach((pattern, i) => alive[i]?.add(pattern));
      return;
    }
    for (const [i, pattern] of choice.patterns.entries()) {
      if (++trials > PLACE_SETTINGS.maxTrials) return;
      values.set(pattern.values, own);
      chosen[row] = i;
      if ((conditions[row] ?? []).every((one) => holds(one, values))) descend(row + 1);
    }
    values.fill(0, own, own + choice.keys.length);
  };
  descend(0);
  if (trials > PLACE_SETTINGS.maxTrials || alive.some((patterns) => patterns.size === 0)) return null;
  return alive;
}

/** What the search looks at again and again, with numbers in place of keys. */
interface Prepared {
  /** Values by place; those of rows that are not placed yet are 0. */
  readonly values: Float64Array;
  /** Where the values of each row start. */
  readonly places: readonly number[];
  /** For each row what has to hold once it is placed. */
  readonly conditions: readonly (readonly Condition[])[];
}

/** Places whose sums are equal (`isWhole`), or the first no larger than the second. */
interface Condition {
  readonly sum: readonly number[];
  readonly equals: readonly number[];
  readonly isWhole: boolean;
}

function prepare(
  choices: readonly Choice[],
  identities: readonly Identity[],
  known: ReadonlyMap<string, number>,
): Prepared {
  const rowOf = new Map(choices.flatMap(({ keys }, row) => keys.map((key) => [key, row] as const)));
  const openKeys = choices.flatMap(({ keys }) => keys);
  const keys = [...new Set([...openKeys, ...identities.flatMap(({ sum, equals }) => [...sum, ...equals])])];
  const placeOf = new Map(keys.map((key, place) => [key, place]));
  const placesOf = (some: readonly string[]): number[] => some.map((key) => placeOf.get(key) ?? 0);
  const conditions = choices.map((): Condition[] => []);
  for (const identity of identities) {
    const [sum, equals] = [placesOf(identity.sum), placesOf(identity.equals)];
    const rows = new Set([...identity.sum, ...identity.equals].flatMap((key) => rowOf.get(key) ?? []));
    const lastRow = Math.max(-1, ...rows);
    for (const row of rows) {
      const isWhole = row === lastRow;
      // Before its last row an identity says only that the parts may not exceed a whole that is settled.
      const isSettled = (key: string): boolean => known.has(key) || (rowOf.get(key) ?? Infinity) <= row;
      if (isWhole || identity.equals.every(isSettled)) conditions[row]?.push({ sum, equals, isWhole });
    }
  }
  return {
    values: Float64Array.from(keys, (key) => known.get(key) ?? 0),
    places: choices.map(({ keys: [first = ''] }) => placeOf.get(first) ?? 0),
    conditions,
  };
}

function holds({ sum, equals, isWhole }: Condition, values: Float64Array): boolean {
  const left = sumAt(sum, values);
  const right = sumAt(equals, values);
  return isWhole ? left === right : left <= right;
}

function sumAt(places: readonly number[], values: Float64Array): number {
  let sum = 0;
  for (const place of places) sum += values[place] ?? 0;
  return sum;
}

function agreement(placings: readonly Placing[], column: number, isTied: boolean): PlacedCell {
  const cells = placings.map((placing) => placing[column] ?? null);
  const first = cells[0] ?? null;
  const agree = cells.length > 0 && cells.every((cell) => cell?.text === first?.text);
  return { slot: agree ? first : null, certain: agree && isTied };
}

function numberOf(slot: Slot | null): number {
  return slot?.parsed.kind === 'number' ? slot.parsed.value : 0;
}
