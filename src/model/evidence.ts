import type { Box } from './geometry.js';

/** Where a person can look at what was read: a place on a page, in a table, or in a text. */
export type Evidence = BoxEvidence | CellEvidence | SpanEvidence;

/** PDF and scans: 1-based page and a box in points from the top left of the page as shown. */
export interface BoxEvidence {
  readonly kind: 'box';
  readonly page: number;
  readonly box: Box;
}

/** DOCX and HTML: 0-based table of the document, row and column of its grid. */
export interface CellEvidence {
  readonly kind: 'cell';
  readonly table: number;
  readonly row: number;
  readonly column: number;
}

/** Text: character offsets (UTF-16 code units) into the decoded text, end exclusive. */
export interface SpanEvidence {
  readonly kind: 'span';
  readonly start: number;
  readonly end: number;
}
