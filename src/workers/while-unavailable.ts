import { asAppError } from '../errors/app-error.js';
import type { Clock } from '../ports/clock.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Repeats `action` while the store is unavailable, with growing pauses, until `signal` is aborted: a worker that
 * waits keeps its documents, one that gives up would only fetch the next ones and fail with those too.
 */
export async function whileUnavailable<T>(
  action: () => Promise<T>,
  clock: Clock,
  signal: AbortSignal,
): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await action();
    } catch (error) {
      if (asAppError(error, 'INVARIANT_BROKEN').code !== 'STORE_UNAVAILABLE' || signal.aborted) throw error;
    }
    await clock.sleep(pauseMs * (0.5 + clock.random() / 2), signal);
  }
}
