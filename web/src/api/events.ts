import { ask } from './client.js';

const AGAIN_MS = 3_000;

/** A server-sent event: its name and its data, still as JSON text. */
export type OnEvent = (name: string, data: string) => void;

/**
 * Follows the server-sent events at `path` until the returned function is called; comes back by itself when the line
 * breaks. Read with fetch, because EventSource cannot carry a token.
 */
export function listen(path: string, onEvent: OnEvent): () => void {
  const abort = new AbortController();
  void follow(path, onEvent, abort.signal);
  return () => abort.abort();
}

async function follow(path: string, onEvent: OnEvent, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await ask(path, { signal });
      if (response.body) await readEvents(response.body, onEvent);
    } catch {
      // Told by the page's own requests; here it is only tried again.
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

async function readEvents(body: NonNullable<Response['body']>, onEvent: OnEvent): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = valuesOf(event, 'data').join('\n');
      if (data !== '') onEvent(valuesOf(event, 'event')[0] ?? 'message', data);
    }
  }
}

function valuesOf(event: string, name: string): string[] {
  const start = `${name}:`;
  return event
    .split('\n')
    .filter((line) => line.startsWith(start))
    .map((line) => line.slice(start.length).trim());
}
