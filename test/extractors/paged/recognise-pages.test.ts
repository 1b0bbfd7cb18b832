import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../src/errors/app-error.js';
import { recognisePages } from '../../../src/extractors/paged/recognise-pages.js';
import type { PageReader } from '../../../src/ocr/page-reader.js';

const PAGES = [2, 3, 5, 8].map((pageNumber) => ({ pageNumber }));
const READER: PageReader = { lookAhead: 4, read: () => Promise.reject(new Error('not asked')) };

/** Pages that end in an order of their own: each as soon as those before it in `order` have. */
function inOrder(order: readonly number[], failures: Readonly<Record<number, AppError>> = {}) {
  const ends = new Map<number, Promise<void>>();
  let end = Promise.resolve();
  for (const page of order) {
    end = end.then(() => undefined);
    ends.set(page, end);
  }
  return async ({ pageNumber }: { pageNumber: number }): Promise<string> => {
    await ends.get(pageNumber);
    const failure = failures[pageNumber];
    if (failure) throw failure;
    return `page ${pageNumber}`;
  };
}

describe('recognisePages', () => {
  test('gives pages in their order, however they end', async () => {
    const told: number[] = [];
    const settings = { pageReader: READER, onPage: (page: number) => told.push(page) };
    const { read, late } = await recognisePages(PAGES, settings, inOrder([8, 5, 3, 2]));
    expect(read).toEqual(['page 2', 'page 3', 'page 5', 'page 8']);
    expect(told).toEqual([2, 3, 5, 8]);
    expect(late).toBeNull();
  });

  test('keeps the pages before the first that the time limit ended, and none behind it', async () => {
    const told: number[] = [];
    const settings = { pageReader: READER, onPage: (page: number) => told.push(page) };
    const failures = { 5: new AppError('TIME_LIMIT', 'late') };
    const { read, late } = await recognisePages(PAGES, settings, inOrder([8, 5, 3, 2], failures));
    expect(read).toEqual(['page 2', 'page 3']);
    expect(told).toEqual([2, 3]);
    expect(late).toMatchObject({ code: 'TIME_LIMIT' });
  });

  test('passes on any other failure', async () => {
    const failures = { 3: new AppError('INVARIANT_BROKEN', 'ended by itself') };
    const reading = recognisePages(PAGES, { pageReader: READER }, inOrder([2, 3, 5, 8], failures));
    await expect(reading).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
  });
});
