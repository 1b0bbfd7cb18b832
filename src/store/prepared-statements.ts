import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';
import { AppError } from '../errors/app-error.js';

/** Texts with more parameters are lists of rows, whose number varies, and come again too rarely. */
const MOST_PARAMETERS = 40;
/** Every connection keeps a plan for each name; beyond this, texts are of people's searches. */
const MOST_NAMES = 200;

/**
 * A pool whose connections plan each statement once: half of PostgreSQL's work on a short statement is to read and plan
 * it. What names its columns with `*` is left out, since such a plan breaks when a migration adds one; searches are left
 * out because one plan does not fit a name that everybody has and a name that nobody has.
 */
export function withPreparedStatements(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>();
  const nameOf = (text: string, parameters: readonly unknown[]): string | null => {
    if (parameters.length === 0 || parameters.length > MOST_PARAMETERS || /\*| like /.test(text)) return null;
    if (!names.has(text) && names.size < MOST_NAMES) names.set(text, `gongkai_${names.size}`);
    return names.get(text) ?? null;
  };
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    connect: async () => {
      const client = await pool.connect();
      const known = wrapped.get(client) ?? wrap(client, nameOf);
      wrapped.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

function wrap(
  client: pg.PoolClient,
  nameOf: (text: string, parameters: readonly unknown[]) => string | null,
): PostgresPoolClient {
  function query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: string | PostgresCursor<unknown>, parameters: readonly unknown[] = []): unknown {
    // Kysely asks for cursors only where it was given a class for them, which it is not here.
    if (typeof text !== 'string') throw new AppError('INVARIANT_BROKEN', 'There are no cursors here.');
    const name = nameOf(text, parameters);
    return client.query({ text, values: [...parameters], ...(name === null ? {} : { name }) });
  }
  return { query, release: () => client.release() };
}
