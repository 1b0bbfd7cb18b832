import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../errors/app-error.js';
import type { Correction } from '../../model/run.js';
import { isoNow } from '../../ports/clock.js';
import { latestCorrections } from '../../review/apply-corrections.js';
import type { RouteParts, TypedApp } from '../app-parts.js';
import { checkAnswer, judge, readingOf } from '../http/answer.js';
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

const CONFLICT = {
  409: {
    description: 'Somebody else settled it meanwhile, or the run reads something else by now.',
    content: { 'application/problem+json': { schema: conflict } },
  },
} as const;
const ANSWER = options(
  'review',
  'review',
  'Answer a question: accept or edit a value, say what is to be thought of a failed check or the document',
  {
    params: documentParams,
    body: newCorrection,
    response: { 201: correction, ...CONFLICT, ...PROBLEM_RESPONSES },
  },
);
const RETRACT = options('review', 'review', 'Take the newest answer for its key back', {
  params: correctionParams,
  response: {
    204: z.null().meta({ description: 'Taken back; its question is asked again.' }),
    ...CONFLICT,
    ...PROBLEM_RESPONSES,
  },
});
const HISTORY = options(
  'read',
  'review',
  'What every run read and every person said about a field, meta value, check or the document',
  {
    params: historyParams,
    querystring: historyQuery,
    response: answering(momentList),
  },
);

/** Who answers where no token says so. */
const UNNAMED = 'local';

/** People's answers: given, refused where they cross, taken back, remembered. */
export function correctionRoutes(app: TypedApp, { store, clock, events }: RouteParts): void {
  app.post('/api/documents/:id/corrections', ANSWER, async (request, reply) => {
    const { id } = request.params;
    const { follows, seen, author, ...answer } = request.body;
    const current = await requireCurrent(store, id);
    const open = await store.openItemsOf(current.document.sha256);
    const reading = readingOf(current, open, answer);
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
    const outcome = await store.settle(given, follows, judge(reading, answer));
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
