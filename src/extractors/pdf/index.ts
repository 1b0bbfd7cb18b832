import { AppError } from '../../errors/app-error.js';
import type { Document } from '../../model/document.js';
import type { Extractor, ExtractSettings } from '../extractor.js';
import { toDocument } from '../paged/to-document.js';
import type { PdfEngine, PdfReader, PdfReading } from './pdf-reader.js';
import { readScans } from './read-scans.js';
import { readWithPdfium } from './pdfium-reader.js';
import { readWithPdfjs } from './pdfjs-reader.js';

const READERS: Readonly<Record<PdfEngine, PdfReader>> = { pdfium: readWithPdfium, pdfjs: readWithPdfjs };

/** PDF: tables from ruling lines and alignment, text in reading order, a box for everything. */
export const pdfExtractor: Extractor = {
  format: 'pdf',
  mediaType: 'application/pdf',
  async extract(bytes, settings) {
    return toDocument(await readScans(bytes, await read(bytes, settings), settings), 'pdf');
  },
};

/** Reads with one named engine, for a second opinion; errors as with `pdfExtractor`. */
export async function extractPdfWith(
  engine: PdfEngine,
  bytes: Uint8Array,
  settings: ExtractSettings,
): Promise<Document> {
  return toDocument(await READERS[engine](bytes, settings), 'pdf');
}

async function read(bytes: Uint8Array, settings: ExtractSettings): Promise<PdfReading> {
  if (bytes.length === 0) throw new AppError('SOURCE_EMPTY', 'the PDF has no bytes');
  if (bytes.length > settings.maxBytes) throw new AppError('SOURCE_TOO_LARGE', `${bytes.length} bytes`);
  if (settings.pdfEngine !== 'auto') return READERS[settings.pdfEngine](bytes, settings);
  try {
    return await READERS.pdfium(bytes, settings);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SOURCE_CORRUPT') throw error;
    return fallBack(bytes, settings, error);
  }
}

/** The second engine opens some files that the first does not; where it does not either, the first one's word counts. */
async function fallBack(bytes: Uint8Array, settings: ExtractSettings, first: AppError): Promise<PdfReading> {
  const reading = await READERS.pdfjs(bytes, settings).catch(() => null);
  if (!reading) throw first;
  const message = `pdf.js read what pdfium could not: ${first.message}`;
  return { ...reading, diagnostics: [{ code: 'ENGINE_FELL_BACK', message }, ...reading.diagnostics] };
}
