import type { Random } from '../random.js';

/** How much an office has to do with: decides the size of its numbers. */
export type OfficeSize = 'idle' | 'small' | 'medium' | 'large';

export type Counts = Map<string, number>;

export const APPLICANTS = [
  'natural_person',
  'enterprise',
  'research',
  'social_org',
  'legal_service',
  'other_org',
] as const;
const BALANCE_ROWS = ['new', 'carried_over', 'total', 'carried_forward'];

/** Most applications of one kind of applicant, by size of office and by kind (people file most of them). */
const MOST: Readonly<Record<OfficeSize, readonly [people: number, others: number]>> = {
  idle: [0, 0],
  small: [9, 2],
  medium: [240, 12],
  large: [6400, 310],
};

/** Counts of table three in balance: first + second row = third + fourth, rows and columns add up. */
export function drawApplications(random: Random, size: OfficeSize, rows: readonly string[]): Counts {
  const counts: Counts = new Map();
  const outcomes = rows.filter((row) => !BALANCE_ROWS.includes(row));
  const set = (row: string, column: string, value: number): void => {
    counts.set(`applications.${row}.${column}`, value);
  };
  for (const applicant of APPLICANTS) {
    const isPeople = applicant === 'natural_person';
    const most = MOST[size][isPeople ? 0 : 1];
    const files = isPeople ? random.chance(0.95) : random.chance(0.35);
    const fresh = files ? random.int(0, most) : 0;
    const over = files && random.chance(0.5) ? random.int(0, Math.ceil(most / 12)) : 0;
    const forward = random.chance(0.5) ? random.int(0, Math.min(fresh + over, Math.ceil(most / 10))) : 0;
    const parts = distribute(random, fresh + over - forward, outcomes.length);
    set('new', applicant, fresh);
    set('carried_over', applicant, over);
    set('carried_forward', applicant, forward);
    set('total', applicant, fresh + over - forward);
    outcomes.forEach((row, i) => set(row, applicant, parts[i] ?? 0));
  }
  for (const row of rows) {
    set(
      row,
      'total',
      sum(APPLICANTS.map((applicant) => counts.get(`applications.${row}.${applicant}`) ?? 0)),
    );
  }
  return counts;
}

/** Counts of table four: each group's four results add up to its total. */
export function drawReview(random: Random, size: OfficeSize): Counts {
  const counts: Counts = new Map();
  const most = { idle: 0, small: 2, medium: 15, large: 130 }[size];
  for (const group of ['review', 'litigation_direct', 'litigation_after_review']) {
    const parts = ['upheld', 'corrected', 'other', 'pending'].map(() =>
      random.chance(0.6) ? random.int(0, most) : 0,
    );
    ['upheld', 'corrected', 'other', 'pending'].forEach((part, i) =>
      counts.set(`${group}.${part}`, parts[i] ?? 0),
    );
    counts.set(`${group}.total`, sum(parts));
  }
  return counts;
}

/** A count of anything else an office does. */
export function drawCount(random: Random, size: OfficeSize): number {
  if (random.chance(0.3)) return 0;
  return random.int(0, { idle: 3, small: 40, medium: 900, large: 26_000 }[size]);
}

/** An amount of money in 万元, with up to four decimals. */
export function drawMoney(random: Random, size: OfficeSize): number {
  if (random.chance(0.35)) return 0;
  const digits = random.pick([0, 0, 1, 2, 4]);
  return Number((random.next() * { idle: 5, small: 60, medium: 3000, large: 90_000 }[size]).toFixed(digits));
}

/** Splits a whole into parts at random, most of it falling to few of them. */
export function distribute(random: Random, whole: number, parts: number): number[] {
  const result = Array.from({ length: parts }, () => 0);
  let left = whole;
  while (left > 0) {
    const piece = left > 12 ? random.int(1, Math.ceil(left / 2)) : 1;
    const at = random.int(0, parts - 1);
    result[at] = (result[at] ?? 0) + piece;
    left -= piece;
  }
  return result;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
