import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { systemClock } from '../../src/ports/clock.js';
import type { RunStore } from '../../src/ports/run-store.js';
import { openRunStore } from '../../src/store/open-stores.js';
import {
  freePort,
  hasRedis,
  postgresFolder,
  startPostgres,
  startRedis,
  until,
  type Service,
} from '../helpers/services.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';
import { startTraceReceiver } from '../helpers/trace-receiver.js';

const MAIN = join(process.cwd(), 'dist/cli/main.js');
const SAMPLE = join(process.cwd(), 'samples/text/cut-markdown.txt');
/** Each wait for something has time to end by itself first. */
const TEST_TIMEOUT_MS = 600_000;
/** OpenTelemetry's numbers for kinds of spans. */
const [PRODUCER, CONSUMER] = [4, 5];

const canRun = hasRedis() && postgresFolder() !== null;
if (!canRun) console.warn('Redis or PostgreSQL is missing: the test of a worker process is skipped.');

(canRun ? describe : describe.skip)('gongkai enqueue and gongkai worker as processes of their own', () => {
  const folder = new TemporaryFolder();
  const started: ChildProcess[] = [];
  let redis: Service;
  let postgres: Service;
  let store: RunStore;
  let collector: Awaited<ReturnType<typeof startTraceReceiver>>;

  beforeAll(async () => {
    [redis, postgres, collector] = await Promise.all([startRedis(), startPostgres(), startTraceReceiver()]);
    const settings = { dataFolder: folder.path, databaseUrl: postgres.url, s3: null };
    store = await openRunStore(settings, systemClock);
  });
  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    await store.close();
    collector.stop();
    await Promise.all([redis.stop(), postgres.stop()]);
    folder.remove();
  });

  function gongkai(...args: readonly string[]): ChildProcess {
    const environment = {
      GONGKAI_DATABASE_URL: postgres.url,
      GONGKAI_REDIS_URL: redis.url,
      GONGKAI_DATA: folder.path,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    };
    const env = { ...process.env, ...environment };
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'ignore', env });
    started.push(child);
    return child;
  }

  function exitOf(child: ChildProcess): Promise<number | null> {
    return new Promise((resolve) => child.once('exit', resolve));
  }

  it(
    'tell how they are, and leave one trace from the request to the run',
    async () => {
      const port = await freePort();
      const worker = gongkai('worker', '--jobs', '1', '--port', String(port));
      const ended = exitOf(worker);
      const get = async (path: string) => {
        const answer = await fetch(`http://127.0.0.1:${port}${path}`);
        return { status: answer.status, text: await answer.text() };
      };
      const isReady = () =>
        get('/readyz').then(
          ({ status }) => status === 200,
          () => false,
        );
      await until(isReady);
      expect((await get('/healthz')).text).toBe('ok\n');
      expect(await exitOf(gongkai('enqueue', SAMPLE))).toBe(0);
      await until(async () => (await store.status()).runs === 1);
      await until(async () => (await get('/metrics')).text.includes('gongkai_jobs_total{outcome="done"} 1'));
      const { text } = await get('/metrics');
      expect(text).toContain('gongkai_queue_jobs{state="waiting"} 0');
      expect(text).toContain('gongkai_stage_seconds_count{stage="read"} 1');
      await postgres.restart('SIGINT');
      await until(isReady);
      worker.kill('SIGTERM');
      expect(await ended).toBe(0);
      expectOneTrace();
    },
    TEST_TIMEOUT_MS,
  );

  function expectOneTrace(): void {
    const { spans } = collector;
    const [{ runKey } = { runKey: '' }] = spans
      .filter(({ kind }) => kind === CONSUMER)
      .map(({ attributes }) => ({ runKey: String(attributes['bullmq.job.id']) }));
    expect(runKey).toMatch(/^[0-9a-f]{64}-/);
    const processed = spans.find((span) => span.kind === CONSUMER && span.name.startsWith('process'));
    const asked = spans.find((span) => span.kind === PRODUCER && span.traceId === processed?.traceId);
    expect(asked?.service).toBe('gongkai');
    expect(asked?.name).toMatch(/^add/);
    expect(processed?.parentSpanId).toBe(asked?.spanId);
  }
});
