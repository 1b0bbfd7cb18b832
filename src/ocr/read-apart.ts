import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { AppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/codes.js';
import type { ColorImage } from './raster.js';
import { readScannedPage, type ScannedPage, type ScannedPagePlace } from './read-scanned-page.js';

/** Children run compiled code, as the threads that start them do. */
const CHILD_FILE = fileURLToPath(new URL('../../dist/ocr/recognition-child.js', import.meta.url));

/** What a child is given; everything survives a structured clone. */
export interface ChildTask {
  readonly image: ColorImage;
  readonly place: ScannedPagePlace;
}

export type ChildAnswer =
  | { readonly kind: 'page'; readonly page: ScannedPage }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };

/**
 * Reads a page's picture where ending it hurts nobody. A thread that is ended inside the recognition network takes the
 * whole process with it, so threads leave the reading to a child process, which keeps the network for the next page and
 * can be killed at any time. Throws as `readScannedPage`; TIME_LIMIT at the deadline, whatever the network is doing.
 */
export function readPageApart(image: ColorImage, place: ScannedPagePlace): Promise<ScannedPage> {
  if (isMainThread) return readScannedPage(image, place);
  shared ??= new RecognitionChild();
  return shared.read({ image, place });
}

let shared: RecognitionChild | null = null;

/** A child process that reads one page after the other; it is started when needed and again after it was killed. */
export class RecognitionChild {
  #child: ChildProcess | null = null;
  /** Pages wait for each other: the child has one network, and it answers in order. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(private readonly childFile: string = CHILD_FILE) {}

  read(task: ChildTask): Promise<ScannedPage> {
    const page = this.#line.then(() => this.#readNow(task));
    this.#line = page.catch(() => undefined);
    return page;
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }

  async #readNow(task: ChildTask): Promise<ScannedPage> {
    if (this.#child && hasEnded(this.#child)) this.#child = null;
    const child = (this.#child ??= this.#start());
    keepWaiting(child, true);
    const { deadline } = task.place;
    let timer: NodeJS.Timeout | undefined;
    try {
      const answer = await new Promise<ChildAnswer>((resolve) => {
        child.once('message', resolve);
        child.once('exit', (code, signal) => resolve(endOf(signal ?? `exit status ${code}`)));
        child.once('error', (error) => resolve(endOf(error.message)));
        if (deadline !== undefined) timer = setTimeout(() => resolve(LATE), deadline - Date.now());
        // A child that has just died no longer takes the task; its end is reported by `exit`.
        child.send(task, () => undefined);
      });
      if (answer.kind === 'page') return answer.page;
      if (answer === LATE) this.close();
      throw new AppError(answer.code, answer.message);
    } finally {
      clearTimeout(timer);
      for (const event of ['message', 'exit', 'error']) child.removeAllListeners(event);
      keepWaiting(child, false);
    }
  }

  #start(): ChildProcess {
    const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const;
    return fork(this.childFile, [], { serialization: 'advanced', stdio: [...stdio] });
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || !child.connected;
}

/** A child at work keeps its parent waiting; one with nothing to do does not keep a process alive. */
function keepWaiting(child: ChildProcess, isAtWork: boolean): void {
  if (isAtWork) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

const LATE: ChildAnswer = {
  kind: 'failed',
  code: 'TIME_LIMIT',
  message: 'text recognition took too long',
};

function endOf(reason: string): ChildAnswer {
  return { kind: 'failed', code: 'INVARIANT_BROKEN', message: `text recognition ended by itself: ${reason}` };
}
