import { printRecord } from '../model/print-record.js';
import { put, type Exporter } from './exporter.js';

/** The records themselves, one a line, as gongkai extract prints them, corrections applied. */
export const jsonl: Exporter = {
  id: 'jsonl',
  mediaType: 'application/x-ndjson',
  extension: 'jsonl',
  write: async (rows, out) => {
    for await (const { record } of rows) await put(out, `${printRecord(record)}\n`);
  },
};
