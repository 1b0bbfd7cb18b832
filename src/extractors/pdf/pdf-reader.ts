import type { ExtractSettings } from '../extractor.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Box, RulingLine } from '../../model/geometry.js';
import type { Glyph } from '../../tables/glyph.js';

export type PdfEngine = 'pdfium' | 'pdfjs';

/** One page as both engines see it: points from the top left of the page as displayed, rotation and crop box applied. */
export interface PdfPage {
  readonly pageNumber: number;
  readonly width: number;
  readonly height: number;
  /** Printed characters in the order of the page's content; white space is a mark on the character behind it. */
  readonly glyphs: readonly Glyph[];
  readonly rulings: readonly RulingLine[];
  /** Areas filled with a colour: backgrounds of cells, bars, frames. */
  readonly fills: readonly Box[];
  /** The page shows at least one picture, so that a page without text may be a scan. */
  readonly hasImages: boolean;
}

/** What an engine read of one source. Pages that could not be read are empty and have a diagnostic. */
export interface PdfReading {
  readonly engine: PdfEngine;
  readonly pages: readonly PdfPage[];
  /** The document information dictionary: Title, Author, Creator … */
  readonly properties: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a PDF's pages with one engine. Throws AppError with SOURCE_ENCRYPTED where a password is needed and
 * SOURCE_CORRUPT where nothing can be read; whatever is milder is a diagnostic. `bytes` are not changed.
 */
export type PdfReader = (
  bytes: Uint8Array,
  settings: Pick<ExtractSettings, 'maxPages' | 'onPage'>,
) => Promise<PdfReading>;

/** Keys of the document information dictionary that are kept. */
export const PROPERTY_KEYS = [
  'Title',
  'Author',
  'Subject',
  'Creator',
  'Producer',
  'CreationDate',
  'ModDate',
] as const;
