import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pageOf, type PageAnswer } from './page-answer.js';
import type { ColorImage } from './raster.js';
import type { ScannedPage, ScannedPagePlace } from './read-scanned-page.js';

/** Children run compiled code, as the threads whose pages they read do. */
export const RECOGNITION_CHILD_FILE = fileURLToPath(
  new URL('../../dist/ocr/recognition-child.js', import.meta.url),
);

/** What a child is given; everything survives a structured clone. */
export interface ChildTask {
  readonly image: ColorImage;
  readonly place: ScannedPagePlace;
}

/**
 * A child process that reads one page at a time and keeps the network for the next one. It is started when needed, and
 * again after it was ended: a thread that is ended inside the network takes its whole process with it, a child does not.
 */
export class RecognitionProcess {
  #child: ChildProcess | null = null;

  constructor(private readonly childFile: string) {}

  /** Throws as `readScannedPage`, INVARIANT_BROKEN where the child ends. One page has to be done before the next. */
  async read(task: ChildTask): Promise<ScannedPage> {
    if (this.#child && hasEnded(this.#child)) this.#child = null;
    const child = (this.#child ??= this.#start());
    keepWaiting(child, true);
    try {
      const answer = await new Promise<PageAnswer>((resolve) => {
        child.once('message', resolve);
        child.once('exit', (code, signal) => resolve(endOf(signal ?? `exit status ${code}`)));
        child.once('error', (error) => resolve(endOf(error.message)));
        // A child that has just died no longer takes the task; its end is reported by `exit`.
        child.send(task, () => undefined);
      });
      return pageOf(answer);
    } finally {
      for (const event of ['message', 'exit', 'error']) child.removeAllListeners(event);
      keepWaiting(child, false);
    }
  }

  /** Ends the child, also in the middle of a page. */
  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
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

function endOf(reason: string): PageAnswer {
  return { kind: 'failed', code: 'INVARIANT_BROKEN', message: `text recognition ended by itself: ${reason}` };
}
