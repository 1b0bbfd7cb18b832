import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { AppError } from '../../src/errors/app-error.js';
import { silentLogger } from '../../src/ports/logger.js';
import { systemClock } from '../../src/ports/clock.js';
import type { Consumer, ConsumeOptions, Job, JobQueue } from '../../src/ports/job-queue.js';
import { BullmqQueue } from '../../src/queue/bullmq-queue.js';
import { InProcessQueue } from '../../src/queue/in-process-queue.js';
import { sha256 } from '../helpers/record-builder.js';
import { hasRedis, startRedis, until, type Service } from '../helpers/services.js';

/** A job whose worker is silent for so long is given to another: longer than any machine keeps a test waiting. */
const LOCK_MS = 600_000;
/** Where a job must be given to another soon; it may then come twice. */
const SHORT_LOCK_MS = 3_000;
/** Pauses are at their shortest, so that retries do not slow the tests down. */
const hastyClock = { ...systemClock, random: () => 0 };

let redis: Service | null = null;
let queueCount = 0;
const adapters = [
  { name: 'process memory', isInstalled: true, make: (): JobQueue => new InProcessQueue(hastyClock) },
  { name: 'BullMQ', isInstalled: hasRedis(), make: (): JobQueue => bullmqQueue(`queue${++queueCount}`) },
];

function bullmqQueue(queueName: string, lockMs = LOCK_MS): BullmqQueue {
  const settings = { redisUrl: redis?.url ?? '', queueName, lockMs };
  return new BullmqQueue(settings, hastyClock, silentLogger);
}

function key(name: string): string {
  return `${sha256(name)}-1.0.0-abcdef012345`;
}

beforeAll(async () => {
  if (hasRedis()) redis = await startRedis();
});
afterAll(async () => redis?.stop());

for (const { name, isInstalled, make } of adapters) {
  const suite = isInstalled ? describe : describe.skip;
  suite(`a JobQueue in ${name}`, () => {
    const opened: (() => Promise<void>)[] = [];

    function open(): JobQueue {
      const queue = make();
      opened.push(() => queue.close());
      return queue;
    }

    async function consume(queue: JobQueue, options: Partial<ConsumeOptions>): Promise<Consumer> {
      const consumer = await queue.consume({
        concurrency: 1,
        jobsPerSecond: null,
        handle: () => Promise.resolve(),
        onDead: () => Promise.resolve(),
        ...options,
      });
      opened.unshift(() => consumer.stop(0));
      return consumer;
    }

    afterEach(async () => {
      for (const close of opened.splice(0)) await close();
    });

    it('delivers every job once', async () => {
      const queue = open();
      const keys = Array.from({ length: 250 }, (_, index) => key(`job ${index}`));
      await queue.add(keys.map((runKey) => ({ runKey, priority: 'batch' })));
      expect(await queue.depth()).toEqual({ waiting: 250, active: 0, delayed: 0 });
      const seen: string[] = [];
      await consume(queue, { concurrency: 5, handle: (job) => Promise.resolve(void seen.push(job.runKey)) });
      await until(async () => seen.length >= 250 && (await queue.depth()).active === 0);
      expect([...seen].sort()).toEqual([...keys].sort());
      expect(await queue.depth()).toEqual({ waiting: 0, active: 0, delayed: 0 });
    });

    it('takes the same job once while it waits, and again when it is over', async () => {
      const queue = open();
      const job = { runKey: key('a'), priority: 'batch' as const };
      await queue.add([job, job]);
      await queue.add([job]);
      let seen = 0;
      await consume(queue, { handle: () => Promise.resolve(void seen++) });
      await until(async () => seen === 1 && (await queue.depth()).active === 0);
      await queue.add([job]);
      await until(() => seen === 2);
    });

    it('delivers interactive jobs before batch jobs', async () => {
      const queue = open();
      await queue.add([
        { runKey: key('slow 1'), priority: 'batch' },
        { runKey: key('slow 2'), priority: 'batch' },
        { runKey: key('quick'), priority: 'interactive' },
      ]);
      const seen: Job[] = [];
      await consume(queue, { handle: (job) => Promise.resolve(void seen.push(job)) });
      await until(() => seen.length === 3);
      expect(seen[0]).toMatchObject({ runKey: key('quick'), priority: 'interactive', attempt: 1 });
    });

    it('tries again what may pass', async () => {
      const queue = open();
      await queue.add([{ runKey: key('a'), priority: 'batch' }]);
      const attempts: number[] = [];
      await consume(queue, {
        handle: (job) => {
          attempts.push(job.attempt);
          return attempts.length < 3
            ? Promise.reject(new AppError('STORE_UNAVAILABLE', 'away'))
            : Promise.resolve();
        },
      });
      await until(() => attempts.length === 3);
      expect(attempts).toEqual([1, 2, 3]);
    });

    it('gives up at once on what cannot pass, and says why', async () => {
      const queue = open();
      await queue.add([{ runKey: key('a'), priority: 'batch' }]);
      const dead: string[] = [];
      await consume(queue, {
        handle: () => Promise.reject(new AppError('SOURCE_CORRUPT', 'broken')),
        onDead: (job, error) => Promise.resolve(void dead.push(`${job.runKey} ${error.code}`)),
      });
      await until(async () => dead.length === 1 && (await queue.depth()).active === 0);
      expect(dead).toEqual([`${key('a')} SOURCE_CORRUPT`]);
      expect(await queue.depth()).toEqual({ waiting: 0, active: 0, delayed: 0 });
    });

    it('keeps a dead job until its end could be noted', async () => {
      const queue = open();
      await queue.add([{ runKey: key('a'), priority: 'batch' }]);
      let notes = 0;
      await consume(queue, {
        handle: () => Promise.reject(new AppError('SOURCE_CORRUPT', 'broken')),
        onDead: () =>
          ++notes < 2 ? Promise.reject(new AppError('STORE_UNAVAILABLE', 'away')) : Promise.resolve(),
      });
      await until(async () => notes === 2 && (await queue.depth()).active === 0);
      expect(await queue.depth()).toEqual({ waiting: 0, active: 0, delayed: 0 });
    });

    it('holds a rate', async () => {
      const queue = open();
      await queue.add(
        Array.from({ length: 9 }, (_, n) => ({ runKey: key(`r${n}`), priority: 'batch' as const })),
      );
      let seen = 0;
      const start = Date.now();
      await consume(queue, { jobsPerSecond: 4, concurrency: 3, handle: () => Promise.resolve(void seen++) });
      await until(() => seen === 9);
      expect(Date.now() - start).toBeGreaterThan(1_500);
    });

    it('removes a job that waits', async () => {
      const queue = open();
      await queue.add([{ runKey: key('a'), priority: 'batch' }]);
      await queue.remove(key('a'));
      expect((await queue.depth()).waiting).toBe(0);
    });

    it('lets the work under way finish when it stops', async () => {
      const queue = open();
      await queue.add([
        { runKey: key('a'), priority: 'batch' },
        { runKey: key('b'), priority: 'batch' },
      ]);
      // Redis counts a job as active a moment before its handler starts.
      const releases: (() => void)[] = [];
      let finished = 0;
      const consumer = await consume(queue, {
        handle: async () => {
          await new Promise<void>((resolve) => releases.push(resolve));
          finished++;
        },
      });
      await until(() => releases.length === 1);
      const stopped = consumer.stop(60_000);
      releases[0]?.();
      await stopped;
      expect(finished).toBe(1);
      expect(await queue.depth()).toEqual({ waiting: 1, active: 0, delayed: 0 });
    });

    it('hands back what takes too long when it stops, without counting a try', async () => {
      const queue = open();
      await queue.add([{ runKey: key('a'), priority: 'batch' }]);
      let hasStarted = false;
      const consumer = await consume(queue, {
        handle: (_, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('stopped')));
            hasStarted = true;
          }),
      });
      await until(() => hasStarted);
      await consumer.stop(10);
      expect(await queue.depth()).toEqual({ waiting: 1, active: 0, delayed: 0 });
      const attempts: number[] = [];
      await consume(queue, { handle: (job) => Promise.resolve(void attempts.push(job.attempt)) });
      await until(() => attempts.length === 1);
      expect(attempts).toEqual([1]);
    });
  });
}

