import type { Document, Format } from '../model/document.js';
import type { PageReader } from '../ocr/page-reader.js';

/** What the caller may ask of every extractor; all have defaults in `DEFAULT_EXTRACT_SETTINGS`. */
export interface ExtractSettings {
  /** Which PDF engine to use; `auto` reads with pdfium and asks pdfjs when that fails. */
  readonly pdfEngine: 'auto' | 'pdfium' | 'pdfjs';
  /** More pages than this are not read (diagnostic TRUNCATED_READ). */
  readonly maxPages: number;
  /** More bytes than this are refused with SOURCE_TOO_LARGE. */
  readonly maxBytes: number;
  /** More characters of decoded text than this are not read (diagnostic TRUNCATED_READ). */
  readonly maxCharacters: number;
  /**
   * When the reading has to be over, in milliseconds since 1970; readers that call native code in the background look at
   * it between calls and give up with TIME_LIMIT, since ending their thread in the middle of a call ends the process.
   */
  readonly deadline?: number;
  /** Called with every finished page, so that a caller who ends the thread keeps what was read. */
  readonly onPage?: (pageNumber: number) => void;
  /** Who recognises the pages that are pictures; where not given, this process does, one after the other. */
  readonly pageReader?: PageReader;
}

export const DEFAULT_EXTRACT_SETTINGS: ExtractSettings = {
  pdfEngine: 'auto',
  maxPages: 2_000,
  maxBytes: 64 * 1024 * 1024,
  maxCharacters: 4_000_000,
};

/** The head of an HTTP response or the like: what the crawler was told about the bytes. Never trusted over the bytes. */
export interface SourceHints {
  readonly name?: string;
  readonly contentType?: string;
  /** The address it was found at. */
  readonly uri?: string;
}

/**
 * One format's reader. Pure apart from its parser library: no file, no network. Throws AppError with
 * SOURCE_CORRUPT, SOURCE_ENCRYPTED, SOURCE_EMPTY or SOURCE_TOO_LARGE; everything milder is a diagnostic.
 */
export interface Extractor {
  readonly format: Format;
  readonly mediaType: string;
  extract(bytes: Uint8Array, settings: ExtractSettings, hints: SourceHints): Promise<Document>;
}
