import type { FormDefinition } from '../../../src/forms/form.js';
import { fieldsOf } from '../../../src/forms/form.js';
import type { Random } from '../random.js';
import {
  APPLICANTS,
  type Counts,
  distribute,
  drawApplications,
  drawCount,
  drawMoney,
  drawReview,
  type OfficeSize,
} from './draw-counts.js';
import { CHANGE_UNIT, type PrintedValue, type PrintStyle, printValue } from './print-value.js';

/** Values of one report as printed, before they are laid out. */
export interface Contents {
  readonly printed: ReadonlyMap<string, PrintedValue>;
  readonly truth: Readonly<Record<string, number | null>>;
  readonly slips: readonly string[];
  /** Table three prints （六）其他处理 as one row. */
  readonly otherIsOneRow: boolean;
}

/** Settings of what is drawn, as shares of all reports. */
const CONTENT_SETTINGS = {
  oneRowOther: 0.2,
  slip: 0.06,
  /** Detail rows whose 总计 is left blank. */
  blankTotals: 0.03,
} as const;

const SIZES: readonly OfficeSize[] = ['idle', 'small', 'small', 'medium', 'medium', 'large'];

/** Draws everything a report of a form prints: consistent but for an occasional slip of its author's. */
export function drawContents(form: FormDefinition, style: PrintStyle, random: Random): Contents {
  const size = random.pick(SIZES);
  const otherIsOneRow = form.id === '2019' || random.chance(CONTENT_SETTINGS.oneRowOther);
  const counts =
    form.id === '2014' ? drawStatistics(form, random, size) : drawModern(form, random, size, otherIsOneRow);
  const slips = form.id !== '2014' && random.chance(CONTENT_SETTINGS.slip) ? makeSlips(counts, random) : [];
  const noTotals = slips.length === 0 && random.chance(CONTENT_SETTINGS.blankTotals);
  const printed = new Map<string, PrintedValue>();
  for (const field of fieldsOf(form)) {
    const value = counts.get(field.key);
    if (value === undefined) continue;
    const unit = field.key.endsWith('.change') ? CHANGE_UNIT : field.unit;
    const isTotal = field.key.endsWith('.total') || field.key.startsWith('applications.total.');
    const isBlank = noTotals && isDetailTotal(field.key);
    printed.set(
      field.key,
      isBlank ? { text: '', value: null } : printValue(value, unit, isTotal, style, random),
    );
  }
  const truth = Object.fromEntries(fieldsOf(form).map(({ key }) => [key, printed.get(key)?.value ?? null]));
  return { printed, truth, slips, otherIsOneRow };
}

function isDetailTotal(key: string): boolean {
  return /^applications\.(?!new|carried|total)/.test(key) && key.endsWith('.total');
}

function drawModern(form: FormDefinition, random: Random, size: OfficeSize, otherIsOneRow: boolean): Counts {
  const rows = applicationRows(form, otherIsOneRow);
  const counts = new Map([...drawApplications(random, size, rows), ...drawReview(random, size)]);
  for (const { key, unit } of fieldsOf(form)) {
    if (!key.startsWith('disclosure.')) continue;
    counts.set(key, drawDisclosure(key, unit, random, size));
  }
  return counts;
}

function drawDisclosure(key: string, unit: string, random: Random, size: OfficeSize): number {
  if (unit === '万元') return drawMoney(random, size);
  const count = drawCount(random, size);
  return key.endsWith('.change') && random.chance(0.4) ? -count : count;
}

/** Keys of the rows that table three prints, in order. */
export function applicationRows(form: FormDefinition, otherIsOneRow: boolean): string[] {
  const rows = fieldsOf(form)
    .filter((field) => field.key.startsWith('applications.') && field.key.endsWith('.total'))
    .map((field) => field.key.slice('applications.'.length, -'.total'.length));
  if (form.id === '2019') return rows;
  return rows.filter((row) => (otherIsOneRow ? !row.startsWith('other.') : row !== 'other'));
}

function drawStatistics(form: FormDefinition, random: Random, size: OfficeSize): Counts {
  const counts: Counts = new Map();
  for (const { key, unit } of fieldsOf(form)) {
    counts.set(key, unit === '万元' ? drawMoney(random, size) : drawCount(random, size));
  }
  for (const identity of [...form.identities].reverse()) {
    const whole = identity.equals[0] ?? '';
    const parts = distribute(random, counts.get(whole) ?? 0, identity.sum.length);
    identity.sum.forEach((part, i) => counts.set(part, parts[i] ?? 0));
  }
  return settle(form, counts);
}

/** Sets every whole to the sum of its parts, inner sums first. */
function settle(form: FormDefinition, counts: Counts): Counts {
  for (const identity of [...form.identities, ...form.identities]) {
    const sum = identity.sum.reduce((total, part) => total + (counts.get(part) ?? 0), 0);
    counts.set(identity.equals[0] ?? '', sum);
  }
  return counts;
}

/** Changes one number of table three so that the sums no longer agree; returns its key, none where all is zero. */
function makeSlips(counts: Counts, random: Random): string[] {
  const candidates = [...counts.keys()].filter((key) => {
    const applicant = APPLICANTS.find((name) => key.startsWith('applications.') && key.endsWith(`.${name}`));
    return applicant !== undefined && (counts.get(key.replace(/[^.]+$/, 'total')) ?? 0) > 0;
  });
  if (candidates.length === 0) return [];
  const key = random.pick(candidates);
  counts.set(key, (counts.get(key) ?? 0) + random.int(1, 3));
  return [key];
}
