import type { FormDefinition } from '../../../src/forms/form.js';
import type { Change } from '../../../src/review/diff-runs.js';
import type { GongkaiRecord } from '../../../src/model/record.js';
import type { Correction } from '../../../src/model/run.js';
import type { RunRow, StoreStatus } from '../../../src/ports/run-store.js';

/** A document under review, with its current run and everything people said about it. */
export interface DocumentView {
  readonly id: string;
  readonly sha256: string;
  readonly path: string | null;
  readonly uri: string | null;
  readonly runKey: string;
  /** As the run read it, without corrections; null until the first run is finished. */
  readonly record: GongkaiRecord | null;
  readonly corrections: readonly Correction[];
}

export type FormView = FormDefinition;

/** A document as listed. */
export interface DocumentRow {
  readonly id: string;
  readonly path: string | null;
  readonly uri: string | null;
  readonly state: 'pending' | 'done' | 'failed';
  readonly agency: string | null;
  readonly year: number | null;
  readonly form: string | null;
  readonly confidence: number | null;
  readonly doubtfulFields: number;
  readonly failedChecks: number;
  readonly errorCode: string | null;
}

export interface Listing<T> {
  readonly items: readonly T[];
  /** Give it to get the next page; null at the end. */
  readonly next: string | null;
}

export type DocumentQuery = Readonly<
  Record<'q' | 'form' | 'year' | 'state' | 'sort' | 'cursor', string | null>
>;

/** Counts for the overview. */
export interface Stats {
  readonly confidenceHistogram: readonly {
    readonly from: number;
    readonly to: number;
    readonly count: number;
  }[];
  readonly coverage: readonly {
    readonly year: number | null;
    readonly form: string | null;
    readonly count: number;
  }[];
  readonly reliability: readonly {
    readonly from: number;
    readonly to: number;
    readonly meanConfidence: number;
    readonly settled: number;
    readonly right: number;
  }[];
}

export type { RunRow };

/** How work stands; as sent by the status route and with every event of progress. */
export type Status = StoreStatus;

/** One thing that a run read or a person said about a field. */
export interface Moment {
  readonly kind: 'run' | 'correction';
  /** Key of the run, id of the correction. */
  readonly id: string;
  readonly at: string;
  readonly value: string;
  readonly confidence: number | null;
  readonly version: string | null;
  readonly author: string | null;
  readonly reason: string | null;
}

export interface Batch {
  readonly name: string;
}

/** A difference between two runs, with whose it is where several documents are compared. */
export interface DocumentChange extends Change {
  readonly documentId: string | null;
  readonly documentName: string;
}

/** A report of an agency with the numbers of its form. */
export interface AgencyReport {
  readonly documentId: string;
  readonly year: number | null;
  readonly form: string | null;
  readonly confidence: number;
  readonly fields: Readonly<Record<string, number | null>>;
}
