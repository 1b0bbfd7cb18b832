import type { ErrorCode } from '../errors/codes.js';

/** A coded note with its place, made while reading or normalising; `page` is 1-based. */
export interface Diagnostic {
  readonly code: ErrorCode | DiagnosticCode;
  readonly page?: number;
  readonly message: string;
  /** Where to: the addresses that POINTS_TO_ATTACHMENT is about, absolute where the page's own address is known. */
  readonly links?: readonly string[];
}

export type DiagnosticCode =
  | 'CHARSET_GUESSED'
  | 'CHARSET_MISMATCH'
  | 'CONVERTED'
  | 'ENGINE_FELL_BACK'
  | 'ENGINES_DISAGREE'
  | 'EXTRA_REPORT'
  | 'FORMAT_NAME_MISMATCH'
  | 'HIDDEN_TEXT_SKIPPED'
  | 'JOINED'
  | 'MARKUP_REPAIRED'
  | 'NUMBERING_RESOLVED'
  | 'OCR_USED'
  | 'PAGE_WITHOUT_TEXT'
  | 'POINTS_TO_ATTACHMENT'
  | 'ROWS_UNEXPLAINED'
  | 'SOURCES_DISAGREE'
  | 'TABLE_LAYOUT_GUESSED'
  | 'TABLE_STITCHED'
  | 'TEXT_LAYER_USELESS'
  | 'TRACKED_CHANGES_APPLIED'
  | 'TRUNCATED_READ';
