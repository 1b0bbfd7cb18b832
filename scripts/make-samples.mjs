import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeSamples } from './samples/definitions.mjs';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'samples');
/** Without this flag nothing is written: a sample changes on purpose or not at all. */
const isWriting = process.argv.includes('--write');

const changed = [];
for (const { path, bytes, truth } of makeSamples()) {
  const expected = `${JSON.stringify(truth, null, 2)}\n`;
  await settle(join(FOLDER, path), bytes);
  await settle(join(FOLDER, path.replace(/\.[^.]+$/, '.expected.json')), Buffer.from(expected));
}
report();

async function settle(path, wanted) {
  const found = await readFile(path).catch(() => null);
  if (found?.equals(wanted)) return;
  changed.push(path);
  if (!isWriting) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, wanted);
}

function report() {
  for (const path of changed) console.log(`${isWriting ? 'written' : 'differs'}: ${path}`);
  if (changed.length === 0) console.log('samples/ holds what scripts/samples describes.');
  else if (!isWriting) {
    console.log('Nothing was written: run "npm run samples:update -- --write" where the change is meant.');
    process.exitCode = 1;
  }
}
