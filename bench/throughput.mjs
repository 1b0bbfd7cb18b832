import { DEFAULT_SETTINGS } from '../dist/pipeline/settings.js';
import { DEFAULT_POOL_SETTINGS, DocumentPool } from '../dist/pool/document-pool.js';
import { documentsByFormat, inputOf, print, rounded, say } from './support.mjs';

/** Documents a second, for each format, with one worker and with two, each set of documents read in turns. */
const DOCUMENTS_A_TURN = 60;
const TURNS = 3;

const { set, groups } = documentsByFormat();
for (const [format, documents] of Object.entries(groups)) {
  if (documents.length === 0) continue;
  say(`throughput: ${format}`);
  const best = { 1: 0, 2: 0 };
  const pools = { 1: openPool(1), 2: openPool(2) };
  for (const pool of Object.values(pools)) await readAll(pool, documents.slice(0, 4));
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const workers of [1, 2])
      best[workers] = Math.max(best[workers], await rate(pools[workers], documents));
  }
  await Promise.all(Object.values(pools).map((pool) => pool.close()));
  for (const workers of [1, 2]) {
    print({ question: 'throughput', format, set, workers, documents_per_second: rounded(best[workers]) });
  }
  print({ question: 'throughput', format, set, speed_up: rounded(best[2] / best[1]), target: 1.8 });
}

function openPool(threads) {
  return new DocumentPool({ ...DEFAULT_POOL_SETTINGS, threads });
}

async function rate(pool, documents) {
  const many = Array.from({ length: DOCUMENTS_A_TURN }, (_, index) => documents[index % documents.length]);
  const start = performance.now();
  await readAll(pool, many);
  return (many.length / (performance.now() - start)) * 1000;
}

async function readAll(pool, documents) {
  const requests = documents.map(({ path, bytes }) => ({
    load: () => Promise.resolve(bytes),
    input: inputOf(path),
    settings: DEFAULT_SETTINGS,
  }));
  await Promise.all(requests.map((request) => pool.readRecord(request)));
}
