import { asAppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/codes.js';
import type { GongkaiRecord } from '../model/record.js';
import { RecognitionCrew } from '../ocr/recognition-crew.js';
import type { DisplayResult, PictureResult } from '../pipeline/display-source.js';
import { failedRecord, failedTables } from '../pipeline/failed-record.js';
import type { SearchableRecord } from '../pipeline/process-document.js';
import type { TablesResult } from '../pipeline/reconstruct-tables.js';
import type { PipelineSettings, SourceInput } from '../pipeline/settings.js';
import { markRecordPartial, markTablesPartial } from './mark-partial.js';
import type { ReadingKind, ReadingResults } from './protocol.js';
import { DEFAULT_POOL_SETTINGS, type PoolSettings } from './pool-settings.js';
import { Slot, type EndedReading, type SlotTask } from './slot.js';

export { DEFAULT_POOL_SETTINGS, type PoolSettings } from './pool-settings.js';

/** A document on its way into the pool. Its bytes are loaded when a thread is free, so waiting documents cost nothing. */
export interface PoolRequest {
  readonly load: () => Promise<Uint8Array>;
  readonly input: SourceInput;
  readonly settings: PipelineSettings;
}

const NO_BYTES = new Uint8Array(0);

type Reading<K extends ReadingKind> =
  | { readonly kind: 'read'; readonly result: ReadingResults[K]; readonly limit: EndedReading | null }
  | FailedReading;

interface FailedReading {
  readonly kind: 'failed';
  readonly bytes: Uint8Array;
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * Reads documents in worker threads, each under a time and a heap limit that are enforced from outside by ending the
 * thread. A document that exceeds a limit or kills its thread costs only itself: it yields a record with an error,
 * or, where pages were finished before, a partial one.
 */
export class DocumentPool {
  readonly #crew: RecognitionCrew;
  readonly #slots: Slot[];
  readonly #idle: Slot[];
  readonly #waiting: ((slot: Slot) => void)[] = [];

  constructor(settings: PoolSettings = DEFAULT_POOL_SETTINGS) {
    this.#crew = new RecognitionCrew(settings.ocrJobs);
    this.#slots = Array.from({ length: settings.threads }, () => new Slot(settings, this.#crew));
    this.#idle = [...this.#slots];
  }

  /** The record of one document; never rejects, whatever the document holds. */
  async readRecord(request: PoolRequest): Promise<GongkaiRecord> {
    const reading = await this.#read('record', request);
    if (reading.kind === 'failed') {
      return failedRecord(reading.bytes, request.input, reading.code, reading.message);
    }
    return reading.limit ? markRecordPartial(reading.result, reading.limit) : reading.result;
  }

  /** The record of one document with its words as they are searched; never rejects, whatever the document holds. */
  async readSearchable(request: PoolRequest): Promise<SearchableRecord> {
    const reading = await this.#read('searchable', request);
    if (reading.kind === 'failed') {
      const record = failedRecord(reading.bytes, request.input, reading.code, reading.message);
      return { record, text: '' };
    }
    const { result, limit } = reading;
    return limit ? { ...result, record: markRecordPartial(result.record, limit) } : result;
  }

  /** The tables of one document; never rejects, whatever the document holds. */
  async readTables(request: PoolRequest): Promise<TablesResult> {
    const reading = await this.#read('tables', request);
    if (reading.kind === 'failed') {
      return failedTables(reading.bytes, request.input, reading.code, reading.message);
    }
    return reading.limit ? markTablesPartial(reading.result, reading.limit) : reading.result;
  }

  /** What a person needs to see a document; never rejects, a limit comes back as its error. */
  async readDisplay(request: PoolRequest): Promise<DisplayResult> {
    const reading = await this.#read('display', request);
    if (reading.kind === 'read') return reading.result;
    const { code, message } = reading;
    return { format: null, pages: [], text: null, document: null, error: { code, message } };
  }

  /** A page of a picture, from 1; never rejects. */
  async readPicture(request: PoolRequest, pageNumber: number): Promise<PictureResult> {
    const reading = await this.#read('picture', request, pageNumber);
    if (reading.kind === 'read') return reading.result;
    return { picture: null, error: { code: reading.code, message: reading.message } };
  }

  /** Ends all threads and all recognition, also those at work. */
  async close(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.close()));
    this.#crew.close();
  }

  async #read<K extends ReadingKind>(
    kind: K,
    request: PoolRequest,
    pageNumber?: number,
  ): Promise<Reading<K>> {
    const slot = await this.#takeSlot();
    try {
      const bytes = await request.load();
      const { input, settings } = request;
      const page = pageNumber === undefined ? {} : { pageNumber };
      return await readUnderLimits(slot, { kind, bytes, input, settings, ...page });
    } catch (error) {
      const { code, message } = asAppError(error, 'SOURCE_UNREADABLE');
      return { kind: 'failed', bytes: NO_BYTES, code, message };
    } finally {
      this.#giveBack(slot);
    }
  }

  async #takeSlot(): Promise<Slot> {
    return this.#idle.pop() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(slot: Slot): void {
    const next = this.#waiting.shift();
    if (next) next(slot);
    else this.#idle.push(slot);
  }
}

/**
 * Reads once; where a limit ended that after some pages, reads those pages again, under the same limit, and keeps them.
 * The last of them may be the one that took so long, its text having been taken out but not laid out: then it is left.
 */
async function readUnderLimits<K extends ReadingKind>(slot: Slot, task: SlotTask<K>): Promise<Reading<K>> {
  const first = await slot.read(task);
  if (first.kind === 'answered') return { kind: 'read', result: first.result, limit: null };
  for (const maxPages of [first.lastPage, first.lastPage - 1]) {
    if (maxPages < 1) break;
    const extract = { ...task.settings.extract, maxPages };
    const again = await slot.read({ ...task, settings: { ...task.settings, extract } });
    if (again.kind !== 'answered') continue;
    return { kind: 'read', result: again.result, limit: { ...first, lastPage: maxPages } };
  }
  return { kind: 'failed', bytes: task.bytes, code: first.code, message: first.message };
}
