import type { AskId } from './cells.js';

/** What somebody was typing and had not saved yet. */
export interface Typing {
  readonly id: AskId;
  /** The value; null where only a reason is typed. */
  readonly value: string | null;
  readonly reason: string;
}

const PREFIX = 'gongkai.typing.';

/** What was being typed in a document when its page was left or loaded again, in this tab; null for nothing. */
export function loadTyping(documentId: string): Typing | null {
  const kept = sessionStorage.getItem(PREFIX + documentId);
  return kept === null ? null : (JSON.parse(kept) as Typing);
}

/** Keeps what is being typed; null when it is saved or dropped. */
export function keepTyping(documentId: string, typing: Typing | null): void {
  if (typing === null) sessionStorage.removeItem(PREFIX + documentId);
  else sessionStorage.setItem(PREFIX + documentId, JSON.stringify(typing));
}