(hasRedis() ? describe : describe.skip)('BullmqQueue', () => {
  it('keeps every job far below four kilobytes in Redis', async () => {
    const queue = bullmqQueue('sizes');
    await queue.add([
      { runKey: key('a'), priority: 'batch' },
      { runKey: key('b'), priority: 'interactive' },
    ]);
    const raw = new Queue('sizes', { connection: { url: redis?.url ?? '' }, prefix: '{gongkai}' });
    for (const job of await raw.getJobs(['wait', 'prioritized'])) {
      expect(JSON.stringify(job.toJSON()).length).toBeLessThan(4_096);
      expect(job.data).toEqual({ priority: expect.any(String) });
    }
    await raw.close();
    await queue.close();
  });

  it('loses no job when Redis is killed and starts again', async () => {
    const queue = bullmqQueue('restart', SHORT_LOCK_MS);
    const keys = Array.from({ length: 40 }, (_, index) => key(`restart ${index}`));
    await queue.add(keys.map((runKey) => ({ runKey, priority: 'batch' })));
    const seen = new Set<string>();
    const consumer = await queue.consume({
      concurrency: 2,
      jobsPerSecond: null,
      handle: async (job) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.add(job.runKey);
      },
      onDead: () => Promise.resolve(),
    });
    await until(() => seen.size > 5);
    await redis?.restart('SIGTERM');
    await until(() => seen.size === keys.length);
    await consumer.stop(5_000);
    await queue.close();
  });

  it('says so when Redis does not answer', async () => {
    const settings = { redisUrl: 'redis://127.0.0.1:1', queueName: 'q', lockMs: LOCK_MS, patienceMs: 300 };
    const queue = new BullmqQueue(settings, systemClock, silentLogger);
    await expect(queue.add([{ runKey: key('a'), priority: 'batch' }])).rejects.toMatchObject({
      code: 'QUEUE_UNAVAILABLE',
    });
    await queue.close();
  });

  it('refuses an address that is none', () => {
    const settings = { redisUrl: 'localhost', queueName: 'q', lockMs: LOCK_MS };
    expect(() => new BullmqQueue(settings, systemClock, silentLogger)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
  });
});
