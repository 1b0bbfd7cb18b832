import type { SearchableRecord } from '../pipeline/process-document.js';
import type { PipelineSettings, SourceInput } from '../pipeline/settings.js';

/** One document to be read. */
export interface ReadRequest {
  readonly bytes: Uint8Array;
  readonly input: SourceInput;
  readonly settings: PipelineSettings;
}

/** What came of reading a document alone in a process of its own. */
export type AloneOutcome =
  | ({ readonly kind: 'record' } & SearchableRecord)
  /** The process that read it ended without an answer. */
  | { readonly kind: 'died'; readonly reason: string };

/** How workers read documents: together in threads, or a suspect one alone where it can hurt nobody. */
export interface DocumentReader {
  /** Never rejects for what a document holds; limits come back as the record's error. */
  read(request: ReadRequest): Promise<SearchableRecord>;
  readAlone(request: ReadRequest, signal: AbortSignal): Promise<AloneOutcome>;
  close(): Promise<void>;
}
