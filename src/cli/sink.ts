import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { once } from 'node:events';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { AppError } from '../errors/app-error.js';

/** Writes `text` and waits where the reader is slower than we are. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

/** A place for results: a file where one is named, otherwise `standard`. */
export interface Sink {
  readonly stream: Writable;
  /** Waits until everything has arrived. */
  finish(): Promise<void>;
}

/** Opens `path` for writing, with its folders; throws USAGE where that is not possible. */
export async function openSink(path: string | undefined, standard: Writable): Promise<Sink> {
  if (path === undefined || path === '-') return { stream: standard, finish: () => Promise.resolve() };
  try {
    await mkdir(dirname(path), { recursive: true });
    const stream = createWriteStream(path);
    await once(stream, 'open');
    return { stream, finish: () => end(stream) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('USAGE', `${path} cannot be written: ${reason}`, { cause: error });
  }
}

async function end(stream: Writable): Promise<void> {
  stream.end();
  await once(stream, 'finish');
}
