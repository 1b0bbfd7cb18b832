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
for (const name of asked.length > 0 ? asked : QUESTIONS) {
  const file = join(fileURLToPath(new URL('.', import.meta.url)), `${name}.mjs`);
  const { status } = spawnSync(process.execPath, ['--single-threaded-gc', '--expose-gc', file], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exitCode = 1;
}
