import { z } from 'zod';
import { errorCode, id, isoTime, list, listing, paging, runKey } from './common.js';

const counts = z.record(z.string(), z.int());

/** How work stands. */
export const status = z
  .object({
    documents: z.int(),
    sources: z.int(),
    pending: z.int(),
    runs: z.int(),
    currentDone: z.int(),
    currentFailed: z.int(),
    failuresByCode: counts,
    deadByCode: counts,
    openReviewItems: z.int(),
    finishedLastMinute: z.int(),
    finishedLastHour: z.int(),
    queue: z
      .object({ waiting: z.int(), active: z.int(), delayed: z.int() })
      .nullable()
      .meta({ description: 'Null where the queue is in another process’s memory.' }),
    isShared: z.boolean().meta({ description: 'The queue is in Redis; Bull Board is at /admin/queues.' }),
  })
  .meta({ id: 'Status' });

export const eventsQuery = z.object({
  document: id.optional().meta({
    description: 'Also tells who else has this document open, and of answers about it.',
  }),
});

export const deadLetter = z
  .object({
    runKey: z.string(),
    sha256: z.string(),
    documentId: id,
    code: errorCode,
    message: z.string(),
    tries: z.int(),
    worker: z.string(),
    diedAt: isoTime,
  })
  .meta({ id: 'DeadLetter' });

export const deadLetterList = listing(deadLetter);
export const deadLetterQuery = z.object(paging);
export const deadLetterParams = z.object({ runKey });
export const revived = z.object({ runKey: z.string(), count: z.int() });

const bin = z.object({ from: z.number(), to: z.number(), count: z.int() });

/** Counts for the overview's charts. */
export const stats = z
  .object({
    states: z.object({ pending: z.int(), done: z.int(), failed: z.int() }),
    formats: list(z.object({ format: z.string(), count: z.int() })),
    failures: list(z.object({ code: z.string(), count: z.int() })),
    throughput: list(z.object({ minute: z.string(), count: z.int() })).meta({
      description: 'Runs finished in each of the last sixty minutes that had any.',
    }),
    confidenceHistogram: list(bin).meta({ description: 'Current records by confidence.' }),
    reliability: list(
      z.object({
        from: z.number(),
        to: z.number(),
        meanConfidence: z.number(),
        settled: z.int(),
        right: z.int(),
      }),
    ).meta({ description: 'Readings that people settled, by the confidence they had.' }),
    coverage: list(z.object({ year: z.int().nullable(), form: z.string().nullable(), count: z.int() })),
  })
  .meta({ id: 'Stats' });
