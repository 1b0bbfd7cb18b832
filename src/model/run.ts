import type { ErrorCode } from '../errors/codes.js';
import type { FieldStatus, FormId } from './record.js';

/** Who waits for a run: a person in front of a screen, or nobody before tomorrow. */
export type Priority = 'interactive' | 'batch';

/** Which workers do it: `ocr` takes seconds a page and must not hold up the milliseconds of `extract`. */
export const QUEUE_NAMES = ['extract', 'ocr'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/**
 * Settings as they key a run: plain JSON with everything that can change what is read. `hash` is the same for the
 * same settings in any key order.
 */
export interface RunSettings {
  readonly hash: string;
  readonly json: string;
}

/** What a run is made with; with the source's SHA-256 it is the run's identity. */
export interface RunSpec {
  readonly extractorVersion: string;
  readonly settings: RunSettings;
}

/** A source at a URI at a time, with whatever the crawler said about it. */
export interface DocumentInfo {
  readonly sha256: string;
  readonly bytes: number;
  readonly uri: string | null;
  /** File name or path inside an archive, as decoded. */
  readonly path: string | null;
  readonly contentType: string | null;
  /** ISO 8601, UTC. */
  readonly crawledAt: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
}

/** What a question is about: a field, a meta value, a failed check, or the document as a whole. */
export const QUESTION_KINDS = ['field', 'meta', 'check', 'run'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** What a person may say of a failed check: the report itself prints the numbers that contradict each other. */
export const CHECK_ANSWERS = ['as_printed'] as const;

/**
 * What a person may say of a document that could not be read or in which no form was found: it is none, no use can be
 * made of it, or it is a report under that form (`report_other`: under none that is known).
 */
export const RUN_ANSWERS = [
  'not_a_report',
  'unusable',
  'report_2014',
  'report_2019',
  'report_2021',
  'report_other',
] as const;

/** A person's answer to a question; laid over runs when a record is read, never written into one. */
export interface Correction {
  readonly id: string;
  readonly sha256: string;
  readonly target: QuestionKind;
  readonly key: string;
  /** The value of a field or meta value; of a check one of CHECK_ANSWERS, of a run one of RUN_ANSWERS. */
  readonly value: number | string | null;
  /** Which null the value is, for fields; null for everything else. */
  readonly status: FieldStatus | null;
  /** What the run said when the person answered, as JSON: a later reading that differs is asked about again. */
  readonly seen: string;
  readonly author: string;
  readonly reason: string | null;
  readonly createdAt: string;
}

/** One question to a person about one field, meta value, check or the whole run. */
export interface ReviewItem {
  readonly kind: QuestionKind;
  readonly key: string;
  /** Lower is worse; for checks and runs the record's confidence. */
  readonly confidence: number;
  readonly reason: string;
  /** The reading as JSON (see `Correction.seen`). */
  readonly seen: string;
}

/** A job that was given up on: what, why, and how often it was tried. */
export interface DeadLetter {
  readonly runKey: string;
  readonly sha256: string;
  readonly documentId: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly tries: number;
  readonly worker: string;
  readonly diedAt: string;
}

/** A document as far as telling whose report it is needs it: enough for archives too large to hold in memory. */
export interface ReportCandidate {
  readonly id: string;
  readonly sha256: string;
  readonly form: FormId | null;
  readonly agency: string | null;
  readonly year: number | null;
  readonly uri: string | null;
  readonly path: string | null;
  /** What a page without a report points to (`links` of POINTS_TO_ATTACHMENT); none for other documents. */
  readonly links: readonly string[];
}
