import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const PROGRAM = join(process.cwd(), 'bin', 'gongkai');

describe('bin/gongkai', () => {
  test('ends with 0 when all was read, from any folder', () => {
    const run = gongkai(['extract', join(process.cwd(), 'samples/text/cut-markdown.txt')], { cwd: '/' });
    expect(run.stdout).toContain('"form":"2014"');
    expect(run.status).toBe(0);
  });

  test('ends with 2 when some could not be read', () => {
    expect(gongkai(['extract', '/nowhere/x.pdf']).status).toBe(2);
  });

  test.each([
    [['extract'], "missing required argument 'path'"],
    [['extract', 'x', '--format', 'xml'], 'Allowed choices are jsonl, json, table'],
    [['extract', 'x', '--jobs', 'many'], 'whole number from 1 to 64'],
    [['extrakt', 'x'], 'Did you mean extract?'],
    [['eval', '/nowhere'], 'holds neither truth.jsonl'],
    [['extract', 'x', '--out', '/dev'], 'cannot be written'],
  ])('ends with 64 and says what to do: %j', (args, message) => {
    const run = gongkai(args);
    expect(run.stderr).toContain(message);
    expect(run.status).toBe(64);
  });

  test('ends with 78 when the environment does not fit', () => {
    const run = gongkai(['extract', 'x'], { env: { ...process.env, GONGKAI_JOBS: 'many' } });
    expect(run.stderr).toContain('GONGKAI_JOBS');
    expect(run.status).toBe(78);
  });

  test('ends quietly when the reader of its output has seen enough', () => {
    const shell = `${PROGRAM} extract samples/text samples/html | head -c 10`;
    const run = spawnSync('bash', ['-o', 'pipefail', '-c', shell], { encoding: 'utf8' });
    expect(run.stdout).toHaveLength(10);
    expect(run.stderr).not.toContain('EPIPE');
    expect(run.status).toBe(0);
  });

  test('prints its version and its help and ends with 0', () => {
    expect(gongkai(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(gongkai(['--help']).status).toBe(0);
  });
});

function gongkai(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8', timeout: 300_000, ...options });
}
