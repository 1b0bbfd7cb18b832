import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../errors/app-error.js';
import { parseTruth, parseTruthLines, type Truth } from '../evaluation/truth.js';

const TRUTH_FILE = 'truth.jsonl';
const EXPECTED_ENDING = '.expected.json';

/** A truth and where the document that it is about lies. */
export interface PlacedTruth {
  readonly truth: Truth;
  readonly path: string;
}

/**
 * The truths of a folder: the lines of its truth.jsonl, or, where it has none, every `<name>.expected.json` in it and
 * below. Throws USAGE where there is neither.
 */
export async function loadTruths(folder: string): Promise<PlacedTruth[]> {
  const lines = await readFile(join(folder, TRUTH_FILE), 'utf8').catch(() => null);
  if (lines !== null) {
    return parseTruthLines(lines, join(folder, TRUTH_FILE)).map((truth) => ({
      truth,
      path: join(folder, truth.file),
    }));
  }
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const expected = names.filter((name) => name.endsWith(EXPECTED_ENDING)).sort();
  if (expected.length === 0) {
    throw new AppError('USAGE', `${folder} holds neither ${TRUTH_FILE} nor any *${EXPECTED_ENDING}.`);
  }
  return Promise.all(expected.map((name) => loadExpected(join(folder, name))));
}

async function loadExpected(path: string): Promise<PlacedTruth> {
  const truth = parseTruth(await readFile(path, 'utf8'), path);
  return { truth, path: join(dirname(path), truth.file) };
}
