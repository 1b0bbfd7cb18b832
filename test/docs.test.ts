import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { CATALOGUE } from '../src/errors/codes.js';
import { DEFAULT_SETTINGS, processDocument } from '../src/pipeline/process-document.js';

/** The generator runs in a process of its own: it needs the compiled code, as `npm run docs` does. */
const PAGES = JSON.parse(
  execFileSync(
    process.execPath,
    [
      '-e',
      "import('./scripts/docs.mjs').then(async (docs) => console.log(JSON.stringify(await docs.makePages())))",
    ],
    { encoding: 'utf8' },
  ),
) as [path: string, text: string][];

describe('documentation', () => {
  test.each(PAGES)('%s is what npm run docs writes', (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('docs/errors.md lists every code of the catalogue and no other', () => {
    const listed = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([A-Z_]+)`/gm)].map(
      (match) => match[1],
    );
    expect(listed.sort()).toEqual(Object.keys(CATALOGUE).sort());
  });

  test('README names two commands that do all the set-up', () => {
    const readme = readFileSync('README.md', 'utf8');
    expect(readme).toContain('npm ci && npm start');
    expect(readme).toContain('npm ci && npm test');
  });

  test("README's record is part of what its sample becomes", async () => {
    const [, example = ''] = /```json\n(.*?)```/s.exec(readFileSync('README.md', 'utf8')) ?? [];
    const shown = JSON.parse(example) as Record<string, unknown>;
    const bytes = readFileSync('samples/text/shifted-columns.txt');
    const record = await processDocument(bytes, { path: null, uri: null, hints: {} }, DEFAULT_SETTINGS);
    const { checks, ...rest } = shown;
    expect(record).toMatchObject(rest);
    expect(record.checks.filter(({ status }) => status === 'failed')).toMatchObject(checks as object[]);
    expect(Object.keys(record.fields)).toHaveLength(198);
  });
});
