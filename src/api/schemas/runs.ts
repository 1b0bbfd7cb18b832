import { z } from 'zod';
import { confidence, errorCode, formId, isoTime, listing, runKey, sha256 } from './common.js';
import { record } from './record.js';

/** One pass of the pipeline over one source; never edited. */
export const run = z
  .object({
    runKey: z.string(),
    sha256,
    extractorVersion: z.string(),
    settingsHash: z.string(),
    state: z.enum(['done', 'failed']),
    errorCode: errorCode.nullable(),
    form: formId.nullable(),
    year: z.int().nullable(),
    agency: z.string().nullable(),
    confidence,
    doubtfulFields: z.int(),
    failedChecks: z.int(),
    requestedAt: isoTime,
    finishedAt: isoTime,
    durationMs: z.number(),
    worker: z.string(),
  })
  .meta({ id: 'Run' });

export const runList = listing(run);
export const runParams = z.object({ runKey });
export const runPairParams = z.object({ a: runKey, b: runKey });
export const runWithRecord = z.object({ run, record });

/** One thing that two runs see differently. */
export const change = z
  .object({
    kind: z.enum(['field', 'meta', 'check', 'record']),
    key: z.string(),
    what: z.enum(['value', 'status', 'confidence']),
    before: z.string(),
    after: z.string(),
  })
  .meta({ id: 'Change' });

export const changeList = listing(change);

export const documentChange = change
  .extend({ documentId: z.string(), documentName: z.string() })
  .meta({ id: 'DocumentChange' });

export const documentChangeList = listing(documentChange);
