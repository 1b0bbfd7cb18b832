import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_SETTINGS } from '../../src/pipeline/settings.js';
import { DEFAULT_POOL_SETTINGS } from '../../src/pool/document-pool.js';
import { IsolatingReader } from '../../src/workers/isolated-reader.js';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-child-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const request = {
  bytes: new TextEncoder().encode('<p>不是年度报告</p>'),
  input: { path: 'a.html', uri: null, hints: { name: 'a.html' } },
  settings: DEFAULT_SETTINGS,
};

function childThat(name: string, code: string): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, `process.on('message', () => { ${code} });`);
  return file;
}

describe('IsolatingReader', () => {
  it('reads a document in a process of its own', async () => {
    const reader = new IsolatingReader(DEFAULT_POOL_SETTINGS);
    const outcome = await reader.readAlone(request, new AbortController().signal);
    expect(outcome).toMatchObject({ kind: 'record', record: { form: null } });
    await reader.close();
  });

  it('survives a document that kills its process', async () => {
    const reader = new IsolatingReader(
      DEFAULT_POOL_SETTINGS,
      childThat('kill', `process.kill(process.pid, 'SIGSEGV')`),
    );
    expect(await reader.readAlone(request, new AbortController().signal)).toEqual({
      kind: 'died',
      reason: 'SIGSEGV',
    });
    await reader.close();
  });

  it('ends the process when it is told to stop', async () => {
    const reader = new IsolatingReader(
      DEFAULT_POOL_SETTINGS,
      childThat('hang', 'setInterval(() => {}, 1000)'),
    );
    const abort = new AbortController();
    const outcome = reader.readAlone(request, abort.signal);
    setTimeout(() => abort.abort(), 100);
    expect(await outcome).toEqual({ kind: 'died', reason: 'SIGKILL' });
    await reader.close();
  });
});
