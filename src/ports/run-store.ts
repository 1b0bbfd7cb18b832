import type {
  Correction,
  DeadLetter,
  DocumentInfo,
  Priority,
  QueueName,
  ReportCandidate,
  ReviewItem,
  RunSettings,
  RunSpec,
} from '../model/run.js';
import type { FormId, GongkaiRecord } from '../model/record.js';
import type { ErrorCode } from '../errors/codes.js';
import type { BrowseStore, DocumentState, SettleStore } from './browse-store.js';

/** What is asked for when documents come in. */
export interface RunOrder {
  readonly spec: RunSpec;
  readonly batchId: string | null;
  readonly priority: Priority;
  readonly queue: QueueName;
}

/** What became of one admitted document. */
export interface Admission {
  readonly documentId: string;
  readonly runKey: string;
  /** False where the same bytes were known from the same URI at the same time. */
  readonly isNewDocument: boolean;
  /** False where the run is finished or set aside, so that no job is needed. */
  readonly isPending: boolean;
}

/** A run that should exist and does not yet. */
export interface PendingRun {
  readonly runKey: string;
  readonly priority: Priority;
  readonly queue: QueueName;
  readonly requestedAt: string;
}

/** A started run: everything a worker needs to know, bytes excepted. */
export interface Work {
  readonly runKey: string;
  readonly documentId: string;
  readonly document: DocumentInfo;
  readonly extractorVersion: string;
  readonly settings: RunSettings;
  readonly queue: QueueName;
  /** Earlier starts that neither finished nor were handed back: 1 or more means that a process died over it. */
  readonly priorStarts: number;
  readonly requestedAt: string;
}

export interface FinishedRun {
  readonly record: GongkaiRecord;
  /** The document's words as they are searched (text/search-words.ts); empty for none. */
  readonly text: string;
  readonly items: readonly ReviewItem[];
  readonly worker: string;
  readonly durationMs: number;
}

/** A run as listed; `state` is `done` for a record, `failed` for an error that the source itself causes. */
export interface RunRow {
  readonly runKey: string;
  readonly sha256: string;
  readonly extractorVersion: string;
  readonly settingsHash: string;
  readonly state: 'done' | 'failed';
  readonly errorCode: ErrorCode | null;
  readonly form: FormId | null;
  readonly year: number | null;
  readonly agency: string | null;
  readonly confidence: number;
  readonly doubtfulFields: number;
  readonly failedChecks: number;
  readonly requestedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  readonly worker: string;
}

/** A document with its current run; `record` is the run's own, without corrections. */
export interface CurrentRecord {
  readonly documentId: string;
  readonly document: DocumentInfo;
  readonly run: RunRow;
  readonly record: GongkaiRecord;
  readonly corrections: readonly Correction[];
}

/** What a document's row may be selected by; all parts must hold. Strings compare exactly unless said otherwise. */
export interface DocumentFilter {
  readonly documentIds?: readonly string[];
  readonly form?: FormId | 'none';
  readonly yearFrom?: number;
  readonly yearTo?: number;
  readonly confidenceBelow?: number;
  /** Semantic versions are compared as such. */
  readonly versionOlderThan?: string;
  readonly errorCode?: ErrorCode | 'any';
  /** Part of the agency's name. */
  readonly agency?: string;
  /** Name of a batch. */
  readonly batch?: string;
  /** Part of URI or path. */
  readonly source?: string;
  /** Part of the agency's name, of URI or path, of the document's own text, or the beginning of an id. */
  readonly text?: string;
  readonly state?: DocumentState;
  /** Name of the extractor that read it. */
  readonly format?: string;
}

/** A page of a listing in the order of document ids: give the last id to get the next page. */
export interface PageRequest {
  readonly after: string | null;
  readonly limit: number;
}

export interface Batch {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly documents: number;
  /** Documents whose run in this batch is neither finished nor set aside. */
  readonly pending: number;
}

/** One document as two batches saw it; null where a batch has no finished run of it. */
export interface RunPair {
  readonly documentId: string;
  readonly document: DocumentInfo;
  readonly before: { readonly run: RunRow; readonly record: GongkaiRecord } | null;
  readonly after: { readonly run: RunRow; readonly record: GongkaiRecord } | null;
}

export interface ReviewRow extends ReviewItem {
  readonly id: string;
  readonly runKey: string;
  readonly sha256: string;
  readonly documentId: string;
  readonly form: FormId | null;
  readonly year: number | null;
  readonly agency: string | null;
}

export interface ReviewFilter {
  readonly below?: number;
  readonly form?: FormId;
  readonly year?: number;
  readonly agency?: string;
  readonly batch?: string;
  readonly kind?: ReviewItem['kind'];
  /** Name of a check, or key of a field. */
  readonly key?: string;
  readonly documentId?: string;
}

