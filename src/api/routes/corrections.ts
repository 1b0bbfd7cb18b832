import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../errors/app-error.js';
import { META_KEYS, type GongkaiRecord, type MetaKey } from '../../model/record.js';
import type { Correction } from '../../model/run.js';
import { isoNow } from '../../ports/clock.js';
import type { CurrentRecord } from '../../ports/run-store.js';
import { latestCorrections } from '../../review/apply-corrections.js';
import { seenField, seenMeta } from '../../review/select-review-items.js';
import type { RouteParts, TypedApp } from '../app-parts.js';
import { CorrectionConflict } from '../http/correction-conflict.js';
import { findDocument, requireCurrent } from '../http/find-document.js';
import { fieldHistory } from '../http/field-history.js';
import { PROBLEM_RESPONSES } from '../http/problems.js';
import { answering, options } from '../http/route-options.js';
import {
  conflict,
  correction,
  correctionParams,
  historyParams,
  historyQuery,
  momentList,
  newCorrection,
} from '../schemas/corrections.js';
import { documentParams } from '../schemas/documents.js';

type NewCorrection = z.output<typeof newCorrection>;

const CONFLICT = {
  409: {
    description: 'Somebody else settled it meanwhile, or the run reads something else by now.',
    content: { 'application/problem+json': { schema: conflict } },
  },
} as const;
const ANSWER = options('review', 'review', 'Accept or edit a field or meta value', {
  params: documentParams,
  body: newCorrection,
  response: { 201: correction, ...CONFLICT, ...PROBLEM_RESPONSES },
});
const RETRACT = options('review', 'review', 'Take the newest answer for its key back', {
  params: correctionParams,
  response: {
    204: z.null().meta({ description: 'Taken back; its question is asked again.' }),
    ...CONFLICT,
    ...PROBLEM_RESPONSES,
  },
});
const HISTORY = options('read', 'review', 'What every run read and every person said about a field', {
  params: historyParams,
  querystring: historyQuery,
  response: answering(momentList),
});

/** Who answers where no token says so. */
const UNNAMED = 'local';
const DATES: readonly string[] = ['published_on', 'period_start', 'period_end'] satisfies MetaKey[];

/** People's answers: given, refused where they cross, taken back, remembered. */
export function correctionRoutes(app: TypedApp, { store, clock, events }: RouteParts): void {
  app.post('/api/documents/:id/corrections', ANSWER, async (request, reply) => {
    const { id } = request.params;
    const { follows, seen, author, ...answer } = request.body;
    const current = await requireCurrent(store, id);
    const reading = readingOf(current.record, answer);
    checkAnswer(answer);
    if (seen !== reading.seen) {
      const latest = latestCorrections(current.corrections).get(`${answer.target}:${answer.key}`) ?? null;
      throw new CorrectionConflict(`By now the run reads ${reading.seen}.`, latest);
    }
    const given: Correction = {
      ...answer,
      ...{ id: randomUUID().replaceAll('-', ''), sha256: current.document.sha256, seen },
      author: request.caller?.name ?? author ?? UNNAMED,
      createdAt: isoNow(clock),
    };
    const isRight = answer.value === reading.value && answer.status === reading.status;
    const { confidence } = reading;
    const outcome = await store.settle(given, follows, { confidence, isRight });
    if (outcome.kind === 'conflict') throw conflictWith(outcome.latest);
    const { target, key } = given;
    events.corrected({ documentId: id, target, key, author: given.author, isRetracted: false });
    return reply.code(201).send(outcome.correction);
  });
  app.delete('/api/documents/:id/corrections/:correctionId', RETRACT, async (request, reply) => {
    const { id, correctionId } = request.params;
    const { sha256 } = await findDocument(store, id);
    const author = request.caller?.name ?? UNNAMED;
    const outcome = await store.retract(sha256, correctionId, author);
    if (!outcome) throw new AppError('NOT_FOUND', `There is no answer ${correctionId}.`);
    if (outcome.kind === 'conflict') throw conflictWith(outcome.latest);
    const { target, key } = outcome.correction;
    events.corrected({ documentId: id, target, key, author, isRetracted: true });
    return reply.code(204).send(null);
  });
  app.get('/api/documents/:id/fields/:key/history', HISTORY, async ({ params: { id, key }, query }) => {
    const { sha256 } = await findDocument(store, id);
    return { items: await fieldHistory(store, sha256, query.target, key), next: null };
  });
}

function conflictWith(latest: Correction | null): CorrectionConflict {
  if (latest === null) return new CorrectionConflict('The answer was taken back meanwhile.', null);
  return new CorrectionConflict(`${latest.author} answered first.`, latest);
}

interface Reading {
  readonly seen: string;
  readonly value: number | string | null;
  readonly status: Correction['status'];
  readonly confidence: number;
}

/** What the run read there. Errors: NOT_FOUND for keys that the record lacks. */
function readingOf(
  record: CurrentRecord['record'],
  { target, key }: Pick<NewCorrection, 'target' | 'key'>,
): Reading {
  if (target === 'field') {
    const field = Object.hasOwn(record.fields, key) ? record.fields[key] : undefined;
    if (field) return { ...field, seen: seenField(field) };
  } else if (isMetaKey(key)) {
    const meta: GongkaiRecord['meta'][MetaKey] = record.meta[key];
    if (meta) return { ...meta, status: null, seen: seenMeta(meta) };
  }
  throw new AppError('NOT_FOUND', `The record has no ${target} "${key}".`);
}

/** A value and its status must say the same, and a meta value must be of its kind. Errors: REQUEST_INVALID. */
function checkAnswer({
  target,
  key,
  value,
  status,
}: Pick<NewCorrection, 'target' | 'key' | 'value' | 'status'>): void {
  const problem =
    target === 'field' ? fieldProblem(value, status) : (statusProblem(status) ?? metaProblem(key, value));
  if (problem !== null) throw new AppError('REQUEST_INVALID', problem);
}

function fieldProblem(value: NewCorrection['value'], status: NewCorrection['status']): string | null {
  if (status === null) return 'A field needs a status.';
  if (typeof value === 'string') return 'The value of a field is a number or null.';
  if ((status === 'reported') !== (value !== null)) return 'A value is reported, and only a value is.';
  return null;
}

function statusProblem(status: NewCorrection['status']): string | null {
  return status === null ? null : 'Meta values have no status.';
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
