import { asAppError } from '../../errors/app-error.js';
import type { Extractor } from '../extractor.js';
import { readWordDocument } from './read-word-document.js';
import { toDocument } from './to-document.js';

/** Binary Word 97 and later (`.doc`, `.wps` of the same kind): own reader after [MS-DOC]. */
export const docExtractor: Extractor = {
  format: 'doc',
  mediaType: 'application/msword',
  extract(bytes, settings) {
    return Promise.resolve().then(() => {
      try {
        return toDocument(readWordDocument(bytes, settings));
      } catch (error) {
        // A structure that points outside its stream shows as a RangeError of the DataView.
        throw asAppError(error, 'SOURCE_CORRUPT');
      }
    });
  },
};
