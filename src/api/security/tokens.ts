import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../errors/app-error.js';

/** What a token may do; each includes those before it. */
export const SCOPES = ['read', 'review', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Somebody who may use the API. The secret itself is not kept. */
export interface Token {
  /** Stands beside corrections as their author. */
  readonly name: string;
  readonly scope: Scope;
  /** SHA-256 of the secret. */
  readonly hash: Buffer;
}

const HASHED = /^sha256:([0-9a-f]{64})$/;
const SHORTEST_SECRET = 16;

/**
 * Tokens as `name:scope:secret`, one a line or with commas between; the secret as it is or as `sha256:<hex>`. Lines
 * that begin with `#` are remarks. Errors: CONFIG_INVALID, never naming a secret.
 */
export function parseTokens(text: string): Token[] {
  const entries = text
    .split('\n')
    .filter((line) => !line.trim().startsWith('#'))
    .flatMap((line) => line.split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const tokens = entries.map(parseToken);
  const names = new Set(tokens.map(({ name }) => name));
  if (names.size < tokens.length) throw new AppError('CONFIG_INVALID', 'Two tokens have the same name.');
  return tokens;
}

function parseToken(entry: string): Token {
  const [, name, scope, secret] = /^([^:]+):([^:]+):(.+)$/.exec(entry) ?? [];
  if (name === undefined || secret === undefined || !isScope(scope)) {
    throw new AppError(
      'CONFIG_INVALID',
      `A token is written name:scope:secret, with one of the scopes ${SCOPES.join(', ')}.`,
    );
  }
  const hex = HASHED.exec(secret)?.[1];
  if (hex !== undefined) return { name, scope, hash: Buffer.from(hex, 'hex') };
  if (secret.length < SHORTEST_SECRET) {
    throw new AppError(
      'CONFIG_INVALID',
      `The secret of ${name} is shorter than ${SHORTEST_SECRET} characters.`,
    );
  }
  return { name, scope, hash: hashOf(secret) };
}

/** The token whose secret this is. Hashes are compared in constant time, all of them. */
export function findToken(tokens: readonly Token[], secret: string): Token | null {
  const hash = hashOf(secret);
  return tokens.filter((token) => timingSafeEqual(token.hash, hash))[0] ?? null;
}

/** Whether `scope` is enough for `needed`. */
export function allows(scope: Scope, needed: Scope): boolean {
  return SCOPES.indexOf(scope) >= SCOPES.indexOf(needed);
}

function isScope(text: string | undefined): text is Scope {
  return (SCOPES as readonly (string | undefined)[]).includes(text);
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
