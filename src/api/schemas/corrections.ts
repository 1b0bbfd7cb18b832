import { z } from 'zod';
import { confidence, id, isoTime, listing, problem, sha256, shortText } from './common.js';
import { fieldStatus } from './record.js';
import { CHECK_ANSWERS, QUESTION_KINDS, RUN_ANSWERS } from '../../model/run.js';

const LONGEST_REASON = 2_000;
const LONGEST_SEEN = 20_000;

const target = z.enum(QUESTION_KINDS);
const value = z
  .union([z.number(), z.string().max(LONGEST_REASON)])
  .nullable()
  .meta({
    description: `Of a check: ${CHECK_ANSWERS.join(', ')} (the report itself is wrong). Of a run: ${RUN_ANSWERS.join(', ')}.`,
  });

/** A person's answer about one field, meta value, failed check or the document as a whole, laid over the run that they saw. */
export const correction = z
  .object({
    id,
    sha256,
    target,
    key: z.string(),
    value,
    status: fieldStatus.nullable(),
    seen: z.string(),
    author: z.string(),
    reason: z.string().nullable(),
    createdAt: isoTime,
  })
  .meta({ id: 'Correction' });

/** Accepting is answering with the value as read; editing, with another one. */
export const newCorrection = z
  .object({
    target,
    key: z.string().min(1).max(200),
    value,
    status: fieldStatus
      .nullable()
      .meta({ description: 'For fields: which null the value is, or `reported`. Null for everything else.' }),
    seen: z.string().max(LONGEST_SEEN).meta({
      description:
        'The reading that is answered, as JSON: [value, raw, status] of a field, [value] of a meta value, [left, right] of a failed check over the values that stand, `seen` of the open question otherwise. CORRECTION_CONFLICT where it reads something else by now.',
    }),
    reason: z.string().trim().max(LONGEST_REASON).nullable().default(null),
    follows: id
      .nullable()
      .default(null)
      .meta({ description: 'Id of the newest answer for this key that its author had seen; null for none.' }),
    author: shortText.optional().meta({
      description: 'Who answers, where the server asks for no token; otherwise the token says it.',
    }),
  })
  .meta({ id: 'NewCorrection' });

export const correctionParams = z.object({ id, correctionId: id });

/** 409: somebody else's answer came first. */
export const conflict = problem
  .extend({
    latest: correction
      .nullable()
      .meta({ description: 'The answer that counts now; null where there is none.' }),
  })
  .meta({ id: 'Conflict' });

export const historyParams = z.object({ id, key: z.string().min(1).max(200) });
export const historyQuery = z.object({ target: target.default('field') });

/** What one run read, or what one person said (or took back), about a field, meta value, check or the document. */
export const moment = z
  .object({
    kind: z.enum(['run', 'correction']),
    id: z.string(),
    at: isoTime,
    value,
    raw: z.string().nullable(),
    status: fieldStatus.nullable(),
    confidence: confidence.nullable(),
    version: z.string().nullable(),
    author: z.string().nullable(),
    reason: z.string().nullable(),
    retractedAt: isoTime.nullable(),
    isCurrent: z
      .boolean()
      .meta({ description: 'The run that speaks for the source; the answer that counts.' }),
  })
  .meta({ id: 'Moment' });

export const momentList = listing(moment);