export interface StoreStatus {
  readonly documents: number;
  readonly sources: number;
  readonly pending: number;
  readonly runs: number;
  readonly currentDone: number;
  readonly currentFailed: number;
  readonly failuresByCode: Readonly<Record<string, number>>;
  readonly deadByCode: Readonly<Record<string, number>>;
  readonly openReviewItems: number;
  readonly finishedLastMinute: number;
  readonly finishedLastHour: number;
}

/** Taking documents in and working on them. Every method may fail with STORE_UNAVAILABLE. */
export interface IntakeStore {
  /** Registers documents and asks for their runs, all or none. Idempotent. */
  admit(documents: readonly DocumentInfo[], order: RunOrder): Promise<Admission[]>;
  /** Asks for runs of documents that are known already. */
  request(documentIds: readonly string[], order: RunOrder): Promise<Admission[]>;
  /** The batch of this name, made where there is none. */
  batch(name: string): Promise<Batch>;
  /** Pending runs of a queue by run key, at most `limit` after `after`. */
  pending(queue: QueueName, page: PageRequest): Promise<PendingRun[]>;
  countPending(queue: QueueName): Promise<number>;
  /**
   * Notes the start and gives the work; null where the run is finished, set aside or unknown, or where another worker
   * holds it that is not gone.
   */
  start(runKey: string, worker: string, isGone: (other: string) => boolean): Promise<Work | null>;
  /** Takes a start back: the work was handed back or failed for a reason outside the document. */
  handBack(runKey: string): Promise<void>;
  /** Drops a request for which another run is made instead; its batches get the successor's. */
  withdraw(work: Work, successor: string): Promise<void>;
  /** Keeps the run, once and for ever, and makes it current where it is the newest; false where it was kept before. */
  finish(work: Work, finished: FinishedRun): Promise<boolean>;
  /** Moves a request to the dead letters. */
  setAside(letter: DeadLetter): Promise<void>;
}

/** Looking at what there is. */
export interface ReadStore {
  run(runKey: string): Promise<{ readonly run: RunRow; readonly record: GongkaiRecord } | null>;
  runsOf(sha256: string): Promise<RunRow[]>;
  /** A document by id or its beginning, source hash or its beginning, URI, or end of its path; newest first. */
  findDocuments(name: string): Promise<{ readonly documentId: string; readonly document: DocumentInfo }[]>;
  /** The documents of these ids, in the order of ids; unknown ones are left out. */
  documents(
    ids: readonly string[],
  ): Promise<{ readonly documentId: string; readonly document: DocumentInfo }[]>;
  /** Ids of documents that match, runs or not. */
  documentIds(filter: DocumentFilter, page: PageRequest): Promise<string[]>;
  /** Documents that have a current run, with it. */
  current(filter: DocumentFilter, page: PageRequest): Promise<CurrentRecord[]>;
  /** What tells which report each document with a current run belongs to, without the records. */
  candidates(filter: DocumentFilter, page: PageRequest): Promise<ReportCandidate[]>;
  /** Current records of other sources that name the same body, year and form, newest first. */
  readingsOfReport(report: {
    readonly agency: string;
    readonly year: number;
    readonly form: FormId;
    readonly exceptSha256: string;
  }): Promise<{ readonly documentId: string; readonly record: GongkaiRecord }[]>;
  batches(): Promise<Batch[]>;
  /** The documents of two batches, in the order of document ids. */
  pairs(batchA: string, batchB: string, page: PageRequest): Promise<RunPair[]>;
  status(): Promise<StoreStatus>;
}

/** What people do. */
export interface ReviewStore {
  /** Open questions about current runs, worst first. */
  reviewItems(
    filter: ReviewFilter,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<ReviewRow[]>;
  /** Keeps an answer; the newest one for a key counts. Closes the review items that ask about the same reading. */
  correct(correction: Correction): Promise<void>;
  /** The answers about a source that stand, oldest first. */
  corrections(sha256: string): Promise<Correction[]>;
  deadLetters(page: PageRequest): Promise<DeadLetter[]>;
  deadLetter(runKey: string): Promise<DeadLetter | null>;
  /** Asks for the run again with its tries forgotten; null where there is no such dead letter. */
  revive(runKey: string, priority: Priority): Promise<PendingRun | null>;
}

/**
 * Everything that is known, apart from the bytes. Runs are immutable, corrections and runs are only ever added.
 * Leaves out the queue's order of work and the objects. Migrates itself when opened.
 */
export interface RunStore extends IntakeStore, ReadStore, ReviewStore, BrowseStore, SettleStore {
  ping(): Promise<void>;
  close(): Promise<void>;
}
