import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectStore } from '../../src/ports/object-store.js';
import { FileObjectStore } from '../../src/store/file-object-store.js';
import { S3ObjectStore } from '../../src/store/s3-object-store.js';
import { sha256 } from '../helpers/record-builder.js';
import { startS3 } from '../helpers/s3-server.js';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-objects-'));
const bytesOf = (text: string) => new TextEncoder().encode(text);

const adapters: { name: string; start: () => Promise<{ store: ObjectStore; stop: () => Promise<void> }> }[] =
  [
    {
      name: 'files',
      start: () =>
        Promise.resolve({ store: new FileObjectStore(join(folder, 'a')), stop: () => Promise.resolve() }),
    },
    {
      name: 'S3',
      start: async () => {
        const server = await startS3('gongkai');
        return { store: new S3ObjectStore(server.settings), stop: () => server.stop() };
      },
    },
  ];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const { name, start } of adapters) {
  describe(`an ObjectStore on ${name}`, () => {
    let started: Awaited<ReturnType<typeof start>>;
    beforeAll(async () => {
      started = await start();
    });
    afterAll(() => started.stop());

    it('gives back what it was given, under the hash of it', async () => {
      const name = await started.store.put(bytesOf('公开'));
      expect(name).toBe(sha256('公开'));
      expect(new TextDecoder().decode(await started.store.get(name))).toBe('公开');
      expect(await started.store.has(name)).toBe(true);
    });

    it('keeps empty bytes and takes the same bytes again, also at the same time', async () => {
      await Promise.all(Array.from({ length: 8 }, () => started.store.put(bytesOf('twice'))));
      const empty = await started.store.put(new Uint8Array(0));
      expect((await started.store.get(empty)).length).toBe(0);
      expect(await started.store.has(sha256('twice'))).toBe(true);
    });

    it('says that it lacks what it lacks', async () => {
      expect(await started.store.has(sha256('nothing'))).toBe(false);
      await expect(started.store.get(sha256('nothing'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(started.store.get('../../etc/passwd')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('answers a ping', async () => {
      await started.store.ping();
    });
  });
}

describe('FileObjectStore', () => {
  it('notices when a file no longer holds what its name says', async () => {
    const store = new FileObjectStore(join(folder, 'b'));
    const name = await store.put(bytesOf('right'));
    writeFileSync(join(folder, 'b', name.slice(0, 2), name.slice(2, 4), name), 'wrong');
    await expect(store.get(name)).rejects.toMatchObject({ code: 'SOURCE_CORRUPT' });
  });

  it('leaves no unfinished file behind when it fails', async () => {
    const blocked = join(folder, 'c');
    writeFileSync(blocked, 'a file where a folder should be');
    await expect(new FileObjectStore(blocked).put(bytesOf('x'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(readdirSync(folder).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });
});

describe('S3ObjectStore', () => {
  it('reports a refused signature and a service that is gone as an unavailable store', async () => {
    const server = await startS3('gongkai');
    const wrong = new S3ObjectStore({ ...server.settings, secretAccessKey: 'wrong' });
    await expect(wrong.put(bytesOf('x'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await server.stop();
    const gone = new S3ObjectStore(server.settings);
    await expect(gone.get(sha256('x'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
