import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../errors/app-error.js';
import type { ObjectStore } from '../ports/object-store.js';
import { sha256Of } from './keys.js';

/** Objects as files under `folder`, named by their SHA-256 in two levels of folders so that none grows too large. */
export class FileObjectStore implements ObjectStore {
  constructor(private readonly folder: string) {}

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = sha256Of(bytes);
    if (await this.has(sha256)) return sha256;
    const file = this.#fileOf(sha256);
    const unfinished = `${file}.${randomUUID()}.tmp`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeThrough(unfinished, bytes);
      await rename(unfinished, file);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw unavailable(this.folder, error);
    }
    return sha256;
  }

  async get(sha256: string): Promise<Uint8Array> {
    const bytes = await readFile(this.#fileOf(sha256)).catch((error: unknown) => {
      if (isMissing(error)) throw new AppError('NOT_FOUND', `No object ${sha256} is stored.`);
      throw unavailable(this.folder, error);
    });
    return verified(sha256, bytes);
  }

  async has(sha256: string): Promise<boolean> {
    return access(this.#fileOf(sha256)).then(
      () => true,
      () => false,
    );
  }

  async ping(): Promise<void> {
    await mkdir(this.folder, { recursive: true }).catch((error: unknown) => {
      throw unavailable(this.folder, error);
    });
  }

  async close(): Promise<void> {
    // Nothing is held open between calls.
  }

  #fileOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256))
      throw new AppError('NOT_FOUND', `${sha256} is not the name of an object.`);
    return join(this.folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}

/** `bytes` where they are what their name says. Errors: SOURCE_CORRUPT. */
export function verified(sha256: string, bytes: Uint8Array): Uint8Array {
  if (sha256Of(bytes) === sha256) return bytes;
  throw new AppError('SOURCE_CORRUPT', `The stored object ${sha256} no longer matches its name.`);
}

/** Written and flushed, so that a name never stands for fewer bytes than it should, even after a power cut. */
async function writeThrough(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function unavailable(folder: string, error: unknown): AppError {
  return new AppError('STORE_UNAVAILABLE', `The object folder ${folder} cannot be used: ${String(error)}`, {
    cause: error,
  });
}
