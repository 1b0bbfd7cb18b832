import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SearchableRecord } from '../pipeline/process-document.js';
import type { PipelineSettings } from '../pipeline/settings.js';
import { DocumentPool, type PoolSettings } from '../pool/document-pool.js';
import type { AloneOutcome, DocumentReader, ReadRequest } from './document-reader.js';

/** Children run compiled code, also when the caller itself is TypeScript under a test runner. */
const CHILD_FILE = fileURLToPath(new URL('../../dist/workers/isolated-child.js', import.meta.url));
/** Above the pool's own limits, for the start of the child and a second, partial reading. */
const CHILD_ALLOWANCE_MS = 120_000;
const TIME_LIMITS_ALLOWED = 2;

/** What a child is given; everything survives a structured clone. */
export interface ChildTask extends ReadRequest {
  readonly pool: PoolSettings;
}

/** Reads in the threads of a pool, and suspects one at a time in a process of their own. */
export class IsolatingReader implements DocumentReader {
  readonly #pool: DocumentPool;
  /** Suspects wait for each other: two memory hogs at once could take the machine down. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly settings: PoolSettings,
    private readonly childFile: string = CHILD_FILE,
  ) {
    this.#pool = new DocumentPool(settings);
  }

  /** Starts every thread and lets it load its libraries, so that no document waits for that. */
  async warmUp(settings: PipelineSettings): Promise<void> {
    const nothing = { bytes: new Uint8Array(0), input: { path: null, uri: null, hints: {} }, settings };
    await Promise.all(Array.from({ length: this.settings.threads }, () => this.read(nothing)));
  }

  read({ bytes, input, settings }: ReadRequest): Promise<SearchableRecord> {
    return this.#pool.readSearchable({ load: () => Promise.resolve(bytes), input, settings });
  }

  readAlone(request: ReadRequest, signal: AbortSignal): Promise<AloneOutcome> {
    const outcome = this.#line.then(() => this.#runChild(request, signal));
    this.#line = outcome.catch(() => undefined);
    return outcome;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  #runChild(request: ReadRequest, signal: AbortSignal): Promise<AloneOutcome> {
    const child = fork(this.childFile, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const limitMs = this.settings.timeoutMs * TIME_LIMITS_ALLOWED + CHILD_ALLOWANCE_MS;
    const kill = () => child.kill('SIGKILL');
    const timer = setTimeout(kill, limitMs);
    signal.addEventListener('abort', kill);
    const task: ChildTask = { ...request, pool: { ...this.settings, threads: 1, ocrJobs: 1 } };
    return answerOf(child, task).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      kill();
    });
  }
}

function answerOf(child: ChildProcess, task: ChildTask): Promise<AloneOutcome> {
  return new Promise((resolve) => {
    child.once('message', (read: SearchableRecord) => resolve({ kind: 'record', ...read }));
    child.once('error', (error) => resolve({ kind: 'died', reason: error.message }));
    child.once('exit', (code, signal) => resolve({ kind: 'died', reason: signal ?? `exit status ${code}` }));
    // A child that died on its first step no longer takes the task; its end is reported by `exit`.
    child.send(task, () => undefined);
  });
}
