import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { makeSamples } from './samples/definitions.mjs';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'samples');
/** What the extractor made of the samples, under the version that made it. */
const OUTPUTS = join(FOLDER, 'outputs.json');
/** Without this flag nothing is written: a sample changes on purpose or not at all. */
const isWriting = process.argv.includes('--write');

await build();
const changed = [];
const samples = makeSamples();
for (const { path, bytes, truth } of samples) {
  await settle(join(FOLDER, path), bytes);
  await settle(
    join(FOLDER, path.replace(/\.[^.]+$/, '.expected.json')),
    Buffer.from(`${JSON.stringify(truth, null, 2)}\n`),
  );
}
await settleOutputs();
report();

async function settle(path, wanted) {
  const found = await readFile(path).catch(() => null);
  if (found?.equals(wanted)) return;
  changed.push(path);
  if (!isWriting) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, wanted);
}

/** Runs are keyed by the extractor's version, so other outputs under the same version are refused. */
async function settleOutputs() {
  const { processDocument } = await import('../dist/pipeline/process-document.js');
  const { DEFAULT_SETTINGS, EXTRACTOR_VERSION } = await import('../dist/pipeline/settings.js');
  const { digestRecord } = await import('../dist/evaluation/output-digest.js');
  const digests = {};
  for (const { path, bytes } of samples) {
    const input = { path, uri: null, hints: { name: path.split('/').at(-1) } };
    digests[path] = digestRecord(await processDocument(new Uint8Array(bytes), input, DEFAULT_SETTINGS));
  }
  const before = JSON.parse(await readFile(OUTPUTS, 'utf8').catch(() => '{}'));
  const isOther = JSON.stringify(before.digests) !== JSON.stringify(digests);
  if (isOther && before.version === EXTRACTOR_VERSION) {
    console.log(
      `The samples give other records: raise EXTRACTOR_VERSION (${EXTRACTOR_VERSION}) in src/pipeline/settings.ts.`,
    );
    process.exitCode = 1;
    return;
  }
  await settle(OUTPUTS, Buffer.from(`${JSON.stringify({ version: EXTRACTOR_VERSION, digests }, null, 2)}\n`));
}

function report() {
  for (const path of changed) console.log(`${isWriting ? 'written' : 'differs'}: ${path}`);
  if (changed.length === 0 || isWriting) return;
  console.log('Nothing was written. Where the change is meant: npm run samples -- --write');
  process.exitCode = 1;
}
