// What queue and store cost beyond extraction: enqueues many small documents into real Redis and PostgreSQL, drains
// them with a reader that reads nothing, and prints one JSON line. Progress goes to stderr.
// Without the addresses it uses SQLite and a queue in memory. `start_to_kept_ms` with a concurrency of 1 is what one
// document costs beyond extraction; with more it holds the waiting for each other as well.
//   GONGKAI_REDIS_URL=… GONGKAI_DATABASE_URL=… node bench/queue-load.mjs [documents] [concurrency]
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMetrics } from '../dist/observability/metrics.js';
import { systemClock } from '../dist/ports/clock.js';
import { silentLogger } from '../dist/ports/logger.js';
import { openQueues } from '../dist/queue/open-queues.js';
import { runSettings } from '../dist/store/keys.js';
import { openObjectStore, openRunStore } from '../dist/store/open-stores.js';
import { enqueueDocuments } from '../dist/workers/enqueue-documents.js';
import { runWorker } from '../dist/workers/run-worker.js';
import { DEFAULT_SETTINGS } from '../dist/pipeline/settings.js';
import { processForSearch } from '../dist/pipeline/process-document.js';

const documents = Number(process.argv[2] ?? 50_000);
const concurrency = Number(process.argv[3] ?? 4);
const megabyte = 1024 * 1024;
const environment = process.env;

const folder = await mkdtemp(join(tmpdir(), 'gongkai-load-'));
const databaseUrl = environment.GONGKAI_DATABASE_URL || null;
const redisUrl = environment.GONGKAI_REDIS_URL || null;
const stores = { dataFolder: folder, databaseUrl, s3: null };
const store = await openRunStore(stores, systemClock);
const objects = openObjectStore(stores);
const queues = openQueues({ redisUrl, lockMs: 30_000 }, systemClock, silentLogger);
const memory = { enqueue: [], drain: [] };

/** A record of usual size: what the extractor makes of a real sample, made once. */
const { readFile } = await import('node:fs/promises');
const sample = await readFile(new URL('../samples/text/cut-markdown.txt', import.meta.url));
const input = { path: null, uri: null, hints: {} };
const { record, text } = await processForSearch(sample, input, DEFAULT_SETTINGS);

async function* items() {
  for (let index = 0; index < documents; index++) {
    const bytes = Buffer.from(`<p>${index} of ${folder}</p>`);
    const uri = `http://example.gov.cn/${index}.html`;
    yield {
      kind: 'document',
      document: { bytes, uri, path: null, contentType: 'text/html', crawledAt: null, meta: {} },
    };
  }
}

const spec = { extractorVersion: 'bench', settings: runSettings(DEFAULT_SETTINGS) };
const enqueueStart = performance.now();
await enqueueDocuments(
  items(),
  { store, objects, queues },
  { spec, batchId: null, priority: 'batch' },
  {
    problem: () => undefined,
    progress: ({ found }) => {
      if (found % 6_400 === 0) note('enqueue', found);
    },
  },
);
const enqueueMs = performance.now() - enqueueStart;
note('enqueue', documents);
const redisBytes = redisUrl === null ? null : await redisMemory();

const latencies = [];
const reader = {
  read: ({ bytes }) =>
    Promise.resolve({ record: recordOf(Number(/\d+/.exec(Buffer.from(bytes))?.[0])), text }),
  readAlone: () => Promise.resolve({ kind: 'record', record, text }),
  close: () => Promise.resolve(),
};
const timed = { ...store, start: timedStart, finish: timedFinish };
const begun = new Map();
const parts = {
  ...{ store: timed, objects, reader, logger: silentLogger, clock: systemClock },
  metrics: createMetrics(null),
  worker: 'bench/1',
  extractorVersion: 'bench',
  isGone: () => true,
};
const drainStart = performance.now();
const cpuBefore = process.cpuUsage();
const worker = await runWorker(parts, queues, {
  ...{ queues: ['extract'], concurrency, jobsPerSecond: null, refillMs: 60_000 },
});
while ((await store.countPending('extract')) > 0) {
  note('drain', latencies.length);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}
const drainMs = performance.now() - drainStart;
note('drain', documents);
const cpu = process.cpuUsage(cpuBefore);
await worker.stop(1_000);

latencies.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    bench: 'queue-load',
    store: databaseUrl === null ? 'sqlite' : 'postgres',
    queue: redisUrl === null ? 'memory' : 'redis',
    documents,
    concurrency,
    processor: cpus()[0]?.model,
    enqueue_ms_a_document: round(enqueueMs / documents),
    drain_ms_a_document: round(drainMs / documents),
    worker_cpu_ms_a_document: round((cpu.user + cpu.system) / 1_000 / documents),
    start_to_kept_ms: {
      median: round(quantile(0.5)),
      p95: round(quantile(0.95)),
      p99: round(quantile(0.99)),
    },
    rss_mb: { enqueue: ends(memory.enqueue), drain: ends(memory.drain) },
    redis_bytes_a_job: redisBytes,
    record_bytes: JSON.stringify(record).length,
  }),
);
await queues.close();
await store.close();
await rm(folder, { recursive: true, force: true });

/** Every agency reports for eight years, once each. */
function recordOf(index) {
  const agency = { ...record.meta.agency_name, value: `第${Math.floor(index / 8)}市教育局` };
  const year = { ...record.meta.year, value: 2010 + (index % 8) };
  return { ...record, meta: { ...record.meta, agency_name: agency, year } };
}

function timedStart(runKey, ...rest) {
  begun.set(runKey, performance.now());
  return store.start(runKey, ...rest);
}

async function timedFinish(work, finished) {
  const isNew = await store.finish(work, finished);
  latencies.push(performance.now() - (begun.get(work.runKey) ?? NaN));
  begun.delete(work.runKey);
  return isNew;
}

function note(phase, done) {
  memory[phase].push(Math.round(process.memoryUsage().rss / megabyte));
  console.error(`${phase} ${done}/${documents}, ${memory[phase].at(-1)} MB`);
}

async function redisMemory() {
  const { Redis } = await import('ioredis');
  const client = new Redis(redisUrl);
  const used = Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1]);
  await client.quit();
  return Math.round(used / documents);
}

function quantile(share) {
  return latencies[Math.floor(latencies.length * share)] ?? NaN;
}

function ends(values) {
  return { first: values[0], last: values.at(-1), most: Math.max(...values) };
}

function round(number) {
  return Math.round(number * 100) / 100;
}
