import { AppError } from '../errors/app-error.js';
import type { DocumentInfo } from '../model/run.js';
import type { DisplayResult } from '../pipeline/display-source.js';
import { DEFAULT_SETTINGS } from '../pipeline/settings.js';
import type { PoolRequest } from '../pool/document-pool.js';
import type { DisplayReader } from './app-parts.js';
import type { ObjectStore } from '../ports/object-store.js';

/** A review asks two or three times for the same source; more than a few people at once are rare. */
const KEPT = 8;

/** Reads sources for display, the last few only once. Errors: the code of what keeps a source from being read. */
export class DisplayCache {
  readonly #kept = new Map<string, Promise<DisplayResult>>();

  constructor(
    private readonly objects: ObjectStore,
    private readonly reader: DisplayReader,
  ) {}

  async read(document: DocumentInfo): Promise<DisplayResult> {
    const key = `${document.sha256} ${document.contentType ?? ''}`;
    const found = this.#kept.get(key);
    this.#kept.delete(key);
    const reading = found ?? this.reader.readDisplay(poolRequest(this.objects, document));
    this.#kept.set(key, reading);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    const result = await reading;
    if (!result.error) return result;
    this.#kept.delete(key);
    throw new AppError(result.error.code, result.error.message);
  }
}

/** A stored source as the pool reads it; hints are those of the worker, so that the same text comes out. */
export function poolRequest(objects: ObjectStore, document: DocumentInfo): PoolRequest {
  const { path, uri, contentType, sha256 } = document;
  const name = path ?? uri;
  return {
    load: () => objects.get(sha256),
    input: {
      path,
      uri,
      hints: { ...(name === null ? {} : { name }), ...(contentType === null ? {} : { contentType }) },
    },
    settings: DEFAULT_SETTINGS,
  };
}
