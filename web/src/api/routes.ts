import type { GongkaiRecord } from '../../../src/model/record.js';
import type { Correction, DeadLetter } from '../../../src/model/run.js';
import type { Change } from '../../../src/review/diff-runs.js';
import type { Draft } from '../review/drafts.js';
import { ask, askJson, withQuery } from './client.js';
import type {
  AgencyReport,
  Batch,
  DocumentChange,
  DocumentQuery,
  DocumentRow,
  DocumentView,
  FormView,
  Listing,
  Moment,
  RunRow,
  Stats,
  Status,
} from './types.js';

const documentPath = (id: string): string => `/api/documents/${encodeURIComponent(id)}`;

/** One document with its current run. */
export function fetchDocument(id: string, signal?: AbortSignal): Promise<DocumentView> {
  return askJson(documentPath(id), signal ? { signal } : {});
}

/** An official form as data. */
export function fetchForm(id: string): Promise<FormView> {
  return askJson(`/api/forms/${id}`);
}

/** The source's own bytes. */
export async function fetchSource(id: string, signal: AbortSignal): Promise<Uint8Array> {
  return new Uint8Array(await (await ask(sourceAddress(id), { signal })).arrayBuffer());
}

/** Where the source's own bytes are. */
export function sourceAddress(id: string): string {
  return `${documentPath(id)}/source`;
}

/** The decoded text that character offsets count in. */
export async function fetchText(id: string, signal: AbortSignal): Promise<string> {
  return (await ask(`${documentPath(id)}/text`, { signal })).text();
}

/** The source as HTML without scripts, evidence cells with ids. */
export async function fetchRendering(id: string, signal: AbortSignal): Promise<string> {
  return (await ask(`${documentPath(id)}/rendering`, { signal })).text();
}

/** Keeps an answer; 409 where somebody else answered after `follows`. */
export function postCorrection(
  documentId: string,
  cell: string,
  draft: Draft,
  follows: string | null,
): Promise<Correction> {
  const [target, key] = [cell.slice(0, cell.indexOf(':')), cell.slice(cell.indexOf(':') + 1)];
  const { value, status, seen, reason } = draft;
  const body = { target, key, value, status, seen, reason, follows };
  return askJson(`${documentPath(documentId)}/corrections`, { method: 'POST', body });
}

/** Takes an answer back. */
export function retractCorrection(documentId: string, correctionId: string): Promise<void> {
  return askJson(`${documentPath(documentId)}/corrections/${correctionId}`, { method: 'DELETE' });
}

/** The document with the worst open question, `after` this one; null where no other has any. */
export async function nextInReview(after: string | null): Promise<string | null> {
  const { items } = await askJson<{ readonly items: readonly { readonly documentId: string }[] }>(
    withQuery('/api/review', { limit: 200 }),
  );
  return items.find(({ documentId }) => documentId !== after)?.documentId ?? null;
}

/** A page of documents. */
export function fetchDocuments(query: DocumentQuery, signal?: AbortSignal): Promise<Listing<DocumentRow>> {
  return askJson(withQuery('/api/documents', query), signal ? { signal } : {});
}

/** How work stands. */
export function fetchStatus(signal: AbortSignal): Promise<Status> {
  return askJson('/api/status', { signal });
}

/** Counts for the overview's charts. */
export function fetchStats(signal: AbortSignal): Promise<Stats> {
  return askJson('/api/stats', { signal });
}

/** What was given up on. */
export async function fetchDeadLetters(signal: AbortSignal): Promise<readonly DeadLetter[]> {
  return (await askJson<Listing<DeadLetter>>('/api/dead-letters', { signal })).items;
}

/** Sends files; gives the ids of the documents that came of them. */
export async function upload(files: readonly File[]): Promise<string[]> {
  const form = new FormData();
  for (const file of files) form.append('file', file, file.name);
  const { items } = await askJson<Listing<{ readonly documentId: string }>>('/api/documents', {
    method: 'POST',
    body: form,
  });
  return items.map(({ documentId }) => documentId);
}

