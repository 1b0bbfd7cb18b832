import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findSources } from '../../src/cli/find-sources.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';

const LIMIT = 1_000;
let folder: TemporaryFolder;

beforeEach(() => {
  folder = new TemporaryFolder();
});
afterEach(() => folder.remove());

describe('findSources', () => {
  test('opens folders, sorts them, and keeps the order of the arguments', async () => {
    folder.write('b/2.html', 'x');
    folder.write('b/1/z.pdf', 'x');
    folder.write('a.txt', 'x');
    const found = await findSources([join(folder.path, 'b'), join(folder.path, 'a.txt')], stdin(''), LIMIT);
    expect(found.map(({ label }) => label.slice(folder.path.length + 1))).toEqual([
      'b/1/z.pdf',
      'b/2.html',
      'a.txt',
    ]);
  });

  test('passes over hidden files and bookkeeping in a folder, not where they are named', async () => {
    const named = folder.write('x.json', '{}');
    folder.write('.hidden.txt', 'x');
    folder.write('no-extension', 'x');
    const inFolder = await findSources([folder.path], stdin(''), LIMIT);
    expect(inFolder.map(({ label }) => label)).toEqual([join(folder.path, 'no-extension')]);
    expect(await findSources([named], stdin(''), LIMIT)).toHaveLength(1);
  });

  test('reads linked files and does not follow linked folders round in a circle', async () => {
    folder.write('real.txt', 'x');
    symlinkSync(join(folder.path, 'real.txt'), join(folder.path, 'linked.txt'));
    symlinkSync(folder.path, join(folder.path, 'circle'));
    const found = await findSources([folder.path], stdin(''), LIMIT);
    expect(found.map(({ input }) => input.hints.name)).toEqual(['linked.txt', 'real.txt']);
  });

  test('a path that does not exist shows when it is loaded', async () => {
    const [missing] = await findSources([join(folder.path, 'missing.pdf')], stdin(''), LIMIT);
    await expect(missing?.load()).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
  });

  test('a file beyond the limit is refused before it is read, a stream as soon as it is', async () => {
    const large = folder.write('large.txt', 'x'.repeat(LIMIT + 1));
    const sources = await findSources([large, '-'], stdin('y'.repeat(LIMIT + 1)), LIMIT);
    for (const source of sources)
      await expect(source.load()).rejects.toMatchObject({ code: 'SOURCE_TOO_LARGE' });
  });

  test('- is standard input', async () => {
    const [source] = await findSources(['-'], stdin('报告'), LIMIT);
    expect(source?.input.path).toBeNull();
    expect(Buffer.from((await source?.load()) ?? []).toString('utf8')).toBe('报告');
  });
});

function stdin(text: string): Readable {
  return Readable.from([Buffer.from(text)]);
}
