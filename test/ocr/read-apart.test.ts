import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { RecognitionChild } from '../../src/ocr/read-apart.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';

const IMAGE = { width: 2, height: 1, data: new Uint8Array(8) };
const PAGE = { pageNumber: 1, width: 20, height: 10 };
const ANSWER = { tables: [], glyphs: [], quarters: 0, width: 20, height: 10 };

/** A child that answers page 1, hangs on page 2 and dies on page 3. */
const SCRIPT = `
process.once('disconnect', () => process.exit());
process.on('message', ({ image, place }) => {
  if (place.pageNumber === 2) for (;;);
  if (place.pageNumber === 3) process.exit(7);
  if (place.pageNumber === 4) return process.send({ kind: 'failed', code: 'SOURCE_CORRUPT', message: 'no page' });
  if (image.data.length === 8) process.send({ kind: 'page', page: ${JSON.stringify(ANSWER)} });
});`;

describe('RecognitionChild', () => {
  const folder = new TemporaryFolder();
  const open: RecognitionChild[] = [];
  afterAll(() => folder.remove());
  afterEach(() => {
    for (const child of open.splice(0)) child.close();
  });

  function start(): RecognitionChild {
    const child = new RecognitionChild(folder.write('child.mjs', SCRIPT));
    open.push(child);
    return child;
  }

  test('reads pages one after the other, asked for at once', async () => {
    const child = start();
    const pages = [child.read({ image: IMAGE, place: PAGE }), child.read({ image: IMAGE, place: PAGE })];
    expect(await Promise.all(pages)).toEqual([ANSWER, ANSWER]);
  });

  test('gives up at the deadline although the child is busy, and reads the next page with a new one', async () => {
    const child = start();
    const late = child.read({ image: IMAGE, place: { ...PAGE, pageNumber: 2, deadline: Date.now() + 50 } });
    const next = child.read({ image: IMAGE, place: PAGE });
    await expect(late).rejects.toMatchObject({ code: 'TIME_LIMIT' });
    expect(await next).toEqual(ANSWER);
  });

  test('survives the death of the child', async () => {
    const child = start();
    await expect(child.read({ image: IMAGE, place: { ...PAGE, pageNumber: 3 } })).rejects.toMatchObject({
      code: 'INVARIANT_BROKEN',
    });
    expect(await child.read({ image: IMAGE, place: PAGE })).toEqual(ANSWER);
  });

  test('passes on what the child could not do', async () => {
    const child = start();
    const failing = child.read({ image: IMAGE, place: { ...PAGE, pageNumber: 4 } });
    await expect(failing).rejects.toMatchObject({ code: 'SOURCE_CORRUPT', message: 'no page' });
  });
});
