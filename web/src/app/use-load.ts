import { useEffect, useState } from 'preact/hooks';

/** What came of asking the server for something. */
export type Loaded<T> =
  | { readonly state: 'loading'; readonly data: T | null }
  | { readonly state: 'ready'; readonly data: T }
  | { readonly state: 'failed'; readonly error: unknown; readonly data: T | null };

/**
 * Loads whenever `key` changes and when `reload` is called. Keeps what it had while it asks again, so that a list does
 * not flicker; an answer that was overtaken by a newer question is dropped. A null key asks nothing.
 */
export function useLoad<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> & { reload: () => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading', data: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (key === null) return undefined;
    const abort = new AbortController();
    setLoaded((before) => ({ state: 'loading', data: before.data }));
    load(abort.signal).then(
      (data) => {
        if (!abort.signal.aborted) setLoaded({ state: 'ready', data });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setLoaded((before) => ({ state: 'failed', error, data: before.data }));
      },
    );
    return () => abort.abort();
    // `load` is a new function at every drawing; what it asks for is named by `key`.
  }, [key, round]);
  return { ...loaded, reload: () => setRound((value) => value + 1) };
}
