import { AppError } from '../errors/app-error.js';
import type { Format } from '../model/document.js';
import { docExtractor } from './doc/index.js';
import { docxExtractor } from './docx/index.js';
import type { Extractor } from './extractor.js';
import { htmlExtractor } from './html/index.js';
import { imageExtractor } from './image/index.js';
import { mhtmlExtractor } from './mhtml/index.js';
import { odtExtractor } from './odt/index.js';
import { ofdExtractor } from './ofd/index.js';
import { pdfExtractor } from './pdf/index.js';
import { rtfExtractor } from './rtf/index.js';
import { sheetExtractor } from './sheet/index.js';
import { textExtractor } from './text/index.js';

/** Every extractor there is. A new format is one more line here. */
export const EXTRACTORS: readonly Extractor[] = [
  pdfExtractor,
  docxExtractor,
  htmlExtractor,
  textExtractor,
  docExtractor,
  imageExtractor,
  rtfExtractor,
  mhtmlExtractor,
  odtExtractor,
  sheetExtractor,
  ofdExtractor,
];

/** The extractor that reads `format`; throws FORMAT_UNSUPPORTED where there is none. */
export function extractorFor(format: Format): Extractor {
  const extractor = EXTRACTORS.find((candidate) => candidate.format === format);
  if (!extractor) throw new AppError('FORMAT_UNSUPPORTED', `no extractor reads ${format}`);
  return extractor;
}
