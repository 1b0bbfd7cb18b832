import type { AppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/codes.js';

/** What to do with a job whose handling ended in an error. */
export type RetryDecision = { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'dead' };

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
const LIMIT_PAUSE_MS = 1_000;

/**
 * How often a job may be tried for each error that may pass. A service that is away is waited for without end: its
 * absence says nothing about the document. A limit is worth one more try, alone.
 */
const TRIES: Partial<Record<ErrorCode, number>> = {
  STORE_UNAVAILABLE: Infinity,
  QUEUE_UNAVAILABLE: Infinity,
  FETCH_FAILED: 5,
};

/**
 * Decides by the error's code and the number of tries so far, this one included. Pauses double up to a minute and are
 * spread at random (`random` in 0…1), so that jobs that failed together do not come back together.
 */
export function decideRetry(error: AppError, tries: number, random: number): RetryDecision {
  if (!error.retryable) return { kind: 'dead' };
  // How often a limit may be hit is the worker's decision, which knows the earlier starts.
  if (error.category === 'limit') return { kind: 'retry', delayMs: LIMIT_PAUSE_MS };
  if (tries >= (TRIES[error.code] ?? 1)) return { kind: 'dead' };
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
  return { kind: 'retry', delayMs: Math.round(pause * (0.5 + random / 2)) };
}
