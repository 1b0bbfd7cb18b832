import { PassThrough, type Readable } from 'node:stream';
import { asAppError } from '../../errors/app-error.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';

/** How often the store is asked while somebody listens. */
const POLL_MS = 1_000;
/** A large store takes its time to count; asking takes at most a tenth of it. */
const REST_FACTOR = 9;
/** Proxies end connections on which nothing comes. */
const HEARTBEAT_EVERY = 15;
/** A listener who has not taken this many bytes is not listening. */
const MOST_UNREAD_BYTES = 1024 * 1024;
/** What a browser waits before it comes back. */
const RETRY_MS = 3_000;

interface Listener {
  readonly stream: PassThrough;
  readonly documentId: string | null;
}

/** An answer that somebody gave or took back. */
export interface CorrectionEvent {
  readonly documentId: string;
  readonly target: string;
  readonly key: string;
  readonly author: string;
  readonly isRetracted: boolean;
}

/**
 * Server-sent events of this process: `status` whenever it changes; for listeners of a document also `presence` (how
 * many have it open here) and `correction`. The store is only asked while somebody listens.
 */
export class EventHub {
  readonly #listeners = new Set<Listener>();
  readonly #stopping = new AbortController();
  #isPolling = false;
  #last = '';

  constructor(
    private readonly readStatus: () => Promise<object>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** A stream of events that ends when its reader goes or the hub closes. */
  listen(documentId: string | null): Readable {
    const stream = new PassThrough();
    const listener = { stream, documentId };
    this.#listeners.add(listener);
    stream.write(`retry: ${RETRY_MS}\n\n`);
    stream.once('close', () => {
      this.#listeners.delete(listener);
      this.#tellPresence(documentId);
    });
    if (this.#last !== '') send(listener, 'status', this.#last);
    this.#tellPresence(documentId);
    void this.#poll();
    return stream;
  }

  /** Tells everybody who has the document open. */
  corrected(event: CorrectionEvent): void {
    this.#toReaders(event.documentId, 'correction', JSON.stringify(event));
  }

  close(): void {
    this.#stopping.abort();
    for (const { stream } of this.#listeners) stream.end();
  }

  #tellPresence(documentId: string | null): void {
    if (documentId === null) return;
    const readers = [...this.#listeners].filter((one) => one.documentId === documentId).length;
    this.#toReaders(documentId, 'presence', JSON.stringify({ documentId, reviewers: readers }));
  }

  #toReaders(documentId: string, event: string, data: string): void {
    for (const listener of this.#listeners) {
      if (listener.documentId === documentId) send(listener, event, data);
    }
  }

  async #poll(): Promise<void> {
    if (this.#isPolling) return;
    this.#isPolling = true;
    for (let round = 1; this.#listeners.size > 0 && !this.#stopping.signal.aborted; round++) {
      const begin = this.clock.now();
      await this.#tellStatus();
      const tookMs = this.clock.now() - begin;
      if (round % HEARTBEAT_EVERY === 0) for (const { stream } of this.#listeners) stream.write(':\n\n');
      await this.clock.sleep(Math.max(POLL_MS, REST_FACTOR * tookMs), this.#stopping.signal);
    }
    this.#isPolling = false;
  }

  async #tellStatus(): Promise<void> {
    try {
      const status = JSON.stringify(await this.readStatus());
      if (status === this.#last) return;
      this.#last = status;
      for (const listener of this.#listeners) send(listener, 'status', status);
    } catch (error) {
      this.logger.warn({ error: asAppError(error, 'STORE_UNAVAILABLE') }, 'no status to tell of');
    }
  }
}

function send({ stream }: Listener, event: string, data: string): void {
  if (stream.writableLength > MOST_UNREAD_BYTES) stream.destroy();
  else stream.write(`event: ${event}\ndata: ${data}\n\n`);
}
