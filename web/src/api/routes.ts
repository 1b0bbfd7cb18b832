import type { Correction } from '../../../src/model/run.js';
import type { Draft } from '../review/drafts.js';
import { ask, askJson, withQuery } from './client.js';
import type { DocumentView, FormView } from './types.js';

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
