import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DEFAULT_SETTINGS } from '../dist/pipeline/settings.js';
import { DEFAULT_POOL_SETTINGS, DocumentPool } from '../dist/pool/document-pool.js';
import { documentsByFormat, inputOf, print, rounded, say } from './support.mjs';

/**
 * Documents a second, for each format, with one worker and with two, each set of documents read in turns. Workers live
 * long (5,000 documents): what they do with their first documents is mostly compiling, and is not measured.
 */
const WARM_UP_DOCUMENTS = 600;
const DOCUMENTS_A_TURN = 120;
const TURNS = 3;
const CEILING_MS = 4_000;
const NOTHING = { documents_per_second: 0 };

const { set, groups } = documentsByFormat();
for (const [format, documents] of Object.entries(groups)) {
  if (documents.length === 0) continue;
  say(`throughput: ${format}`);
  const best = { 1: NOTHING, 2: NOTHING };
  const pools = { 1: openPool(1), 2: openPool(2) };
  for (const workers of [1, 2])
    await readAll(pools[workers], repeated(documents, workers * WARM_UP_DOCUMENTS));
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const workers of [1, 2]) {
      const measured = await measure(pools[workers], documents);
      if (measured.documents_per_second > best[workers].documents_per_second) best[workers] = measured;
    }
  }
  await Promise.all(Object.values(pools).map((pool) => pool.close()));
  for (const workers of [1, 2]) print({ question: 'throughput', format, set, workers, ...best[workers] });
  const speedUp = best[2].documents_per_second / best[1].documents_per_second;
  print({ question: 'throughput', format, set, speed_up: rounded(speedUp), target: 1.8 });
}
await printCeiling();

/** What the machine itself gives: bare pdfium in two processes at once beside one. */
async function printCeiling() {
  say('throughput: bare pdfium in processes of its own');
  const [alone, together] = [await bareRate(1), await bareRate(2)];
  print({
    question: 'throughput',
    reader: 'bare pdfium in two processes',
    set,
    speed_up: rounded(together / alone),
  });
}

/** Documents a second of all processes together, which start at the same moment. */
async function bareRate(processes) {
  const file = fileURLToPath(new URL('bare-process.mjs', import.meta.url));
  const children = Array.from({ length: processes }, () => fork(file, [String(CEILING_MS)]));
  await Promise.all(children.map((child) => once(child, 'message')));
  for (const child of children) child.send('start');
  const rates = await Promise.all(children.map((child) => once(child, 'message')));
  return rates.reduce((sum, [rate]) => sum + rate, 0);
}

function openPool(threads) {
  return new DocumentPool({ ...DEFAULT_POOL_SETTINGS, threads });
}

/** `processors` counts what V8 does beside the workers too: compiling and collecting, on a processor that is free. */
async function measure(pool, documents) {
  const many = repeated(documents, DOCUMENTS_A_TURN);
  const [start, before] = [performance.now(), process.cpuUsage()];
  await readAll(pool, many);
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const processor = (user + system) / 1000;
  return {
    documents_per_second: rounded((many.length / elapsed) * 1000),
    processors: rounded(processor / elapsed),
    processor_ms_per_document: rounded(processor / many.length),
  };
}

function repeated(documents, count) {
  return Array.from({ length: count }, (_, index) => documents[index % documents.length]);
}

async function readAll(pool, documents) {
  const requests = documents.map(({ path, bytes }) => ({
    load: () => Promise.resolve(bytes),
    input: inputOf(path),
    settings: DEFAULT_SETTINGS,
  }));
  // As whoever writes them out keeps none: the records of a whole turn would be work for the collector.
  await Promise.all(requests.map((request) => pool.readRecord(request).then(() => undefined)));
}
