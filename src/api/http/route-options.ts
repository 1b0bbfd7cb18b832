import type { z } from 'zod';
import type { Scope } from '../security/tokens.js';
import { PROBLEM_RESPONSES } from './problems.js';

/** The responses of a route that answers with `ok`, and with problem documents when it does not. */
export function answering<T extends z.ZodType>(ok: T) {
  return { 200: ok, ...PROBLEM_RESPONSES } as const;
}

/** Responses that are no JSON, for the description only: such bodies are sent as they are. */
export function answeringWith<T extends z.ZodType>(mediaType: string, body: T, description: string) {
  return {
    200: { description, content: { [mediaType]: { schema: body } } },
    ...PROBLEM_RESPONSES,
  } as const;
}

/** A route's options: who may use it, where the description lists it, what it takes and gives. */
export function options<S extends object>(scope: Scope | 'none', tag: string, summary: string, schema: S) {
  return { config: { scope }, schema: { tags: [tag], summary, ...schema } };
}
