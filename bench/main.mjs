import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';

/** One file a question, each in a process of its own as bin/gongkai starts it, so that its peak memory is its own. */
const QUESTIONS = ['throughput', 'stages', 'readers', 'memory', 'ocr'];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !QUESTIONS.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Questions: ${QUESTIONS.join(', ')}.`);
  process.exit(64);
}
await build();
const { DEFAULT_POOL_SETTINGS } = await import('../dist/pool/pool-settings.js');
const { SEMI_SPACE_MB } = await import('../dist/pool/slot.js');
/** These read in the process's own thread, which is therefore given the heap of a thread of the pool. */
const READ_BY_THEMSELVES = ['stages', 'readers', 'memory'];
const HEAP_OF_A_THREAD = [
  `--max-old-space-size=${DEFAULT_POOL_SETTINGS.heapMb}`,
  `--max-semi-space-size=${SEMI_SPACE_MB}`,
];

for (const name of asked.length > 0 ? asked : QUESTIONS) {
  const file = join(fileURLToPath(new URL('.', import.meta.url)), `${name}.mjs`);
  const heap = READ_BY_THEMSELVES.includes(name) ? HEAP_OF_A_THREAD : [];
  const { status } = spawnSync(process.execPath, ['--single-threaded-gc', '--expose-gc', ...heap, file], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exitCode = 1;
}
