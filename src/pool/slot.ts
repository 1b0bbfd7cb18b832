import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { ErrorCode } from '../errors/codes.js';
import type { RecordError } from '../model/record.js';
import { serveCrew } from '../ocr/crew-port.js';
import type { RecognitionCrew } from '../ocr/recognition-crew.js';
import { tuneEngine } from './tune-engine.js';
import type { ReadingKind, ReadingResults, ThreadAnswer, ThreadMessage, ThreadTask } from './protocol.js';

/** Threads run compiled code, also when the caller itself is TypeScript under a test runner. */
const THREAD_FILE = fileURLToPath(new URL('../../dist/pool/thread.js', import.meta.url));
/** A new thread loads the parser libraries before its clock starts; longer than this it is taken for stuck. */
const START_ALLOWANCE_MS = 60_000;
/** A reading that gives up at the limit by itself is waited for so long; one in a blocked thread never does. */
const GRACE_MS = 3_000;
const MEGABYTE = 1024 * 1024;
/**
 * Where V8 keeps what is new, of three equal parts. With twice its default of 16 MB most of a document is forgotten before
 * it is looked through: up to a tenth less of the processor's time (HTML), little for text and PDF, for 32 MB more of memory.
 */
export const SEMI_SPACE_MB = 32;
const SEMI_SPACES = 3;

export interface SlotSettings {
  /** Wall time for one document, counted from the moment its thread starts on it. */
  readonly timeoutMs: number;
  /** V8 heap of the thread. */
  readonly heapMb: number;
  /** A thread that holds more than this between documents is replaced. */
  readonly recycleAboveMb: number;
  /** A thread is replaced after this many documents, whatever it holds. */
  readonly recycleAfterDocuments: number;
}

/** A document's way into a slot. */
export type SlotTask<K extends ReadingKind> = Omit<ThreadTask<K>, 'timeoutMs' | 'recognition'>;

/** How a reading ended: with an answer, or with the end of its thread. `lastPage` counts finished pages. */
export type SlotOutcome<K extends ReadingKind> =
  { readonly kind: 'answered'; readonly result: ThreadAnswer<K>['result'] } | EndedReading;

export interface EndedReading {
  readonly kind: 'ended';
  readonly code: ErrorCode;
  readonly message: string;
  readonly lastPage: number;
}

/** Why nothing could be read, of any kind of reading. */
function errorOf(result: ReadingResults[ReadingKind]): RecordError | undefined {
  return 'record' in result ? result.record.error : result.error;
}

/**
 * A place for one thread. It is a pool of one, so that its thread can be ended and replaced without touching the
 * documents that its neighbours are reading.
 */
export class Slot {
  #pool: Piscina<ThreadTask, ThreadAnswer> | null = null;
  #documentsRead = 0;

  constructor(
    private readonly settings: SlotSettings,
    private readonly crew: RecognitionCrew,
  ) {}

  /** Reads one document under the limits; never rejects. */
  async read<K extends ReadingKind>(reading: SlotTask<K>): Promise<SlotOutcome<K>> {
    const { port1: ours, port2: port } = new MessageChannel();
    serveCrew(this.crew, ours);
    const recognition = { port, lookAhead: this.crew.lookAhead };
    const task: ThreadTask = { ...reading, timeoutMs: this.settings.timeoutMs, recognition };
    const pool = (this.#pool ??= startThread(this.settings.heapMb));
    const watch = new Watch(this.settings.timeoutMs);
    pool.on('message', watch.onMessage);
    try {
      // A message between threads carries no type; thread.ts answers with the kind that it was asked for.
      const answer = (await pool.run(task, {
        signal: watch.signal,
        transferList: [port],
      })) as ThreadAnswer<K>;
      await this.#recycleWhenGrown(answer);
      if (errorOf(answer.result)?.code === 'TIME_LIMIT')
        return { kind: 'ended', ...timeLimit(watch), lastPage: watch.lastPage };
      return { kind: 'answered', result: answer.result };
    } catch (error) {
      await this.close();
      return { kind: 'ended', ...explainEnd(error, watch, this.settings.heapMb), lastPage: watch.lastPage };
    } finally {
      watch.stop();
      ours.close();
      pool.off('message', watch.onMessage);
    }
  }

  /** Ends the thread; the next `read` starts a new one. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = null;
    this.#documentsRead = 0;
    await pool?.destroy();
  }

  async #recycleWhenGrown(answer: ThreadAnswer): Promise<void> {
    this.#documentsRead += 1;
    const { recycleAboveMb, recycleAfterDocuments } = this.settings;
    const grown = answer.memoryBytes > recycleAboveMb * MEGABYTE;
    if (grown || this.#documentsRead >= recycleAfterDocuments) await this.close();
  }
}

/** Follows one reading from outside: a timer inside a blocked thread would never fire. */
class Watch {
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout;
  lastPage = 0;

  constructor(readonly timeoutMs: number) {
    this.#timer = this.#endAfter(START_ALLOWANCE_MS + timeoutMs);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  readonly onMessage = (message: ThreadMessage): void => {
    if (message.kind === 'page') {
      this.lastPage = Math.max(this.lastPage, message.pageNumber);
      return;
    }
    this.stop();
    this.#timer = this.#endAfter(this.timeoutMs + GRACE_MS);
  };

  stop(): void {
    clearTimeout(this.#timer);
  }

  #endAfter(delayMs: number): NodeJS.Timeout {
    return setTimeout(() => this.#abort.abort(), delayMs);
  }
}

function startThread(heapMb: number): Piscina<ThreadTask, ThreadAnswer> {
  tuneEngine();
  const pool = new Piscina<ThreadTask, ThreadAnswer>({
    filename: THREAD_FILE,
    minThreads: 1,
    maxThreads: 1,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: SEMI_SPACES * SEMI_SPACE_MB },
  });
  // A thread that dies between two documents is replaced by piscina itself; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

function timeLimit(watch: Watch): { code: ErrorCode; message: string } {
  return { code: 'TIME_LIMIT', message: `Reading was ended after the time limit of ${watch.timeoutMs} ms.` };
}

function explainEnd(error: unknown, watch: Watch, heapMb: number): { code: ErrorCode; message: string } {
  if (watch.signal.aborted) return timeLimit(watch);
  if (hasCode(error) && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { code: 'MEMORY_LIMIT', message: `Reading was ended at the heap limit of ${heapMb} MB.` };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'INVARIANT_BROKEN',
    message: `The thread that read this document ended by itself: ${reason}`,
  };
}

/** Not `instanceof Error`: the error was made by Node for another thread, and perhaps in another realm. */
function hasCode(error: unknown): error is { code: unknown } {
  return typeof error === 'object' && error !== null && 'code' in error;
}
