import type { ErrorCode } from '../errors/codes.js';
import type { FormId } from '../model/record.js';
import type { Correction, DeadLetter, ReviewItem } from '../model/run.js';
import type { DocumentFilter, ReviewFilter, ReviewRow } from './run-store.js';

export type DocumentState = 'pending' | 'done' | 'failed';
export type DocumentSort = 'newest' | 'confidence' | 'agency' | 'year';

/** A document as listed, with what its current run found. */
export interface DocumentSummary {
  readonly id: string;
  readonly sha256: string;
  readonly path: string | null;
  readonly uri: string | null;
  readonly state: DocumentState;
  /** Another run is asked for. */
  readonly isQueued: boolean;
  readonly agency: string | null;
  readonly year: number | null;
  readonly form: FormId | null;
  /** The extractor that read it. */
  readonly format: string | null;
  readonly confidence: number | null;
  readonly doubtfulFields: number;
  readonly failedChecks: number;
  readonly openItems: number;
  readonly errorCode: ErrorCode | null;
  readonly admittedAt: string;
  readonly finishedAt: string | null;
}

/** Where a listing goes on: what the last row was sorted by, and its id. Null for the beginning. */
export interface SortedPage {
  readonly after: { readonly value: string | number | null; readonly id: string } | null;
  readonly limit: number;
}

/** A document with open questions that match, and how many they are. */
export interface ReviewDocument {
  readonly documentId: string;
  readonly path: string | null;
  readonly uri: string | null;
  readonly agency: string | null;
  readonly year: number | null;
  readonly form: FormId | null;
  /** Of the record. */
  readonly confidence: number;
  readonly failedChecks: number;
  readonly questions: number;
  /** Confidence of the most doubtful answer asked for. */
  readonly worst: number;
}

export interface ReviewSummary {
  readonly items: number;
  readonly documents: number;
  readonly byKind: Readonly<Record<ReviewItem['kind'], number>>;
}

export interface AgencySummary {
  readonly id: string;
  readonly name: string;
  readonly reports: number;
  readonly firstYear: number | null;
  readonly lastYear: number | null;
}

/** Readings that people settled, of one band of confidence. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly meanConfidence: number;
  readonly settled: number;
  /** Those that people left as they were read. */
  readonly right: number;
}

export interface StoreStats {
  readonly states: Readonly<Record<DocumentState, number>>;
  readonly formats: readonly { readonly format: string; readonly count: number }[];
  /** Runs finished in each minute of the last hour that had any; minutes as `2026-01-01T00:00`. */
  readonly throughput: readonly { readonly minute: string; readonly count: number }[];
  readonly confidenceHistogram: readonly {
    readonly from: number;
    readonly to: number;
    readonly count: number;
  }[];
  readonly reliability: readonly ReliabilityBin[];
  readonly coverage: readonly {
    readonly year: number | null;
    readonly form: FormId | null;
    readonly count: number;
  }[];
}

/** Looking through everything, for people: pages in many orders, and counts. May fail with STORE_UNAVAILABLE. */
export interface BrowseStore {
  /** Documents in the order asked for; those without a value to sort by come last. */
  listDocuments(filter: DocumentFilter, sort: DocumentSort, page: SortedPage): Promise<DocumentSummary[]>;
  /** Open questions, worst first; `after.value` is a confidence. */
  listReviewItems(filter: ReviewFilter, page: SortedPage): Promise<ReviewRow[]>;
  /** Documents with open questions that match, the least sure record first; `after.value` is its confidence. */
  listReviewDocuments(filter: ReviewFilter, page: SortedPage): Promise<ReviewDocument[]>;
  /** Open questions about the current run of a source, worst first. */
  openItemsOf(sha256: string): Promise<ReviewRow[]>;
  /** Key of the run that speaks for a source; null for none. */
  currentRunOf(sha256: string): Promise<string | null>;
  /** Why the newest run of a source was given up on; null where none was. */
  deadLetterOf(sha256: string): Promise<DeadLetter | null>;
  reviewSummary(filter: ReviewFilter): Promise<ReviewSummary>;
  /** Agencies whose name holds `part`, by name. */
  listAgencies(part: string | null, page: SortedPage): Promise<AgencySummary[]>;
  /** By id or full name. */
  findAgency(idOrName: string): Promise<{ readonly id: string; readonly name: string } | null>;
  /** Documents whose current run names the agency, at most `limit`. */
  documentIdsOfAgency(agencyId: string, limit: number): Promise<string[]>;
  stats(): Promise<StoreStats>;
}

/** An answer and whether it was taken back. */
export interface AnswerInHistory extends Correction {
  readonly retractedAt: string | null;
}

/** How an attempt to settle something ended; `latest` is the answer that counts instead. */
export type SettleOutcome =
  | { readonly kind: 'kept'; readonly correction: Correction }
  | { readonly kind: 'conflict'; readonly latest: Correction | null };

/** What people do to the same fields at the same time. Nothing is ever deleted: what is taken back stays in the history. */
export interface SettleStore {
  /**
   * Keeps an answer provided that the newest one for its key is `follows` (null: there is none). `reading` is what the
   * answered run thought of its reading, for the reliability of confidences; null where it had no opinion of its own.
   */
  settle(
    correction: Correction,
    follows: string | null,
    reading: { readonly confidence: number; readonly isRight: boolean } | null,
  ): Promise<SettleOutcome>;
  /** Takes the newest answer for its key back and asks its question again; null where the source has no such answer. */
  retract(sha256: string, correctionId: string, author: string): Promise<SettleOutcome | null>;
  /** Every answer about a source, also those taken back, oldest first. */
  answers(sha256: string): Promise<AnswerInHistory[]>;
}
