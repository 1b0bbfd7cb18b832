import { z } from 'zod';
import {
  confidence,
  errorCode,
  formId,
  id,
  isoTime,
  list,
  listing,
  paging,
  sha256,
  shortText,
  year,
} from './common.js';
import { correction } from './corrections.js';
import { record } from './record.js';
import { reviewItem } from './review.js';
import { run } from './runs.js';

const MOST_DOCUMENTS_NAMED = 1_000;

export const documentState = z.enum(['pending', 'done', 'failed']).meta({
  description:
    '`pending`: no run is finished; `failed`: the run ended in an error, or was given up on; `done`: there is a record.',
});

/** A document as listed: a source at a place at a time, with its current run. */
export const documentRow = z
  .object({
    id,
    sha256,
    path: z.string().nullable(),
    uri: z.string().nullable(),
    state: documentState,
    isQueued: z.boolean().meta({ description: 'Another run is asked for.' }),
    agency: z.string().nullable(),
    year: z.int().nullable(),
    form: formId.nullable(),
    format: z.string().nullable(),
    confidence: confidence.nullable(),
    doubtfulFields: z.int(),
    failedChecks: z.int(),
    openItems: z.int().meta({ description: 'Questions nobody has answered.' }),
    errorCode: errorCode.nullable(),
    admittedAt: isoTime,
    finishedAt: isoTime.nullable(),
  })
  .meta({ id: 'DocumentRow' });

export const documentList = listing(documentRow);

/** Which documents; all parts must hold. */
export const documentFilter = {
  q: shortText.optional().meta({
    description: 'Part of agency, URI or path, or of the document’s own text; or the beginning of an id.',
  }),
  state: documentState.optional(),
  form: z.union([formId, z.literal('none')]).optional(),
  year: year.optional(),
  yearFrom: year.optional(),
  yearTo: year.optional(),
  format: shortText.optional().meta({ description: 'Extractor: pdf, docx, html, text, …' }),
  agency: shortText.optional().meta({ description: 'Part of the name.' }),
  batch: shortText.optional().meta({ description: 'Name of a batch.' }),
  below: z.coerce.number().min(0).max(1.01).optional().meta({ description: 'Confidence below this.' }),
  errorCode: z.union([errorCode, z.literal('any')]).optional(),
};

export const SORTS = ['newest', 'confidence', 'agency', 'year'] as const;

export const documentQuery = z.object({
  ...documentFilter,
  ids: z
    .string()
    .regex(/^[0-9a-f]{32}(?:,[0-9a-f]{32}){0,199}$/, 'must be ids of documents with commas between')
    .optional()
    .meta({ description: 'Only these: ids with commas between, 200 at most.' }),
  sort: z.enum(SORTS).default('newest').meta({
    description:
      'newest: last admitted first; confidence: least first; agency, year: ascending. Unknown last.',
  }),
  ...paging,
});

export const documentParams = z.object({ id });

/** A document with everything that a review needs. */
export const documentView = z
  .object({
    id,
    sha256,
    bytes: z.int(),
    path: z.string().nullable(),
    uri: z.string().nullable(),
    contentType: z.string().nullable(),
    crawledAt: isoTime.nullable(),
    meta: z.record(z.string(), z.unknown()),
    state: documentState,
    isQueued: z.boolean(),
    runKey: z.string().nullable(),
    run: run.nullable(),
    record: record.nullable().meta({ description: 'As the run read it, without corrections.' }),
    corrections: list(correction).meta({ description: 'Answers that stand, oldest first.' }),
    openItems: list(reviewItem),
    givenUp: z
      .object({ code: errorCode, message: z.string(), tries: z.int() })
      .nullable()
      .meta({ description: 'Why its newest run was given up on.' }),
  })
  .meta({ id: 'DocumentView' });

/** The record as people have settled it. */
export const settledRecord = z
  .object({
    documentId: id,
    runKey: z.string(),
    record,
    corrected: z
      .array(z.string())
      .meta({ description: 'Keys that people settled: `field:key`, `meta:key`, `check:id`, `run:code`.' }),
  })
  .meta({ id: 'SettledRecord' });

/** How the source can be shown. */
export const sourceView = z
  .object({
    documentId: id,
    format: z.string(),
    show: z.enum(['pdf', 'pages', 'text', 'html']).meta({
      description:
        'pdf: draw `source` with pdf.js; pages: pictures of the pages; text: the decoded text; html: the sanitised rendering.',
    }),
    source: z.string().meta({ description: 'Address of the bytes.' }),
    text: z.string().nullable(),
    rendering: z.string().nullable(),
    pages: list(
      z.object({
        pageNumber: z.int(),
        width: z.number().nullable(),
        height: z.number().nullable(),
        image: z.string().nullable(),
      }),
    ),
    characters: z.int().nullable().meta({ description: 'Length of the decoded text (UTF-16 code units).' }),
  })
  .meta({ id: 'SourceView' });

export const textQuery = z.object({
  from: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .meta({ description: 'First character (UTF-16 code units).' }),
  length: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: 'As many characters; all where not given.' }),
});

export const pageParams = z.object({ id, pageNumber: z.coerce.number().int().min(1).max(2_000) });

/** What became of one document of an upload. */
export const admission = z
  .object({
    name: z.string(),
    documentId: id,
    runKey: z.string(),
    isNewDocument: z.boolean(),
    isPending: z.boolean().meta({ description: 'False where the run is finished or given up on already.' }),
  })
  .meta({ id: 'Admission' });

export const uploadResult = z
  .object({
    items: list(admission),
    next: z.null(),
    batch: z.string().nullable(),
    skipped: z.int().meta({ description: 'Entries of archives that are no documents.' }),
    problems: list(z.object({ place: z.string(), code: errorCode, message: z.string() })),
  })
  .meta({ id: 'UploadResult' });

/** The optional part `manifest` of an upload: what the crawler knew. */
export const uploadManifest = z
  .object({
    batch: shortText.optional(),
    priority: z.enum(['interactive', 'batch']).default('interactive'),
    documents: z
      .array(
        z.object({
          file: z.string().max(1_000).meta({ description: 'File name of the part it belongs to.' }),
          uri: z
            .url({ protocol: /^https?$/ })
            .max(4_000)
            .optional(),
          crawledAt: z.iso.datetime({ offset: true }).optional(),
          contentType: z.string().max(200).optional(),
          meta: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .max(MOST_DOCUMENTS_NAMED)
      .default([]),
  })
  .meta({ id: 'UploadManifest' });

export type UploadManifest = z.infer<typeof uploadManifest>;

export const reprocessOrder = z
  .object({
    documentIds: z.array(id).min(1).max(MOST_DOCUMENTS_NAMED).optional(),
    filter: z
      .object(documentFilter)
      .optional()
      .meta({ description: 'Instead of ids; {} for every document.' }),
    batch: shortText.optional().meta({ description: 'Name under which the new runs can be compared.' }),
    explain: z.boolean().default(true).meta({ description: 'Runs say what their confidence is made of.' }),
  })
  .refine((order) => (order.documentIds === undefined) !== (order.filter === undefined), {
    message: 'give either documentIds or filter',
  });

export const reprocessResult = z.object({
  matched: z.int(),
  count: z.int().meta({ description: 'Runs that will be made.' }),
});
