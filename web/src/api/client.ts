import { createStore } from '../app/store.js';

/** A refusal or failure of the server, after its problem document (RFC 9457); status 0: no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const TOKEN_KEY = 'gongkai.token';

/** True while the server refuses us for want of a token. */
export const needsToken = createStore(false);

/** Keeps the token for this tab only and tries again with it. */
export function giveToken(token: string): void {
  sessionStorage.setItem(TOKEN_KEY, token.trim());
  needsToken.set(false);
}

/** What every request carries. */
export function authorization(): Record<string, string> {
  const token = sessionStorage.getItem(TOKEN_KEY);
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

export interface Request {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON, unless it is a form. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Asks the server; throws ApiError for every answer that is not a success. */
export async function ask(path: string, request: Request = {}): Promise<Response> {
  const { method = 'GET', body, signal } = request;
  const isForm = body instanceof FormData;
  const headers = {
    ...authorization(),
    ...(body !== undefined && !isForm ? { 'content-type': 'application/json' } : {}),
  };
  const response = await fetch(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'OFFLINE', 'The server does not answer.');
  });
  if (response.ok) return response;
  if (response.status === 401) needsToken.set(true);
  throw await problemOf(response);
}

/** Asks for JSON. The shape is the one that the server's own schema of the route names. */
export async function askJson<T>(path: string, request: Request = {}): Promise<T> {
  const response = await ask(path, request);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** A path with its query; empty values are left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

async function problemOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const problem = (typeof body === 'object' ? body : null) as {
    code?: string;
    detail?: string;
    title?: string;
  } | null;
  const message = problem?.detail ?? problem?.title ?? response.statusText;
  return new ApiError(response.status, problem?.code ?? `HTTP_${response.status}`, message);
}
