import type { AppError } from '../errors/app-error.js';

/** A document found in a folder, an archive, a manifest or at an address; bytes in memory, one document at a time. */
export interface FoundDocument {
  readonly bytes: Uint8Array;
  readonly uri: string | null;
  readonly path: string | null;
  readonly contentType: string | null;
  /** ISO 8601, UTC. */
  readonly crawledAt: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
}

/**
 * What reading an archive yields, in its order. A problem costs the entry it names and no other; a skipped entry was
 * never meant to be a document (a revisit, a style sheet, a page not found).
 */
export type ArchiveItem =
  | { readonly kind: 'document'; readonly document: FoundDocument }
  | { readonly kind: 'problem'; readonly place: string; readonly error: AppError }
  | { readonly kind: 'skipped'; readonly place: string; readonly reason: string };

export interface ArchiveLimits {
  /** Larger documents are refused, compressed or not. */
  readonly maxBytes: number;
  /** An entry that inflates to more than this many times its size is a bomb, once it is larger than `bombBytes`. */
  readonly maxRatio: number;
  readonly bombBytes: number;
}

export const DEFAULT_ARCHIVE_LIMITS: ArchiveLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxRatio: 200,
  bombBytes: 8 * 1024 * 1024,
};
