import type { MessagePort } from 'node:worker_threads';
import type { GongkaiRecord } from '../model/record.js';
import type { DisplayResult, PictureResult } from '../pipeline/display-source.js';
import type { SearchableRecord } from '../pipeline/process-document.js';
import type { TablesResult } from '../pipeline/reconstruct-tables.js';
import type { PipelineSettings, SourceInput } from '../pipeline/settings.js';

/** What a thread is asked to make of a document. */
export type ReadingKind = keyof ReadingResults;

/** One document's way into a thread. Everything here survives a structured clone; the port is handed over. */
export interface ThreadTask<K extends ReadingKind = ReadingKind> {
  readonly kind: K;
  readonly bytes: Uint8Array;
  readonly input: SourceInput;
  readonly settings: PipelineSettings;
  /** Which page a `picture` is asked for, from 1. */
  readonly pageNumber?: number;
  /** After this time the reading should give up by itself; a little later its thread is ended. */
  readonly timeoutMs: number;
  /** The way to whoever recognises pages, and so many are worth asking for at the same time. */
  readonly recognition: { readonly port: MessagePort; readonly lookAhead: number };
}

/** What a thread tells while it works: the clock of the time limit starts with `started`. */
export type ThreadMessage =
  { readonly kind: 'started' } | { readonly kind: 'page'; readonly pageNumber: number };

/** What each kind of reading yields. */
export interface ReadingResults {
  readonly record: GongkaiRecord;
  readonly searchable: SearchableRecord;
  readonly tables: TablesResult;
  readonly display: DisplayResult;
  readonly picture: PictureResult;
}

/** What a thread gives back; `memoryBytes` is what it still holds after the document. */
export interface ThreadAnswer<K extends ReadingKind = ReadingKind> {
  readonly result: ReadingResults[K];
  readonly memoryBytes: number;
}
