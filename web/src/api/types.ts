import type { z } from 'zod';
import type * as agencies from '../../../src/api/schemas/agencies.js';
import type * as batches from '../../../src/api/schemas/batches.js';
import type * as corrections from '../../../src/api/schemas/corrections.js';
import type * as documents from '../../../src/api/schemas/documents.js';
import type * as review from '../../../src/api/schemas/review.js';
import type * as runs from '../../../src/api/schemas/runs.js';
import type * as status from '../../../src/api/schemas/status.js';
import type { FormDefinition } from '../../../src/forms/form.js';
import type { GongkaiRecord } from '../../../src/model/record.js';
import type { Correction } from '../../../src/model/run.js';

/** A document under review, with its current run and everything people said about it. */
export type DocumentView = Omit<z.infer<typeof documents.documentView>, 'record' | 'corrections'> & {
  /** As the run read it, without corrections; null until the first run is finished. */
  readonly record: GongkaiRecord | null;
  readonly corrections: readonly Correction[];
};

export type FormView = FormDefinition;
export type DocumentRow = z.infer<typeof documents.documentRow>;
/** How the source of a document can be shown. */
export type SourceView = z.infer<typeof documents.sourceView>;
export type UploadResult = z.infer<typeof documents.uploadResult>;
/** A document with open questions. */
export type ReviewDocument = z.infer<typeof review.reviewDocument>;
export type Batch = z.infer<typeof batches.batch>;
export type Stats = z.infer<typeof status.stats>;
/** How work stands; as sent by the status route and with every event of progress. */
export type Status = z.infer<typeof status.status>;
export type DeadLetter = z.infer<typeof status.deadLetter>;
/** One thing that a run read or a person said about a field. */
export type Moment = z.infer<typeof corrections.moment>;
export type Change = z.infer<typeof runs.change>;
/** A difference between two runs, with whose it is where several documents are compared. */
export type DocumentChange = z.infer<typeof runs.documentChange>;
/** A report of an agency with the numbers of its form. */
export type AgencyReport = z.infer<typeof agencies.agencyReport>;
export type AgencyRow = z.infer<typeof agencies.agencyRow>;
export type AgencyView = z.infer<typeof agencies.agencyView>;

export interface Listing<T> {
  readonly items: readonly T[];
  /** Give it to get the next page; null at the end. */
  readonly next: string | null;
}

export type DocumentQuery = Readonly<
  Record<'q' | 'form' | 'year' | 'state' | 'sort' | 'cursor', string | null>
>;
