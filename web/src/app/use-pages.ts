import { useEffect, useState } from 'preact/hooks';
import type { Listing } from '../api/types.js';
import { useLoad } from './use-load.js';

/** The rows that match, page after page; begins anew whenever `key` changes. */
export function usePages<T>(
  key: string,
  load: (cursor: string | null, signal?: AbortSignal) => Promise<Listing<T>>,
) {
  const loaded = useLoad(key, (signal) => load(null, signal));
  const [more, setMore] = useState<readonly T[]>([]);
  const [next, setNext] = useState<string | null>(null);
  useEffect(() => {
    setMore([]);
    setNext(loaded.data?.next ?? null);
  }, [loaded.data]);
  const showMore = async (): Promise<void> => {
    const page = await load(next);
    setMore([...more, ...page.items]);
    setNext(page.next);
  };
  const rows = [...(loaded.data?.items ?? []), ...more];
  return { loaded, rows, hasMore: next !== null, showMore, reload: loaded.reload };
}
