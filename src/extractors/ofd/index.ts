import type { Extractor } from '../extractor.js';
import { toDocument } from '../paged/to-document.js';
import { readOfdPages } from './read-package.js';
import { readOfdPage } from './read-page.js';

/** OFD, the Chinese national format for fixed layout (GB/T 33190-2016): tables from its lines, as in a PDF. */
export const ofdExtractor: Extractor = {
  format: 'ofd',
  mediaType: 'application/ofd',
  async extract(bytes, settings) {
    const { pages, diagnostics } = await readOfdPages(bytes, settings.maxPages);
    const printed = pages.map((page) => readOfdPage(page));
    return toDocument({ pages: printed, properties: {}, diagnostics }, 'ofd');
  },
};
