import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { displayMatrix, displaySize, type PageFrame, toTurn } from './display-transform.js';
import { dropPdfium, loadPdfium, type Pdfium } from './pdfium-module.js';
import { drawAnnotations } from './pdfium-annotations.js';
import { readGlyphs, settlePale } from './pdfium-glyphs.js';
import { MOST_CHARACTERS_A_PAGE, overfullPage } from './overfull-page.js';
import { readPaths } from './pdfium-paths.js';
import { settleUnseen } from './settle-unseen.js';
import { type PdfPage, type PdfReader, type PdfReading, PROPERTY_KEYS } from './pdf-reader.js';

/** FPDF_GetLastError: the password is missing or wrong (fpdfview.h), or the security scheme is unknown. */
const PASSWORD_ERRORS = [4, 5];
/** Bytes for the results of one call: the widest is a matrix of six doubles. */
const SCRATCH_BYTES = 64;
const UTF16 = new TextDecoder('utf-16le');
const EMPTY_PAGE = { width: 0, height: 0, glyphs: [], rulings: [], fills: [], hasImages: false };

/** Reads with pdfium (wasm). All memory is freed when the promise settles; a crash in the library costs only this source. */
export const readWithPdfium: PdfReader = async (bytes, settings) => {
  const pdfium = await loadPdfium();
  try {
    return readDocument(pdfium, bytes, settings);
  } catch (error) {
    // A trap inside wasm is a RuntimeError; everything else is a mistake of this program.
    if (!(error instanceof Error) || error.name !== 'RuntimeError') throw error;
    dropPdfium();
    throw new AppError('SOURCE_CORRUPT', 'pdfium gave up on this file', { cause: error });
  }
};

/** What the functions below share while one document is open. */
export interface OpenDocument extends Pdfium {
  readonly document: number;
  /** Address of SCRATCH_BYTES of memory for results. */
  readonly scratch: number;
}

function readDocument(pdfium: Pdfium, bytes: Uint8Array, settings: Parameters<PdfReader>[1]): PdfReading {
  const { api, heap } = pdfium;
  const memory = api.pdfium.wasmExports;
  const address = memory.malloc(bytes.length);
  if (address === 0)
    throw new AppError('SOURCE_TOO_LARGE', `${bytes.length} bytes do not fit into pdfium's memory`);
  const scratch = memory.malloc(SCRATCH_BYTES);
  heap.HEAPU8.set(bytes, address);
  const document = api.FPDF_LoadMemDocument(address, bytes.length, '');
  try {
    if (document === 0) throw openError(api.FPDF_GetLastError());
    return readPages({ ...pdfium, document, scratch }, settings);
  } finally {
    if (document !== 0) api.FPDF_CloseDocument(document);
    memory.free(address);
    memory.free(scratch);
  }
}

function openError(code: number): AppError {
  return PASSWORD_ERRORS.includes(code)
    ? new AppError('SOURCE_ENCRYPTED', 'the PDF asks for a password')
    : new AppError('SOURCE_CORRUPT', `pdfium cannot open the PDF (error ${code})`);
}

function readPages(open: OpenDocument, settings: Parameters<PdfReader>[1]): PdfReading {
  const pageCount = open.api.FPDF_GetPageCount(open.document);
  if (pageCount === 0) throw new AppError('SOURCE_CORRUPT', 'the PDF has no pages');
  const diagnostics: Diagnostic[] = [];
  const pages: PdfPage[] = [];
  let lostTexts = 0;
  for (let pageNumber = 1; pageNumber <= Math.min(pageCount, settings.maxPages); pageNumber++) {
    const read = readPage(open, pageNumber);
    lostTexts += read?.lostTexts ?? 0;
    if (!read) {
      diagnostics.push({
        code: 'PAGE_UNREADABLE',
        page: pageNumber,
        message: 'pdfium cannot load this page',
      });
    }
    if (read?.tooMany) diagnostics.push(overfullPage(pageNumber, read.tooMany));
    pages.push(read?.page ?? { pageNumber, ...EMPTY_PAGE });
    settings.onPage?.(pageNumber);
  }
  if (pageCount > settings.maxPages) {
    diagnostics.push({ code: 'TRUNCATED_READ', message: `read ${settings.maxPages} of ${pageCount} pages` });
  }
  return {
    engine: 'pdfium',
    isIncomplete: lostTexts > 0,
    pages,
    properties: readProperties(open),
    diagnostics,
  };
}

interface PageReading {
  readonly page: PdfPage;
  /** How many of its texts pdfium did not give. */
  readonly lostTexts: number;
  /** How many characters it has where those are more than can be laid out; they were not read then. */
  readonly tooMany?: number;
}

/** One page; null where pdfium cannot load it. */
function readPage(open: OpenDocument, pageNumber: number): PageReading | null {
  const { api } = open;
  const page = loadPage(open, pageNumber);
  if (page === 0) return null;
  const text = api.FPDFText_LoadPage(page);
  try {
    const frame = readFrame(open, page);
    const display = displayMatrix(frame);
    const size = displaySize(frame);
    const characters = text === 0 ? 0 : api.FPDFText_CountChars(text);
    if (characters > MOST_CHARACTERS_A_PAGE) {
      return { page: { pageNumber, ...EMPTY_PAGE, ...size }, lostTexts: 0, tooMany: characters };
    }
    const objects = { met: new Set<number>(), owners: [] };
    const printed = text === 0 ? [] : readGlyphs(open, text, display, size, objects);
    const { lostTexts, covers, ...drawn } = readPaths(open, page, display, objects.met);
    const inked = printed.some(({ isPale }) => isPale)
      ? settlePale(printed, [...drawn.fills, ...drawn.pictures])
      : printed;
    const glyphs = settleUnseen(inked, objects.owners, covers);
    return { page: { pageNumber, ...size, glyphs, ...drawn }, lostTexts };
  } finally {
    if (text !== 0) api.FPDFText_ClosePage(text);
    api.FPDF_ClosePage(page);
  }
}

/** A page with its filled-in fields and typed-on text; 0 where pdfium cannot load it. */
function loadPage({ api, document }: OpenDocument, pageNumber: number): number {
  const page = api.FPDF_LoadPage(document, pageNumber - 1);
  if (page === 0 || !drawAnnotations(api, page)) return page;
  api.FPDF_ClosePage(page);
  return api.FPDF_LoadPage(document, pageNumber - 1);
}

/** The visible box: crop box within media box, as pdfium settles it. */
function readFrame({ api, heap, scratch }: OpenDocument, page: number): PageFrame {
  api.FPDF_GetPageBoundingBox(page, scratch);
  const [left = 0, top = 0, right = 0, bottom = 0] = heap.HEAPF32.subarray(scratch >> 2, (scratch >> 2) + 4);
  return { left, bottom, right, top, turn: toTurn(api.FPDFPage_GetRotation(page) * 90) };
}

function readProperties({ api, heap, document }: OpenDocument): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const key of PROPERTY_KEYS) {
    const size = api.FPDF_GetMetaText(document, key, 0, 0);
    if (size <= 2) continue;
    const address = api.pdfium.wasmExports.malloc(size);
    api.FPDF_GetMetaText(document, key, address, size);
    // The last two bytes are the terminator.
    properties[key] = UTF16.decode(heap.HEAPU8.slice(address, address + size - 2));
    api.pdfium.wasmExports.free(address);
  }
  return properties;
}
