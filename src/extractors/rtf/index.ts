import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Extractor } from '../extractor.js';
import { assembleParagraphs, type AssembledParts } from '../word-tables/assemble-paragraphs.js';
import { readRtf } from './read-rtf.js';

const SIGNATURE = /^(?:\xef\xbb\xbf)?\s*\{\\rtf/;

/** Rich Text Format with its tables, Chinese in code pages or Unicode (specification 1.9.1). */
export const rtfExtractor: Extractor = {
  format: 'rtf',
  mediaType: 'application/rtf',
  extract(bytes, settings) {
    return Promise.resolve().then(() => {
      if (bytes.length > settings.maxBytes) {
        throw new AppError('SOURCE_TOO_LARGE', `${bytes.length} bytes, limit ${settings.maxBytes}`);
      }
      if (!SIGNATURE.test(new TextDecoder('latin1').decode(bytes.subarray(0, 64)))) {
        throw new AppError('SOURCE_CORRUPT', 'RTF: the file does not start as RTF does');
      }
      const content = readRtf(bytes, settings.maxCharacters);
      const parts: AssembledParts = { blocks: [], tables: [] };
      assembleParagraphs(content.headersAndFooters, 0, 'furniture', parts);
      assembleParagraphs(content.body, 0, 'body', parts);
      const diagnostics: Diagnostic[] = [];
      if (content.isCutOff) diagnostics.push({ code: 'TRUNCATED_READ', message: 'the file breaks off' });
      if (content.hasHiddenText) {
        diagnostics.push({ code: 'HIDDEN_TEXT_SKIPPED', message: 'text formatted as hidden was left out' });
      }
      return {
        format: 'rtf' as const,
        pages: [{ pageNumber: 1, width: null, height: null }],
        ...parts,
        properties: {},
        diagnostics,
      };
    });
  },
};
