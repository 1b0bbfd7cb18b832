import { useEffect, useRef, useState } from 'preact/hooks';
import { listen } from '../api/events.js';
import { withQuery } from '../api/client.js';

/**
 * How many other people have this document open now. While there are any, their answers are told by `onAnswer`, so that
 * two people do not settle the same field.
 */
export function useCompany(documentId: string, onAnswer: () => void): number {
  const [others, setOthers] = useState(0);
  const current = useRef({ others, onAnswer });
  current.current = { others, onAnswer };
  useEffect(
    () =>
      listen(withQuery('/api/events', { document: documentId }), (name, data) => {
        if (name === 'correction' && current.current.others > 0) current.current.onAnswer();
        if (name !== 'presence') return;
        const { reviewers } = JSON.parse(data) as { readonly reviewers: number };
        setOthers(Math.max(0, reviewers - 1));
      }),
    [documentId],
  );
  return others;
}