/** How many of these documents have no finished run yet. */
export async function countUnfinished(ids: readonly string[]): Promise<number> {
  const views = await Promise.all(ids.map((id) => fetchDocument(id)));
  return views.filter(({ record }) => record === null).length;
}

/** Asks for new runs; gives how many will be made. */
export async function reprocess(documentIds: readonly string[]): Promise<number> {
  const { count } = await askJson<{ readonly count: number }>('/api/reprocess', {
    method: 'POST',
    body: { documentIds },
  });
  return count;
}

/** Where an export is downloaded. */
export function exportAddress(format: string): string {
  return `/api/exports/${format}`;
}

/** Every run's value and every answer for a field or meta value, newest first; the runs alone where `cell` is null. */
export async function fetchHistory(
  view: DocumentView,
  cell: string | null,
  signal: AbortSignal,
): Promise<Moment[]> {
  const { items } = await askJson<Listing<RunRow>>(`${documentPath(view.id)}/runs`, { signal });
  const runs = await Promise.all(items.map((run) => momentOfRun(run, cell, signal)));
  const answers = view.corrections
    .filter((one) => cell === null || `${one.target}:${one.key}` === cell)
    .map((one): Moment => ({
      kind: 'correction',
      id: one.id,
      at: one.createdAt,
      value: one.value === null ? (one.status ?? '–') : String(one.value),
      confidence: null,
      version: null,
      author: one.author,
      reason: one.reason,
    }));
  return [...runs, ...answers].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

async function momentOfRun(run: RunRow, cell: string | null, signal: AbortSignal): Promise<Moment> {
  const base: Moment = {
    kind: 'run',
    id: run.runKey,
    at: run.finishedAt,
    value: run.form ?? run.errorCode ?? '–',
    confidence: run.confidence,
    version: run.extractorVersion,
    author: null,
    reason: null,
  };
  if (cell === null) return base;
  const { record } = await askJson<{ readonly record: GongkaiRecord }>(`/api/runs/${run.runKey}`, { signal });
  const [target, key] = [cell.slice(0, cell.indexOf(':')), cell.slice(cell.indexOf(':') + 1)];
  if (target === 'meta') {
    const meta = record.meta[key as keyof GongkaiRecord['meta']];
    return { ...base, value: String(meta?.value ?? '–'), confidence: meta?.confidence ?? null };
  }
  const field = record.fields[key];
  const value = field ? (field.value ?? field.status) : '–';
  return { ...base, value: String(value), confidence: field?.confidence ?? null };
}

/** The batches that documents came in with. */
export async function fetchBatches(signal: AbortSignal): Promise<readonly Batch[]> {
  return (await askJson<Listing<Batch>>('/api/batches', { signal })).items;
}

/** Everything that differs between two runs. */
export async function fetchRunChanges(a: string, b: string, signal: AbortSignal): Promise<DocumentChange[]> {
  const { items } = await askJson<Listing<Change>>(`/api/runs/${a}/changes/${b}`, { signal });
  return items.map((change) => ({ ...change, documentId: null, documentName: '' }));
}

/** Everything that differs between two batches. */
export async function fetchBatchChanges(
  a: string,
  b: string,
  signal: AbortSignal,
): Promise<DocumentChange[]> {
  const { items } = await askJson<Listing<DocumentChange>>(
    `/api/batches/${encodeURIComponent(a)}/changes/${encodeURIComponent(b)}`,
    { signal },
  );
  return [...items];
}

/** The reports of an agency. */
export async function fetchAgency(name: string, signal: AbortSignal): Promise<AgencyReport[]> {
  const { items } = await askJson<Listing<AgencyReport>>(`/api/agencies/${encodeURIComponent(name)}`, {
    signal,
  });
  return [...items];
}
