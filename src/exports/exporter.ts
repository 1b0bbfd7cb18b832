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

/** Writes and waits where the reader is slower. */
export async function put(out: Writable, data: string | Uint8Array): Promise<void> {
  if (!out.write(data)) await once(out, 'drain');
}
