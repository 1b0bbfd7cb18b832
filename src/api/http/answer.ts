import { z } from 'zod';
import { AppError } from '../../errors/app-error.js';
import { META_KEYS, type GongkaiRecord, type MetaKey } from '../../model/record.js';
import { CHECK_ANSWERS, RUN_ANSWERS, type Correction, type ReviewItem } from '../../model/run.js';
import type { SettleStore } from '../../ports/browse-store.js';
import type { CurrentRecord } from '../../ports/run-store.js';
import { applyCorrections } from '../../review/apply-corrections.js';
import { askAboutRun, seenCheck, seenField, seenMeta } from '../../review/select-review-items.js';
import type { newCorrection } from '../schemas/corrections.js';

type NewCorrection = z.output<typeof newCorrection>;
type Asked = Pick<NewCorrection, 'target' | 'key'>;
type Answer = Pick<NewCorrection, 'target' | 'key' | 'value' | 'status'>;

/** What stands there now, which the answer is about; failed checks and documents carry no confidence of their own. */
export interface Reading {
  readonly seen: string;
  readonly value: number | string | null;
  readonly status: Correction['status'];
  readonly confidence: number | null;
}

const DATES: readonly string[] = ['published_on', 'period_start', 'period_end'] satisfies MetaKey[];

/** What the run read there, or asks about. Errors: NOT_FOUND for keys that the record lacks and questions that nobody asks. */
export function readingOf(
  current: CurrentRecord,
  open: readonly ReviewItem[],
  { target, key }: Asked,
): Reading {
  const { record } = current;
  if (target === 'field') {
    const field = Object.hasOwn(record.fields, key) ? record.fields[key] : undefined;
    if (field) return { ...field, seen: seenField(field) };
  } else if (target === 'meta') {
    const meta: GongkaiRecord['meta'][MetaKey] = isMetaKey(key) ? record.meta[key] : undefined;
    if (meta) return { ...meta, status: null, seen: seenMeta(meta) };
  } else {
    const seen = target === 'check' ? seenOfCheck(current, open, key) : seenOfRun(record, key);
    if (seen !== undefined) return { seen, value: null, status: null, confidence: null };
  }
  throw new AppError('NOT_FOUND', `The record has no ${target} "${key}" to be settled.`);
}

/** Both sides as they stand with what people corrected; checks between sources are known by their question alone. */
function seenOfCheck({ record, corrections }: CurrentRecord, open: readonly ReviewItem[], id: string) {
  const check = applyCorrections(record, corrections).checks.find((one) => one.id === id);
  if (check) return check.status === 'failed' ? seenCheck(check) : undefined;
  return open.find(({ kind, key }) => kind === 'check' && key === id)?.seen;
}

function seenOfRun(record: GongkaiRecord, key: string): string | undefined {
  return askAboutRun(record).find((question) => question.key === key)?.seen;
}

/** How right the run was, where it had said how sure it is; see SettleStore.settle. */
export function judge(
  { value, status, confidence }: Reading,
  answer: Pick<NewCorrection, 'value' | 'status'>,
): Parameters<SettleStore['settle']>[2] {
  if (confidence === null) return null;
  return { confidence, isRight: answer.value === value && answer.status === status };
}

/** A value must be of its target's kind, and its status must say the same. Errors: REQUEST_INVALID. */
export function checkAnswer(answer: Answer): void {
  const problem = problemOf(answer);
  if (problem !== null) throw new AppError('REQUEST_INVALID', problem);
}

function problemOf({ target, key, value, status }: Answer): string | null {
  if (target === 'field') return fieldProblem(value, status);
  if (status !== null) return 'Only fields have a status.';
  if (target === 'meta') return metaProblem(key, value);
  const codes: readonly unknown[] = target === 'check' ? CHECK_ANSWERS : RUN_ANSWERS;
  return codes.includes(value) ? null : `The answer is one of ${codes.join(', ')}.`;
}

function fieldProblem(value: NewCorrection['value'], status: NewCorrection['status']): string | null {
  if (status === null) return 'A field needs a status.';
  if (typeof value === 'string') return 'The value of a field is a number or null.';
  if ((status === 'reported') !== (value !== null)) return 'A value is reported, and only a value is.';
  return null;
}

function metaProblem(key: string, value: NewCorrection['value']): string | null {
  if (value === null) return null;
  if (key === 'year') {
    const isYear = typeof value === 'number' && Number.isInteger(value) && value > 1900 && value < 2200;
    return isYear ? null : 'The year is a number of four digits.';
  }
  if (typeof value !== 'string' || value.trim() === '') return `${key} is a text, or null.`;
  return !DATES.includes(key) || z.iso.date().safeParse(value).success
    ? null
    : `${key} is a date, YYYY-MM-DD.`;
}

function isMetaKey(key: string): key is MetaKey {
  return (META_KEYS as readonly string[]).includes(key);
}
