import { afterEach, describe, expect, it } from '@jest/globals';
import { runWorker, type RunningWorker } from '../../src/workers/run-worker.js';
import { until } from '../helpers/services.js';
import { openBench, type Bench } from '../helpers/worker-parts.js';

const SETTINGS = { queues: ['extract'], concurrency: 2, jobsPerSecond: null, refillMs: 20 } as const;

describe('runWorker', () => {
  let bench: Bench;
  let worker: RunningWorker;
  afterEach(async () => {
    await worker.stop(1_000);
    await bench.close();
  });

  it('takes up what has no finished run when it starts, and what others ask for later', async () => {
    bench = await openBench();
    await bench.admit('before');
    worker = await runWorker(bench.parts, bench.queues, SETTINGS);
    await until(async () => (await bench.parts.store.status()).runs === 1);
    await bench.admit('later');
    await until(async () => (await bench.parts.store.status()).runs === 2);
    expect(await bench.parts.store.countPending('extract')).toBe(0);
  });
});
