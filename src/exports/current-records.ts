import type { CurrentRecord, DocumentFilter, RunStore } from '../ports/run-store.js';
import { applyCorrections, latestCorrections } from '../review/apply-corrections.js';
import type { ExportRecord } from './export-row.js';

const RECORDS_A_PAGE = 200;

/** The current records of the documents that match, corrections applied, a page of them in memory at a time. */
export async function* currentRecords(
  store: Pick<RunStore, 'current'>,
  filter: DocumentFilter,
): AsyncGenerator<ExportRecord> {
  for (let after: string | null = null; ;) {
    const page = await store.current(filter, { after, limit: RECORDS_A_PAGE });
    if (page.length === 0) return;
    yield* page.map(toExportRecord);
    after = page.at(-1)?.documentId ?? null;
  }
}

/** A document's current record as exports have it, corrections applied. */
export function toExportRecord({
  documentId,
  document,
  run,
  record,
  corrections,
}: CurrentRecord): ExportRecord {
  return {
    documentId,
    crawledAt: document.crawledAt,
    extractorVersion: run.extractorVersion,
    record: applyCorrections(record, corrections),
    corrected: new Set(latestCorrections(corrections).keys()),
  };
}
