import { z } from 'zod';
import { CATALOGUE, type ErrorCode } from '../../errors/codes.js';
import { FORM_IDS } from '../../model/record.js';

/** Rows of one page of a listing. */
export const DEFAULT_PAGE_ROWS = 50;
const MOST_PAGE_ROWS = 200;
const LONGEST_CURSOR = 2_000;
const LONGEST_TEXT = 500;

const ERROR_CODES = Object.keys(CATALOGUE) as [ErrorCode, ...ErrorCode[]];

export const errorCode = z.enum(ERROR_CODES).meta({ description: 'A code of docs/errors.md.' });
export const formId = z.enum(FORM_IDS);
/** Ids of documents, batches, corrections: hex. */
export const id = z.string().regex(/^[0-9a-f]{32}$/, 'must be 32 hexadecimal digits');
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');
/** `<sha256>-<version>-<settings>`. */
export const runKey = z
  .string()
  .max(LONGEST_TEXT)
  .regex(/^[0-9a-f]{64}-[^/]+$/, 'must be the key of a run');
export const isoTime = z.string().meta({ format: 'date-time' });
export const confidence = z.number().min(0).max(1);
export const shortText = z.string().trim().min(1).max(LONGEST_TEXT);
export const year = z.coerce.number().int().min(1900).max(2200);

/** What every listing takes: where to go on, and how many rows. */
export const paging = {
  cursor: z.string().max(LONGEST_CURSOR).optional().meta({ description: '`next` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(MOST_PAGE_ROWS).default(DEFAULT_PAGE_ROWS),
};

/** An array that need not be writable to be sent. */
export function list<T extends z.ZodType>(item: T): z.ZodType<readonly z.output<T>[], readonly z.input<T>[]> {
  return z.array(item) as z.ZodType as z.ZodType<readonly z.output<T>[], readonly z.input<T>[]>;
}

/** A page of a listing; `next` is the cursor of the page after it, null at the end. */
export function listing<T extends z.ZodType>(item: T) {
  return z.object({ items: list(item), next: z.string().nullable() });
}

/** RFC 9457: every answer with a status of 400 or more. */
export const problem = z
  .looseObject({
    type: z.string().meta({ description: '`urn:gongkai:error:` and the code; docs/errors.md explains it.' }),
    title: z.string(),
    status: z.int(),
    code: errorCode,
    detail: z.string(),
    instance: z.string().optional(),
    problems: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'REQUEST_INVALID: what does not fit, and where.' }),
  })
  .meta({ id: 'Problem', description: 'Problem document (RFC 9457); sent as application/problem+json.' });

export type Problem = z.infer<typeof problem>;
