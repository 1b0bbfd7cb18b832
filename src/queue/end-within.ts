/**
 * Ends something in good order: `close` waits for the work under way; after `graceMs` that work is told to stop, and
 * `close` resolves when it has been handed back.
 */
export async function endWithin(
  graceMs: number,
  close: () => Promise<void>,
  abort: AbortController,
): Promise<void> {
  const timer = setTimeout(() => abort.abort(), graceMs);
  try {
    await close();
  } finally {
    clearTimeout(timer);
  }
}
