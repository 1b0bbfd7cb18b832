import { z } from 'zod';
import type { GongkaiRecord } from '../../model/record.js';
import { confidence, errorCode, formId, isoTime, list } from './common.js';

const box = z.object({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() });

/** Where a person can look: see src/model/evidence.ts. */
export const evidence = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('box'), page: z.int(), box }),
    z.object({ kind: z.literal('cell'), table: z.int(), row: z.int(), column: z.int() }),
    z.object({ kind: z.literal('span'), start: z.int(), end: z.int() }),
  ])
  .meta({
    id: 'Evidence',
    description:
      'A box on a page (points, from the top left of the page as shown), a cell of a table (counted from 0), or characters of the decoded text.',
  });

export const fieldStatus = z.enum(['reported', 'blank', 'marked', 'absent']);

const field = z
  .looseObject({
    value: z.number().nullable(),
    raw: z.string().nullable(),
    status: fieldStatus,
    confidence,
    evidence: list(evidence),
    explain: list(z.object({ cause: z.string(), effect: z.number() })).optional(),
  })
  .meta({ id: 'Field' });

const metaValue = z
  .looseObject({
    value: z.union([z.string(), z.number()]).nullable(),
    confidence,
    evidence: list(evidence),
  })
  .meta({ id: 'MetaValue' });

const settlement = z
  .object({ answer: z.string(), author: z.string(), at: isoTime, reason: z.string().nullable() })
  .meta({ id: 'Settlement', description: 'What a person said of a failed check or of the document.' });

export const check = z
  .looseObject({
    id: z.string(),
    status: z.enum(['passed', 'failed', 'skipped']),
    left: z.number().nullable(),
    right: z.number().nullable(),
    fields: list(z.string()),
    note: z.string().optional(),
    settled: settlement.optional(),
  })
  .meta({ id: 'Check' });

const diagnostic = z.looseObject({
  code: z.string(),
  page: z.int().optional(),
  message: z.string(),
  links: list(z.string()).optional(),
});

const recordShape = z
  .looseObject({
    schema: z.literal('gongkai/record@1'),
    source: z.looseObject({
      path: z.string().nullable(),
      sha256: z.string(),
      bytes: z.number(),
      media_type: z.string(),
      uri: z.string().nullable(),
    }),
    extraction: z.looseObject({
      extractor: z.string(),
      version: z.string(),
      pages: z.int(),
      duration_ms: z.number(),
      diagnostics: list(diagnostic),
      partial: z.boolean().optional(),
    }),
    error: z.object({ code: errorCode, message: z.string() }).optional(),
    form: formId.nullable(),
    form_confidence: confidence,
    meta: z.record(z.string(), metaValue),
    fields: z.record(z.string(), field),
    sections: list(z.looseObject({ kind: z.string(), heading: z.string(), text: z.string() })),
    checks: list(check),
    confidence,
    review: z.looseObject({ needed: z.boolean(), reasons: list(z.string()) }),
    settled: settlement.optional(),
  })
  .meta({ id: 'Record' });

/**
 * The canonical record (schema gongkai/record@1); more keys may come. Typed as what the pipeline makes: the shape
 * above describes the same thing for the outside and lets further keys through.
 */
export const record = recordShape as unknown as z.ZodType<GongkaiRecord, GongkaiRecord>;
