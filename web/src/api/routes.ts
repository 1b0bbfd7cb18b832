import type { Correction } from '../../../src/model/run.js';
import type { Draft } from '../review/drafts.js';
import type { ReviewFilter } from '../review/queue/review-filter.js';
import { ask, askJson, withQuery } from './client.js';
import type {
  AgencyRow,
  AgencyView,
  Batch,
  Change,
  DeadLetter,
  DocumentChange,
  DocumentQuery,
  DocumentRow,
  DocumentView,
  FormView,
  Listing,
  Moment,
  ReviewDocument,
  SourceView,
  Stats,
  Status,
  UploadResult,
} from './types.js';

/** `field:applications.new.total` in its two parts. */
function splitCell(cell: string): { readonly target: string; readonly key: string } {
  const at = cell.indexOf(':');
  return { target: cell.slice(0, at), key: cell.slice(at + 1) };
}

const documentPath = (id: string): string => `/api/documents/${encodeURIComponent(id)}`;

/** One document with its current run. */
export function fetchDocument(id: string, signal?: AbortSignal): Promise<DocumentView> {
  return askJson(documentPath(id), signal ? { signal } : {});
}

/** An official form as data. */
export function fetchForm(id: string): Promise<FormView> {
  return askJson(`/api/forms/${id}`);
}

/** How the source can be shown, and where its parts are. */
export function fetchSourceView(id: string, signal: AbortSignal): Promise<SourceView> {
  return askJson(`${documentPath(id)}/view`, { signal });
}

/** Bytes at an address that the server named. */
export async function fetchBytes(address: string, signal?: AbortSignal): Promise<Uint8Array> {
  return new Uint8Array(await (await ask(address, signal ? { signal } : {})).arrayBuffer());
}

/** Text or HTML at an address that the server named. */
export async function fetchWords(address: string, signal: AbortSignal): Promise<string> {
  return (await ask(address, { signal })).text();
}

/** Where the source's own bytes are. */
export function sourceAddress(id: string): string {
  return `${documentPath(id)}/source`;
}

/** Keeps an answer; 409 where somebody else answered after `follows`. */
export function postCorrection(
  documentId: string,
  cell: string,
  draft: Draft,
  follows: string | null,
): Promise<Correction> {
  const { target, key } = splitCell(cell);
  const { value, status, seen, reason } = draft;
  const body = { target, key, value, status, seen, reason, follows };
  return askJson(`${documentPath(documentId)}/corrections`, { method: 'POST', body });
}

/** Takes an answer back. */
export function retractCorrection(documentId: string, correctionId: string): Promise<void> {
  return askJson(`${documentPath(documentId)}/corrections/${correctionId}`, { method: 'DELETE' });
}

/** A page of documents with open questions. */
export function fetchReviewDocuments(
  query: ReviewFilter & { readonly cursor?: string | null; readonly after?: string; readonly limit?: number },
  signal?: AbortSignal,
): Promise<Listing<ReviewDocument>> {
  return askJson(withQuery('/api/review/documents', { ...query }), signal ? { signal } : {});
}

/** The document to review after this one, from the first again after the last; null where there is no other. */
export async function nextInReview(filter: ReviewFilter, after: string): Promise<string | null> {
  const following = await fetchReviewDocuments({ ...filter, after, limit: 2 });
  const first = following.items.length > 0 ? following : await fetchReviewDocuments({ ...filter, limit: 2 });
  return first.items.find(({ documentId }) => documentId !== after)?.documentId ?? null;
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

/** Sends files; gives the documents that came of them, and what could not be taken in. */
export function upload(files: readonly File[]): Promise<UploadResult> {
  const body = new FormData();
  for (const file of files) body.append('file', file, file.name);
  return askJson('/api/documents', { method: 'POST', body });
}

/** So many documents are asked about at once: their ids stand in the address. */
const IDS_A_REQUEST = 200;

/** Those of these documents whose run is not finished yet. */
export async function findUnfinished(ids: readonly string[]): Promise<string[]> {
  const unfinished: string[] = [];
  for (let at = 0; at < ids.length; at += IDS_A_REQUEST) {
    const some = ids.slice(at, at + IDS_A_REQUEST).join(',');
    const query = { ids: some, limit: IDS_A_REQUEST };
    const { items } = await askJson<Listing<DocumentRow>>(withQuery('/api/documents', query));
    const open = items.filter(({ state, isQueued }) => state === 'pending' || isQueued);
    unfinished.push(...open.map(({ id }) => id));
  }
  return unfinished;
}

/** Asks once more for a run that was given up on. */
export function retryDeadLetter(runKey: string): Promise<void> {
  return askJson(`/api/dead-letters/${encodeURIComponent(runKey)}/retry`, { method: 'POST' });
}

/** Asks for new runs, under a name that they can be compared by; gives how many will be made. */
export async function reprocess(documentIds: readonly string[], batch: string): Promise<number> {
  const { count } = await askJson<{ readonly count: number }>('/api/reprocess', {
    method: 'POST',
    body: { documentIds, ...(batch === '' ? {} : { batch }) },
  });
  return count;
}

/** Where an export of the documents that match is downloaded. */
export function exportAddress(format: string, { q, form, year, state }: DocumentQuery): string {
  return withQuery(`/api/exports/${format}`, { q, form, year, state });
}

/** Every run's value and every answer for a field or meta value, newest first. */
export async function fetchHistory(documentId: string, cell: string, signal: AbortSignal): Promise<Moment[]> {
  const { target, key } = splitCell(cell);
  const path = withQuery(`${documentPath(documentId)}/fields/${encodeURIComponent(key)}/history`, { target });
  const { items } = await askJson<Listing<Moment>>(path, { signal });
  return items.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

/** The batches that documents came in with. */
export async function fetchBatches(signal: AbortSignal): Promise<readonly Batch[]> {
  return (await askJson<Listing<Batch>>('/api/batches', { signal })).items;
}

/** Everything that differs between two runs. */
export async function fetchRunChanges(a: string, b: string, signal: AbortSignal): Promise<DocumentChange[]> {
  const { items } = await askJson<Listing<Change>>(
    `/api/runs/${encodeURIComponent(a)}/diff/${encodeURIComponent(b)}`,
    { signal },
  );
  return items.map((change) => ({ ...change, documentId: '', documentName: '' }));
}

/** Everything that differs between two batches. */
export async function fetchBatchChanges(
  a: string,
  b: string,
  signal: AbortSignal,
): Promise<DocumentChange[]> {
  const { items } = await askJson<Listing<DocumentChange>>(
    `/api/batches/${encodeURIComponent(a)}/diff/${encodeURIComponent(b)}`,
    { signal },
  );
  return [...items];
}

/** A page of agencies whose name holds `part`. */
export function fetchAgencies(
  part: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Listing<AgencyRow>> {
  return askJson(withQuery('/api/agencies', { q: part, cursor }), signal ? { signal } : {});
}

/** An agency with its reports and the checks between them. */
export function fetchAgency(name: string, signal: AbortSignal): Promise<AgencyView> {
  return askJson(`/api/agencies/${encodeURIComponent(name)}`, { signal });
}
