import type { Answer, AskId } from './cells.js';

/** An answer with the reading it was given to. */
export interface Draft extends Answer {
  readonly seen: string;
}

const PREFIX = 'gongkai.draft.';

/** Answers of a document that the server does not have yet; they survive reloading and a lost network. */
export function loadDrafts(documentId: string): Map<AskId, Draft> {
  const kept = localStorage.getItem(PREFIX + documentId);
  if (kept === null) return new Map();
  try {
    return new Map(JSON.parse(kept) as [AskId, Draft][]);
  } catch {
    // Somebody wrote over it; there is nothing to save.
    localStorage.removeItem(PREFIX + documentId);
    return new Map();
  }
}

/** Keeps the answers; an empty map forgets them. */
export function saveDrafts(documentId: string, drafts: ReadonlyMap<AskId, Draft>): void {
  if (drafts.size === 0) localStorage.removeItem(PREFIX + documentId);
  else localStorage.setItem(PREFIX + documentId, JSON.stringify([...drafts]));
}
