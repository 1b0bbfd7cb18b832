import { createStore } from '../../app/store.js';

/** Which questions are asked; null where anything goes. Names as in the API. */
export interface ReviewFilter {
  readonly agency: string | null;
  readonly form: string | null;
  readonly year: string | null;
  readonly batch: string | null;
  /** `field`, `meta`, `check` or `run`. */
  readonly kind: string | null;
  /** Id of a check, or key of a field. */
  readonly key: string | null;
  /** Confidence below this. */
  readonly below: string | null;
}

const KEPT = 'gongkai.review-filter';
const NAMES = ['agency', 'form', 'year', 'batch', 'kind', 'key', 'below'] as const;

/** The filter of this tab: the next document is looked for with it, also after a reload. */
export const reviewFilter = createStore<ReviewFilter>(
  readFilter(new URLSearchParams(sessionStorage.getItem(KEPT) ?? '')),
);

reviewFilter.subscribe(() => {
  const set = Object.entries(reviewFilter.get()).filter((entry): entry is [string, string] =>
    Boolean(entry[1]),
  );
  sessionStorage.setItem(KEPT, new URLSearchParams(set).toString());
});

function readFilter(query: URLSearchParams): ReviewFilter {
  return Object.fromEntries(NAMES.map((name) => [name, query.get(name)])) as Record<
    keyof ReviewFilter,
    string | null
  >;
}

/** True where something is left out. */
export function isFiltered(filter: ReviewFilter): boolean {
  return NAMES.some((name) => Boolean(filter[name]));
}
