import type { ExtractSettings } from '../extractor.js';
import type { PagedReading, PrintedPage } from '../paged/printed-page.js';

export type PdfEngine = 'pdfium' | 'pdfjs';

/** One page as both engines see it, rotation and crop box applied. */
export type PdfPage = PrintedPage;

/** What an engine read of one source. */
export interface PdfReading extends PagedReading {
  readonly engine: PdfEngine;
  /** The engine left printed text out, and knows it: another engine should read the source. */
  readonly isIncomplete?: boolean;
}

/**
 * Reads a PDF's pages with one engine. Throws AppError with SOURCE_ENCRYPTED where a password is needed and
 * SOURCE_CORRUPT where nothing can be read; whatever is milder is a diagnostic. `bytes` are not changed.
 */
export type PdfReader = (
  bytes: Uint8Array,
  settings: Pick<ExtractSettings, 'maxPages' | 'onPage'>,
) => Promise<PdfReading>;

/** Reads some pages only, by their numbers from 1; the others are left out. Throws as `PdfReader` does. */
export type PdfPagesReader = (
  bytes: Uint8Array,
  settings: Pick<ExtractSettings, 'maxPages' | 'onPage'>,
  pageNumbers: ReadonlySet<number>,
) => Promise<PdfPage[]>;

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
