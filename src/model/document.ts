import type { Diagnostic } from './diagnostic.js';
import type { Evidence } from './evidence.js';
import type { Box } from './geometry.js';

export type Format =
  'pdf' | 'docx' | 'html' | 'text' | 'doc' | 'image' | 'sheet' | 'rtf' | 'ofd' | 'odt' | 'mhtml';

/** What an extractor returns for one source: nothing after it asks where the document came from. */
export interface Document {
  readonly format: Format;
  readonly pages: readonly Page[];
  /** Everything readable, in reading order; tables stand in it by their index in `tables`. */
  readonly blocks: readonly Block[];
  readonly tables: readonly Table[];
  /** What the container says about itself (HTML meta tags, DOCX properties); never the report's own words. */
  readonly properties: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Formats without pages have exactly one, without size. */
export interface Page {
  readonly pageNumber: number;
  readonly width: number | null;
  readonly height: number | null;
}

export type Block = TextBlock | TableBlock;

/**
 * A heading, paragraph or line of text. `region` tells the report's body from what a page or a site puts around
 * it: running heads, page numbers, navigation, the line with 发布时间 and 来源.
 */
export interface TextBlock {
  readonly kind: 'heading' | 'paragraph';
  readonly region: 'body' | 'furniture';
  readonly text: string;
  readonly evidence: Evidence;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly tableIndex: number;
}

/**
 * How far the columns of a table can be trusted.
 * - `exact`: spans and columns are those of the source (ruling lines, DOCX, HTML, complete Markdown rows).
 * - `aligned`: columns were inferred from positions; a value may be one column off.
 * - `ordered`: cells of a row are in order, but their column numbers mean nothing (shifted or collapsed rows).
 * - `stream`: cells are in order, one a row; where rows end is unknown.
 */
export type Geometry = 'exact' | 'aligned' | 'ordered' | 'stream';

/** A grid of `rowCount` × `columnCount`; covered places have no cell, blank cells have one with empty text. */
export interface Table {
  readonly tableIndex: number;
  readonly geometry: Geometry;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly cells: readonly Cell[];
  /** 1-based pages the table stands on, in order. */
  readonly pages: readonly number[];
  /** Its box on the first of `pages`, where it has one. */
  readonly box: Box | null;
  /** How sure the reconstruction is of its rows and columns, 0 to 1. */
  readonly confidence: number;
}

/** A cell at 0-based `rowIndex`, `columnIndex`; spans are at least 1. Text keeps line breaks as `\n`. */
export interface Cell {
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly text: string;
  readonly evidence: Evidence;
  /**
   * Probability that `text` is what counts in print, where it was read from an image, is struck out or may stand in for
   * something that was lost; other text has none (1).
   */
  readonly confidence?: number;
}
