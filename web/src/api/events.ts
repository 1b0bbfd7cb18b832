import { ask } from './client.js';
import type { Status } from './types.js';

const AGAIN_MS = 3_000;

/**
 * Follows the server-sent events of progress until the returned function is called; comes back by itself when the
 * line breaks. Read with fetch, because EventSource cannot carry a token.
 */
export function listen(onStatus: (status: Status) => void): () => void {
  const abort = new AbortController();
  void follow(onStatus, abort.signal);
  return () => abort.abort();
}

async function follow(onStatus: (status: Status) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await ask('/api/events', { signal });
      if (response.body) await readEvents(response.body, onStatus);
    } catch {
      // Told by the page's own requests; here it is only tried again.
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

async function readEvents(
  body: NonNullable<Response['body']>,
  onStatus: (status: Status) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = event
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice('data:'.length).trim())
        .join('\n');
      if (data !== '') onStatus(JSON.parse(data) as Status);
    }
  }
}
