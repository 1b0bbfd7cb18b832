import type { Evidence } from '../model/evidence.js';
import { unionBox } from '../model/geometry.js';
import { parseCell } from '../text/parse-number.js';
import type { Slot } from './evidence-rows.js';
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
  const choices = open.map((row, i) => patternsOf(row, found[i]?.placings ?? []));
  const solvable = choices.flatMap((patterns, i) => (patterns.length > 0 ? [i] : []));
  const solutions = search(
    solvable.map((i) => choices[i] ?? []),
    relevant(open, identities),
    known,
  );
  const cells = new Map<string, PlacedCell>();
  solvable.forEach((rowIndex, position) => {
    const row = open[rowIndex];
    const all = choices[rowIndex] ?? [];
    const alive = solutions ? all.filter((_, i) => solutions[position]?.has(i)) : all;
    const isTied =
      found[rowIndex]?.isWhole === true &&
      identities.some((identity) =>
        [...identity.sum, ...identity.equals].some((key) => row?.keys.includes(key)),
      );
    row?.keys.forEach((key, column) => {
      const placings = alive.flatMap((pattern) => pattern.placings);
      cells.set(key, agreement(placings, column, isTied));
    });
  });
  return cells;
}

/** Placings that are the same to arithmetic: they differ only in where zeros and blanks stand. */
interface Pattern {
  readonly values: ReadonlyMap<string, number>;
  readonly placings: readonly Placing[];
}

/** The placings of a row grouped by what they mean to the others. */
function patternsOf(row: OpenRow, placings: readonly Placing[]): Pattern[] {
  const groups = new Map<string, { values: Map<string, number>; placings: Placing[] }>();
  for (const placing of placings) {
    const values = new Map(row.keys.map((key, i) => [key, numberOf(placing[i] ?? null)]));
    const name = [...values.values()].join(' ');
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

function keepsRules(cells: Placing, rules: Rules): boolean {
  const total = (places: readonly number[]): number =>
    places.reduce((sum, i) => sum + numberOf(cells[i] ?? null), 0);
  return (rules[cells.length - 1] ?? []).every(({ sum, equals }) => total(sum) === total(equals));
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
    if (cells.length > 0 && !keepsRules(cells, rules)) return;
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
  return cells.every((_, i) => keepsRules(cells.slice(0, i + 1), rules));
}

/** Whether so many numbers may have run together in a few: far fewer texts than numbers, and digits enough for all. */
export function isGlued(values: readonly Slot[], count: number): boolean {
  return values.length * FEWEST_GLUED <= count && digitsOf(values) >= count;
}

function digitsOf(values: readonly Slot[]): number {
  return values.reduce((sum, slot) => sum + slot.text.replace(/\D/g, '').length, 0);
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

/**
 * For each row the patterns that occur in some joint solution, or null where there is none or the search was too
 * long: then the identities decide nothing beyond the rows.
 */
function search(
  choices: readonly (readonly Pattern[])[],
  identities: readonly Identity[],
  known: ReadonlyMap<string, number>,
): Set<number>[] | null {
  const alive = choices.map(() => new Set<number>());
  const state = new Map(known);
  const touching = identitiesByRow(choices, identities);
  const chosen: number[] = [];
  let trials = 0;
  const descend = (row: number): void => {
    if (row === choices.length) {
      chosen.forEach((pattern, i) => alive[i]?.add(pattern));
      return;
    }
    for (const [i, pattern] of (choices[row] ?? []).entries()) {
      if (++trials > PLACE_SETTINGS.maxTrials) return;
      for (const [key, value] of pattern.values) state.set(key, value);
      chosen[row] = i;
      if (fits(touching[row] ?? [], row, state)) descend(row + 1);
    }
    for (const key of choices[row]?.[0]?.values.keys() ?? []) state.delete(key);
  };
  descend(0);
  if (trials > PLACE_SETTINGS.maxTrials || alive.some((patterns) => patterns.size === 0)) return null;
  return alive;
}

/** An identity that touches open rows, and the last of them: only there it can be judged. */
interface OpenIdentity {
  readonly identity: Identity;
  readonly lastRow: number;
}

/** For each open row the identities that its placing can break. */
function identitiesByRow(
  choices: readonly (readonly Pattern[])[],
  identities: readonly Identity[],
): OpenIdentity[][] {
  const rowOf = new Map(
    choices.flatMap((patterns, row) => [...(patterns[0]?.values.keys() ?? [])].map((key) => [key, row])),
  );
  const byRow: OpenIdentity[][] = choices.map(() => []);
  for (const identity of identities) {
    const rows = new Set([...identity.sum, ...identity.equals].flatMap((key) => rowOf.get(key) ?? []));
    const lastRow = Math.max(-1, ...rows);
    for (const row of rows) byRow[row]?.push({ identity, lastRow });
  }
  return byRow;
}

/** An identity whose rows are all placed must hold; before that its parts may not exceed a whole that is settled. */
function fits(identities: readonly OpenIdentity[], row: number, state: ReadonlyMap<string, number>): boolean {
  return identities.every(({ identity, lastRow }) => {
    const left = sumOf(identity.sum, state);
    const right = sumOf(identity.equals, state);
    if (lastRow <= row) return left === right;
    return !identity.equals.every((key) => state.has(key)) || left <= right;
  });
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

function sumOf(keys: readonly string[], values: ReadonlyMap<string, number>): number {
  return keys.reduce((sum, key) => sum + (values.get(key) ?? 0), 0);
}
