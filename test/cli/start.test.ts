import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseRecords, runCli } from '../helpers/run-cli.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';

let folder: TemporaryFolder;

beforeEach(() => {
  folder = new TemporaryFolder();
});
afterEach(() => folder.remove());

describe('gongkai start', () => {
  test('reads the samples into the store, prints what they became and writes the records', async () => {
    const out = join(folder.path, 'records.jsonl');
    const { stdout, exitCode } = await runCli(
      ['start', '--no-serve', '--data', join(folder.path, 'data'), '--out', out],
      { environment: { GONGKAI_JOBS: '2' } },
    );
    expect(stdout).toMatch(/samples\/docx\/auto-numbered\.docx +临河县教育体育局 +2021 +2021 +200\/207 /);
    expect(stdout).toMatch(/wrong-arithmetic\.html .* row:granted/);
    expect(stdout).toContain(`Records: ${out}`);
    expect(stdout).toContain('bin/gongkai serve');
    const records = parseRecords(readFileSync(out, 'utf8'));
    expect(records.length).toBeGreaterThanOrEqual(10);
    expect(records.every(({ error }) => !error)).toBe(true);
    expect(exitCode).toBe(0);
  });
});
