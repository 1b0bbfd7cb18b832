import { AppError } from '../errors/app-error.js';
import type { PageReader, PageRequest } from './page-reader.js';
import type { ScannedPage } from './read-scanned-page.js';
import { RECOGNITION_CHILD_FILE, RecognitionProcess } from './recognition-process.js';

/** A page that may be given up: what was asked for by somebody who is gone is read no further. */
export interface CrewRequest extends PageRequest {
  readonly signal?: AbortSignal;
}

/** Pages asked for per process: one that is slow to come, being the next in order, keeps no process without work. */
const ASKED_PER_PROCESS = 2;

/**
 * The processes that recognise pages for all threads of this one: so many pages side by side, whether they are of one
 * document or of several, in the order of asking. Each loads the network once and reads page after page with it.
 */
export class RecognitionCrew implements PageReader {
  readonly lookAhead: number;
  readonly #all: readonly RecognitionProcess[];
  readonly #idle: RecognitionProcess[];
  readonly #waiting: ((process: RecognitionProcess) => void)[] = [];

  /** `jobs` is the number of processes; they are started as pages come that need them. */
  constructor(jobs: number, childFile: string = RECOGNITION_CHILD_FILE) {
    this.lookAhead = jobs * ASKED_PER_PROCESS;
    this.#all = Array.from({ length: jobs }, () => new RecognitionProcess(childFile));
    this.#idle = [...this.#all];
  }

  async read({ place, draw, signal }: CrewRequest): Promise<ScannedPage> {
    const end = endOf(place.deadline, signal);
    try {
      const process = await this.#take(end.signal);
      try {
        const image = await unlessEnded(Promise.resolve(draw()), end.signal);
        end.signal.addEventListener('abort', () => process.end());
        return await unlessEnded(process.read({ image, place }), end.signal);
      } finally {
        this.#giveBack(process);
      }
    } finally {
      end.forget();
    }
  }

  /** Ends all processes, also those at work. */
  close(): void {
    for (const process of this.#all) process.end();
  }

  #take(end: AbortSignal): Promise<RecognitionProcess> {
    const idle = end.aborted ? undefined : this.#idle.pop();
    if (idle) return Promise.resolve(idle);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const place = this.#waiting.indexOf(take);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(reasonOf(end));
      };
      const take = (process: RecognitionProcess): void => {
        end.removeEventListener('abort', leave);
        resolve(process);
      };
      this.#waiting.push(take);
      if (end.aborted) leave();
      else end.addEventListener('abort', leave);
    });
  }

  #giveBack(process: RecognitionProcess): void {
    const next = this.#waiting.shift();
    if (next) next(process);
    else this.#idle.push(process);
  }
}

interface End {
  /** Aborted at the deadline, or when nobody wants the page any more; its reason is an AppError. */
  readonly signal: AbortSignal;
  forget(): void;
}

function endOf(deadline: number | undefined, unwanted: AbortSignal | undefined): End {
  const controller = new AbortController();
  const late = (): void => controller.abort(new AppError('TIME_LIMIT', 'text recognition took too long'));
  const timer = deadline === undefined ? undefined : setTimeout(late, Math.max(0, deadline - Date.now()));
  const drop = (): void => controller.abort(new AppError('TIME_LIMIT', 'nobody waits for this page'));
  if (unwanted?.aborted) drop();
  unwanted?.addEventListener('abort', drop);
  return {
    signal: controller.signal,
    forget: () => {
      clearTimeout(timer);
      unwanted?.removeEventListener('abort', drop);
    },
  };
}

function unlessEnded<T>(work: Promise<T>, end: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (end.aborted) reject(reasonOf(end));
    end.addEventListener('abort', () => reject(reasonOf(end)), { once: true });
    work.then(resolve, reject);
  });
}

function reasonOf(end: AbortSignal): Error {
  return end.reason instanceof Error
    ? end.reason
    : new AppError('INVARIANT_BROKEN', 'ended without a reason');
}
