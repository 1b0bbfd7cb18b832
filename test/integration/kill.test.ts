import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '../../src/ports/clock.js';
import type { RunStore } from '../../src/ports/run-store.js';
import { openRunStore } from '../../src/store/open-stores.js';
import {
  hasRedis,
  postgresFolder,
  startPostgres,
  startRedis,
  until,
  type Service,
} from '../helpers/services.js';

/** A hundred within `npm test`; `npm run test:kill` asks for five hundred. */
const DOCUMENTS = Number(process.env['GONGKAI_KILL_DOCUMENTS'] ?? 100);
/** A worker is killed each time so many more documents are done: how fast the machine is makes no difference. */
const DONE_BETWEEN_KILLS = 25;
/** Generous, because this machine may be busy with other things; a quiet one needs a tenth. */
const TEST_TIMEOUT_MS = 600_000 + DOCUMENTS * 2_000;
/** Workers that hold a request and have kept a run. */
const AT_WORK = 'select distinct worker from requests where worker in (select distinct worker from runs)';
const MAIN = join(process.cwd(), 'dist/cli/main.js');
const SAMPLE = readFileSync(join(process.cwd(), 'samples/text/cut-markdown.txt'), 'utf8');

const canRun = hasRedis() && postgresFolder() !== null;
if (!canRun) console.warn('Redis or PostgreSQL is missing: the kill test is skipped.');

(canRun ? describe : describe.skip)('workers that are killed again and again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-kill-'));
  let redis: Service;
  let postgres: Service;
  let store: RunStore;
  const workers: ChildProcess[] = [];
  let kills = 0;

  beforeAll(async () => {
    [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
    store = await openRunStore({ dataFolder: folder, databaseUrl: postgres.url, s3: null }, systemClock);
    mkdirSync(join(folder, 'crawl'));
    for (let index = 0; index < DOCUMENTS; index++) {
      writeFileSync(join(folder, 'crawl', `${index}.txt`), `${SAMPLE}\n第${index}份`);
    }
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await store.close();
    await Promise.all([redis.stop(), postgres.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  function gongkai(...args: readonly string[]): ChildProcess {
    const environment = {
      GONGKAI_DATABASE_URL: postgres.url,
      GONGKAI_REDIS_URL: redis.url,
      GONGKAI_DATA: folder,
      GONGKAI_LOCK_MS: '2000',
      GONGKAI_LOG_LEVEL: 'silent',
    };
    return spawn(process.execPath, [MAIN, ...args], {
      stdio: 'ignore',
      env: { ...process.env, ...environment },
    });
  }

  function startWorkerAt(place: number): void {
    workers[place] = gongkai('worker', '--jobs', '1', '--queue', 'extract');
  }

  it(
    'lose no document, make none twice, and blame none',
    async () => {
      const enqueuing = gongkai('enqueue', join(folder, 'crawl'), '--batch', 'kill');
      startWorkerAt(0);
      startWorkerAt(1);
      await new Promise((resolve) => enqueuing.once('exit', resolve));
      expect(enqueuing.exitCode).toBe(0);
      const blows = [...killings(), ...outages()].sort((a, b) => a.after - b.after);
      for (const { after, strike } of blows) {
        await runsReach(after);
        await strike();
      }
      await runsReach(DOCUMENTS);
      const status = await store.status();
      expect(status).toMatchObject({
        documents: DOCUMENTS,
        runs: DOCUMENTS,
        currentDone: DOCUMENTS,
        currentFailed: 0,
        pending: 0,
        deadByCode: {},
      });
      expect(await store.batches()).toMatchObject([{ name: 'kill', documents: DOCUMENTS, pending: 0 }]);
      expect(kills).toBeGreaterThan(1);
    },
    TEST_TIMEOUT_MS,
  );

  /** What happens once so many documents are done. */
  interface Blow {
    readonly after: number;
    readonly strike: () => Promise<unknown>;
  }

  function killings(): Blow[] {
    const count = Math.floor((DOCUMENTS - 1) / DONE_BETWEEN_KILLS);
    return Array.from({ length: count }, (_, index) => ({
      after: (index + 1) * DONE_BETWEEN_KILLS,
      strike: killOneAtWork,
    }));
  }

  function outages(): Blow[] {
    return [
      { after: DOCUMENTS / 5, strike: () => redis.restart('SIGKILL') },
      { after: (DOCUMENTS * 2) / 5, strike: () => postgres.restart('SIGQUIT') },
    ];
  }

  /** Kills a worker as soon as one is at work, unless all is done before. */
  async function killOneAtWork(): Promise<void> {
    await until(async () => {
      const [place] = await placesAtWork();
      if (place === undefined) return (await runsMade()) >= DOCUMENTS;
      kills += 1;
      workers[place]?.kill('SIGKILL');
      startWorkerAt(place);
      return true;
    }, TEST_TIMEOUT_MS);
  }

  /**
   * Workers with a document in their hands, whose death hurts most, which have kept one before: on a machine so slow
   * that a worker takes longer than two seconds to start, nothing would ever be done otherwise. None while the
   * database is away.
   */
  async function placesAtWork(): Promise<number[]> {
    const client = new pg.Client({ connectionString: postgres.url });
    try {
      await client.connect();
      const { rows } = await client.query<{ worker: string | null }>(AT_WORK);
      const pids = rows.map(({ worker }) => Number(worker?.split('/').at(-1)));
      return workers.flatMap((worker, place) => (pids.includes(worker.pid ?? 0) ? [place] : []));
    } catch {
      return [];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function runsReach(count: number): Promise<void> {
    await until(async () => (await runsMade()) >= count, TEST_TIMEOUT_MS);
  }

  /** The database itself goes away for a moment in the middle of this. */
  function runsMade(): Promise<number> {
    return store
      .status()
      .then(({ runs }) => runs)
      .catch(() => 0);
  }
});
