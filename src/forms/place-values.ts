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
  /** The search over all open rows gives up after trying this many placings. */
  maxTrials: 20_000,
} as const;

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
  const choices = open.map((row) => possiblePatterns(row, identities));
  const solvable = choices.flatMap((patterns, i) => (patterns.length > 0 ? [i] : []));
  const solutions = search(solvable.map((i) => choices[i] ?? []), relevant(open, identities), known);
  const cells = new Map<string, PlacedCell>();
  solvable.forEach((rowIndex, position) => {
    const row = open[rowIndex];
    const all = choices[rowIndex] ?? [];
    const alive = solutions ? all.filter((_, i) => solutions[position]?.has(i)) : all;
    row?.keys.forEach((key, column) => {
      cells.set(key, agreement(alive.flatMap((pattern) => pattern.placings), column));
    });
  });
  return cells;
}

/** Placings that are the same to arithmetic: they differ only in where zeros and blanks stand. */
interface Pattern {
  readonly values: ReadonlyMap<string, number>;
  readonly placings: readonly Placing[];
}

/** Placings that satisfy the identities within the row, grouped by what they mean to the others. */
function possiblePatterns(row: OpenRow, identities: readonly Identity[]): Pattern[] {
  const own = identities.filter((identity) => [...identity.sum, ...identity.equals].every((key) => row.keys.includes(key)));
  const groups = new Map<string, { values: Map<string, number>; placings: Placing[] }>();
  for (const placing of placingsOf(row.values, row.keys.length)) {
    const values = new Map(row.keys.map((key, i) => [key, numberOf(placing[i] ?? null)]));
    if (!own.every((identity) => sumOf(identity.sum, values) === sumOf(identity.equals, values))) continue;
    const name = [...values.values()].join(' ');
    const group = groups.get(name);
    if (group) group.placings.push(placing);
    else groups.set(name, { values, placings: [placing] });
  }
  return [...groups.values()];
}

/**
 * Every order-keeping way to put `values` under `count` columns: without some blanks at the ends where there are any to
 * spare, else with gaps where too few and joined where too many.
 */
function placingsOf(values: readonly Slot[], count: number): Placing[] {
  const windows = windowsOf(values, count);
  if (windows.length > 0) return windows;
  const result: Placing[] = [];
  const spread = (from: number, row: (Slot | null)[]): void => {
    if (result.length >= PLACE_SETTINGS.maxPlacings) return;
    const places = count - row.length;
    const left = values.length - from;
    if (places === 0) {
      if (left === 0) result.push(row);
      return;
    }
    if (left > 0) spread(from + 1, [...row, values[from] ?? null]);
    if (values.length < count && places > left) spread(from, [...row, null]);
    if (left > places) {
      const joined = joinSlots(values[from], values[from + 1]);
      if (joined) spread(from + 2, [...row, joined]);
    }
  };
  spread(0, []);
  return result;
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
  return { ...a, text, parsed: parseCell(text), columnSpan: 1, evidence: joinEvidence(a.evidence, b.evidence) };
}

function joinEvidence(a: Evidence, b: Evidence): Evidence {
  if (a.kind === 'box' && b.kind === 'box' && a.page === b.page) return { ...a, box: unionBox([a.box, b.box]) };
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
function identitiesByRow(choices: readonly (readonly Pattern[])[], identities: readonly Identity[]): OpenIdentity[][] {
  const rowOf = new Map(choices.flatMap((patterns, row) => [...(patterns[0]?.values.keys() ?? [])].map((key) => [key, row])));
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

function agreement(placings: readonly Placing[], column: number): PlacedCell {
  const cells = placings.map((placing) => placing[column] ?? null);
  const first = cells[0] ?? null;
  const certain = cells.length > 0 && cells.every((cell) => cell?.text === first?.text);
  if (certain) return { slot: first, certain };
  return { slot: null, certain: false };
}

function numberOf(slot: Slot | null): number {
  return slot?.parsed.kind === 'number' ? slot.parsed.value : 0;
}

function sumOf(keys: readonly string[], values: ReadonlyMap<string, number>): number {
  return keys.reduce((sum, key) => sum + (values.get(key) ?? 0), 0);
}
