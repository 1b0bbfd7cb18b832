import { sql } from 'kysely';
import type { Engine } from './migrations.js';

/**
 * Among what a statement returns, this lets the transaction around it end before PostgreSQL's log is on the disk;
 * SQLite's never waits (see dialects). For what a worker writes: where the machine stops in the next moment, a start or
 * a run is forgotten together with what it did to its request, which then waits again, so that work is repeated and
 * nothing lost. What people and crawlers hand in is flushed, and everything written before it.
 */
export function withoutFlush(engine: Engine) {
  const set =
    engine === 'postgres' ? sql<string>`set_config('synchronous_commit', 'off', true)` : sql<string>`''`;
  return set.as('flush');
}
