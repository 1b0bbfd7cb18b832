import { mapInOrder } from '../../concurrency/map-in-order.js';
import { AppError } from '../../errors/app-error.js';
import { READER_IN_PROCESS, type PageReader } from '../../ocr/page-reader.js';
import type { ExtractSettings } from '../extractor.js';

/** Pages up to the first one that the time limit ended, which `late` then says. */
export interface RecognisedPages<Out> {
  readonly read: readonly Out[];
  readonly late: AppError | null;
}

/**
 * Recognises the pages of one source side by side, as far as the settings' reader goes, and gives them in their order.
 * `onPage` is told of each once all before it are done. What `recognise` throws is thrown, TIME_LIMIT excepted.
 */
export async function recognisePages<In extends { readonly pageNumber: number }, Out>(
  pages: readonly In[],
  { pageReader = READER_IN_PROCESS, onPage }: Pick<ExtractSettings, 'pageReader' | 'onPage'>,
  recognise: (page: In, reader: PageReader) => Promise<Out>,
): Promise<RecognisedPages<Out>> {
  const read: Out[] = [];
  try {
    for await (const one of mapInOrder(pages, pageReader.lookAhead, (page) => recognise(page, pageReader))) {
      const pageNumber = pages[read.length]?.pageNumber;
      read.push(one);
      if (pageNumber !== undefined) onPage?.(pageNumber);
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'TIME_LIMIT') return { read, late: error };
    throw error;
  }
  return { read, late: null };
}
