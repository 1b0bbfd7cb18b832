import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadTruths, type PlacedTruth } from '../src/cli/load-truth.js';
import { digestRecord } from '../src/evaluation/output-digest.js';
import { score } from '../src/evaluation/score.js';
import type { GongkaiRecord } from '../src/model/record.js';
import { processDocument } from '../src/pipeline/process-document.js';
import { DEFAULT_SETTINGS, EXTRACTOR_VERSION } from '../src/pipeline/settings.js';

const FOLDER = join(process.cwd(), 'samples');
const LEAST_SAMPLES = 10;
const samples = await loadTruths(FOLDER);
const records = new Map<string, GongkaiRecord>();

beforeAll(async () => {
  for (const { path } of samples) records.set(path, await read(path));
});

describe('samples', () => {
  test(`there are at least ${LEAST_SAMPLES}, of all four formats`, () => {
    expect(samples.length).toBeGreaterThanOrEqual(LEAST_SAMPLES);
    expect(new Set(samples.map(({ truth }) => truth.format))).toEqual(
      new Set(['docx', 'html', 'pdf', 'text']),
    );
  });

  test.each(samples.map((sample) => [basename(sample.path), sample] as const))(
    '%s gives the record that stands beside it',
    (_, { truth, path }) => {
      const { figures, errors } = score([truth], () => records.get(path));
      expect(errors).toEqual([]);
      expect(figures).toMatchObject({ form: 1, extra: 0, no_record: 0 });
    },
  );

  test.each(slips().map((sample) => [basename(sample.path), sample] as const))(
    '%s: its own arithmetic slip fails a check and is kept as printed',
    (_, { path }) => {
      expect(records.get(path)?.checks.filter((check) => check.status === 'failed')).not.toEqual([]);
    },
  );

  test('other records mean another version of the extractor', () => {
    const outputs = JSON.parse(readFileSync(join(FOLDER, 'outputs.json'), 'utf8')) as Outputs;
    const digests = samples.map(({ path }): [string, string] => {
      const record = records.get(path);
      return [path.slice(FOLDER.length + 1), record ? digestRecord(record) : ''];
    });
    // Where this fails: raise EXTRACTOR_VERSION in src/pipeline/settings.ts, then npm run samples:update -- --write.
    expect({ version: EXTRACTOR_VERSION, digests: Object.fromEntries(digests) }).toEqual(outputs);
  });

  test('nothing that runs by itself writes samples or the scoreboard', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const commands = [...Object.values(scripts), readFileSync('.ci/run', 'utf8')];
    expect(
      commands.filter((command) => /make-samples\S* .*--write|samples\S* -- --write|--update/.test(command)),
    ).toEqual([]);
  });
});

interface Outputs {
  readonly version: string;
  readonly digests: Readonly<Record<string, string>>;
}

function slips(): PlacedTruth[] {
  return samples.filter(({ truth }) => truth.expect_failed.length > 0);
}

function read(path: string): Promise<GongkaiRecord> {
  const input = { path, uri: null, hints: { name: basename(path) } };
  return processDocument(new Uint8Array(readFileSync(path)), input, DEFAULT_SETTINGS);
}
