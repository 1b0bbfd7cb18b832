import { AppError } from '../../errors/app-error.js';
import type { Document, Page } from '../../model/document.js';
import type { Extractor, ExtractSettings } from '../extractor.js';
import { toDocument } from '../paged/to-document.js';
import type { PdfEngine, PdfReader, PdfReading } from './pdf-reader.js';
import { repairEnd } from './repair-end.js';
import { readScans } from './read-scans.js';
import { readWithPdfium } from './pdfium-reader.js';
import { readPagesWithPdfjs, readWithPdfjs } from './pdfjs-reader.js';

const READERS: Readonly<Record<PdfEngine, PdfReader>> = { pdfium: readWithPdfium, pdfjs: readWithPdfjs };

/** PDF: tables from ruling lines and alignment, text in reading order, a box for everything. */
export const pdfExtractor: Extractor = {
  format: 'pdf',
  mediaType: 'application/pdf',
  async extract(bytes, settings) {
    const reading = await readScans(bytes, await read(bytes, settings), settings);
    const document = toDocument(reading, 'pdf');
    readings.set(document.pages, reading);
    return document;
  },
};

/** What documents were made of, under their lists of pages: those go on into whatever is made of a document. */
const readings = new WeakMap<Document['pages'], PdfReading>();

/** Lets go what a document was made of; without it, a full collection does, which is dear and comes late. */
export function forgetReading(document: Document): void {
  readings.delete(document.pages);
}

/**
 * A document that pdfium read, with some of its pages (by their numbers) as pdf.js reads them; null where that is not to
 * be had. Throws what pdf.js' reader throws.
 */
export async function readPagesAgain(
  document: Document,
  bytes: Uint8Array,
  pageNumbers: ReadonlySet<number>,
  settings: ExtractSettings,
): Promise<Document | null> {
  const first = readings.get(document.pages);
  if (first?.engine !== 'pdfium') return null;
  const pages = await readPagesWithPdfjs(bytes, settings, pageNumbers);
  const again = new Map(pages.map((page) => [page.pageNumber, page]));
  return toDocument(
    { ...first, pages: first.pages.map((page) => again.get(page.pageNumber) ?? page) },
    'pdf',
  );
}

/** Reads with one named engine, for a second opinion; errors as with `pdfExtractor`. */
export async function extractPdfWith(
  engine: PdfEngine,
  bytes: Uint8Array,
  settings: ExtractSettings,
): Promise<Document> {
  return toDocument(await READERS[engine](bytes, settings), 'pdf');
}

/** The pages of a PDF with their sizes as displayed; errors as with `pdfExtractor`. */
export async function pdfPageSizes(bytes: Uint8Array, settings: ExtractSettings): Promise<Page[]> {
  const { pages } = await read(bytes, settings);
  return pages.map(({ pageNumber, width, height }) => ({ pageNumber, width, height }));
}

async function read(bytes: Uint8Array, settings: ExtractSettings): Promise<PdfReading> {
  if (bytes.length === 0) throw new AppError('SOURCE_EMPTY', 'the PDF has no bytes');
  if (bytes.length > settings.maxBytes) throw new AppError('SOURCE_TOO_LARGE', `${bytes.length} bytes`);
  if (settings.pdfEngine !== 'auto') return READERS[settings.pdfEngine](bytes, settings);
  try {
    const reading = await READERS.pdfium(bytes, settings);
    return reading.isIncomplete ? await complete(bytes, settings, reading) : reading;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SOURCE_CORRUPT') throw error;
    return fallBack(bytes, settings, error);
  }
}

/** The second engine's reading where the first one left text out; the first one's where there is no other. */
async function complete(
  bytes: Uint8Array,
  settings: ExtractSettings,
  first: PdfReading,
): Promise<PdfReading> {
  const second = await READERS.pdfjs(bytes, settings).catch(() => null);
  const message = 'pdfium leaves out text that is printed more than once';
  if (second)
    return { ...second, diagnostics: [{ code: 'ENGINE_FELL_BACK', message }, ...second.diagnostics] };
  return { ...first, diagnostics: [{ code: 'TRUNCATED_READ', message }, ...first.diagnostics] };
}

/**
 * The second engine opens some files that the first does not. What neither opens may be cut off: its pages are looked
 * for. Where that does not help, the first engine's word counts.
 */
async function fallBack(bytes: Uint8Array, settings: ExtractSettings, first: AppError): Promise<PdfReading> {
  const second = await READERS.pdfjs(bytes, settings).catch(() => null);
  if (second) {
    const message = `pdf.js read what pdfium could not: ${first.message}`;
    return { ...second, diagnostics: [{ code: 'ENGINE_FELL_BACK', message }, ...second.diagnostics] };
  }
  const repaired = repairEnd(bytes);
  const reading = repaired && (await READERS.pdfium(repaired, settings).catch(() => null));
  if (!reading) throw first;
  const message = 'The file is cut off; what is left of it was read.';
  return { ...reading, diagnostics: [{ code: 'TRUNCATED_READ', message }, ...reading.diagnostics] };
}
