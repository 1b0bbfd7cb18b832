import { createStore } from './store.js';

/** Where in the app the reader is: the path after `#`, in decoded parts, and its query. */
export interface Route {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

/** The current place; follows the address bar, so that back, forward and bookmarks work. */
export const route = createStore<Route>(parseRoute(location.hash));

addEventListener('hashchange', () => route.set(parseRoute(location.hash)));

/** The address of a place, for links: `link('documents', id)`. Empty and missing query values are left out. */
export function link(
  parts: readonly string[],
  query: Readonly<Record<string, string | number | null | undefined>> = {},
): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  }
  const end = search.size > 0 ? `?${search.toString()}` : '';
  return `#/${parts.map(encodeURIComponent).join('/')}${end}`;
}

/** Goes to a place made by `link`. */
export function go(address: string): void {
  location.hash = address.slice(1);
}

/** Changes the address without a step in the browser's history. */
export function replaceAddress(address: string): void {
  history.replaceState(null, '', address);
  route.set(parseRoute(address));
}

function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { parts: path.split('/').filter(Boolean).map(decode), query: new URLSearchParams(query) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
