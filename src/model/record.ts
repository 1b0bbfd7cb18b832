import type { Diagnostic } from './diagnostic.js';
import type { ErrorCode } from '../errors/codes.js';
import type { Evidence } from './evidence.js';

export const RECORD_SCHEMA = 'gongkai/record@1';

export const FORM_IDS = ['2014', '2019', '2021'] as const;
export type FormId = (typeof FORM_IDS)[number];

export const META_KEYS = [
  'agency_name',
  'year',
  'title',
  'published_on',
  'period_start',
  'period_end',
  'postcode',
  'phone',
  'fax',
  'email',
  'address',
  'website',
] as const;
export type MetaKey = (typeof META_KEYS)[number];

/**
 * Which number, or which lack of one, a cell holds: `reported` a number; `blank` an empty cell; `marked` a mark such
 * as `/` or 无; `absent` no such cell, or none found.
 */
export type FieldStatus = 'reported' | 'blank' | 'marked' | 'absent';

/** A named slot of a form as one report fills it. `value` is in the form's unit, `raw` is what is printed. */
export interface Field {
  readonly value: number | null;
  readonly raw: string | null;
  readonly status: FieldStatus;
  /** Probability that `value` (null included) is what the report prints in that cell. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  /** Present on request: what the confidence is made of. */
  readonly explain?: readonly Cause[];
}

/** One cause of a confidence and its share in it (in log-odds), largest effect first. */
export interface Cause {
  readonly cause: string;
  readonly effect: number;
}

export interface MetaValue {
  readonly value: string | number | null;
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
}

export type SectionKind =
  | 'overview'
  | 'disclosure'
  | 'applications'
  | 'review_and_litigation'
  | 'problems'
  | 'other_matters'
  | 'statistics'
  | 'unknown';

export interface Section {
  readonly kind: SectionKind;
  readonly heading: string;
  readonly text: string;
}

export type CheckStatus = 'passed' | 'failed' | 'skipped';

/** A rule over a record and how it turned out; a failed check is a fact about the report, never a repair. */
export interface CheckResult {
  readonly id: string;
  readonly status: CheckStatus;
  readonly left: number | null;
  readonly right: number | null;
  readonly fields: readonly string[];
  readonly note?: string;
  /** Who found that the report prints it like that, where somebody did. */
  readonly settled?: Settlement;
}

/** What a person said of a failed check or of the document as a whole: codes of model/run.ts. */
export interface Settlement {
  readonly answer: string;
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason: string | null;
}

export interface SourceInfo {
  readonly path: string | null;
  readonly sha256: string;
  readonly bytes: number;
  readonly media_type: string;
  readonly uri: string | null;
}

export interface Extraction {
  /** Which extractor read it, `none` where none could. */
  readonly extractor: string;
  readonly version: string;
  readonly pages: number;
  readonly duration_ms: number;
  readonly diagnostics: readonly Diagnostic[];
  /** True where a limit ended the reading early and only what was read before it is here. */
  readonly partial?: boolean;
  /** Milliseconds spent in each stage, on request. */
  readonly stages_ms?: Readonly<Record<string, number>>;
}

export interface RecordError {
  readonly code: ErrorCode;
  readonly message: string;
}

/** The canonical values for one document under one form; printed as one JSON object a line. */
export interface GongkaiRecord {
  readonly schema: typeof RECORD_SCHEMA;
  readonly source: SourceInfo;
  readonly extraction: Extraction;
  readonly error?: RecordError;
  readonly form: FormId | null;
  readonly form_confidence: number;
  readonly meta: Readonly<Partial<Record<MetaKey, MetaValue>>>;
  readonly fields: Readonly<Record<string, Field>>;
  readonly sections: readonly Section[];
  readonly checks: readonly CheckResult[];
  /** Probability that all fields are right. */
  readonly confidence: number;
  readonly review: { readonly needed: boolean; readonly reasons: readonly string[] };
  /** What a person said of a document that could not be read or has no form. */
  readonly settled?: Settlement;
  /** On request: how each table of the form was read. */
  readonly trace?: readonly TableTrace[];
  /** Other sources of the same report that were joined with this one. */
  readonly joined?: readonly JoinedSource[];
}

/** A page that points to the report, or another reading of it. */
export interface JoinedSource {
  readonly role: 'page' | 'reading';
  readonly sha256: string;
  readonly uri: string | null;
  readonly path: string | null;
}

/** Which printed rows were taken for which rows of the form, and on what ground each cell was placed. */
export interface TableTrace {
  readonly table: string;
  readonly score: number;
  readonly coverage: number;
  readonly rows: readonly {
    readonly key: string;
    readonly label: number;
    readonly margin: number;
    readonly printed: readonly string[];
  }[];
  readonly fields: readonly {
    readonly key: string;
    readonly raw: string | null;
    readonly geometry: string;
    readonly basis: string;
    readonly unplaced: number;
  }[];
}
