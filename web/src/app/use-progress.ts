import { useEffect, useState } from 'preact/hooks';
import { listen } from '../api/events.js';
import type { Status } from '../api/types.js';

/** How work stands, as the server tells it while the page is open; null until it says something. */
export function useProgress(): Status | null {
  const [status, setStatus] = useState<Status | null>(null);
  useEffect(
    () =>
      listen('/api/events', (name, data) => {
        if (name === 'status') setStatus(JSON.parse(data) as Status);
      }),
    [],
  );
  return status;
}
