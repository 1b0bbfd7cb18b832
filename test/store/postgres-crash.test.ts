import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kysely, sql } from 'kysely';
import { postgresDialect } from '../../src/store/dialects.js';
import { postgresFolder, startPostgres, until, type Service } from '../helpers/services.js';

(postgresFolder() === null ? describe.skip : describe)('a PostgreSQL that crashes', () => {
  let service: Service;
  let db: Kysely<unknown>;

  beforeAll(async () => {
    service = await startPostgres();
    db = new Kysely<unknown>({ dialect: postgresDialect(service.url) });
  });
  afterAll(async () => {
    await db.destroy();
    await service.stop();
  });

  it('costs the transactions under way and not the process, and is there again afterwards', async () => {
    const waiting = sql`select pg_sleep(3600)`.execute(db);
    const underWay = db.transaction().execute(async (tx) => {
      await sql`select 1`.execute(tx);
      await until(isAsleep);
      await service.restart('SIGQUIT');
      await sql`select 2`.execute(tx);
    });
    const outcomes = await Promise.allSettled([underWay, waiting]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'STORE_UNAVAILABLE' } });
    }
    expect((await sql<{ n: number }>`select 3 as n`.execute(db)).rows).toEqual([{ n: 3 }]);
  });

  /** Whether the statement that waits has reached the server. */
  async function isAsleep(): Promise<boolean> {
    const query = sql`select from pg_stat_activity where query = 'select pg_sleep(3600)' and state = 'active'`;
    return (await query.execute(db)).rows.length === 1;
  }
});
