import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { ExportRecord } from './export-row.js';

export interface ExportOptions {
  /** Puts a byte order mark before CSV, by which Excel knows that it is UTF-8. */
  readonly bom: boolean;
}

/** A way to write records: rows come and go one at a time, whatever their number. */
export interface Exporter {
  readonly id: string;
  readonly mediaType: string;
  readonly extension: string;
  /** Writes all rows to `out` and leaves it open. */
  write(rows: AsyncIterable<ExportRecord>, out: Writable, options: ExportOptions): Promise<void>;
}

/** Writes and waits where the reader is slower. Rejects where the reader has gone. */
export async function put(out: Writable, data: string | Uint8Array): Promise<void> {
  if (out.destroyed) throw new Error(GONE);
  if (out.write(data)) return;
  const over = new AbortController();
  const gone = once(out, 'close', { signal: over.signal }).then(() => Promise.reject(new Error(GONE)));
  try {
    await Promise.race([once(out, 'drain', { signal: over.signal }), gone]);
  } finally {
    over.abort();
  }
}

const GONE = 'The reader of the export has gone.';
