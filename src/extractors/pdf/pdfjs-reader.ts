import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { displayMatrix, displaySize, toTurn } from './display-transform.js';
import { type PdfPage, type PdfReader, type PdfReading, PROPERTY_KEYS } from './pdf-reader.js';
import { loadPdfjs, type Pdfjs } from './pdfjs-module.js';
import { type OperatorList, walkOperators } from './pdfjs-walk.js';

const EMPTY_PAGE = { width: 0, height: 0, glyphs: [], rulings: [], fills: [], hasImages: false };

/** Messages of the library on standard output are for its developers. */
const SILENT = 0;

/** Reads with pdf.js: slower than pdfium, made by other people, and therefore a second opinion. */
export const readWithPdfjs: PdfReader = async (bytes, settings) => {
  const pdfjs = await loadPdfjs();
  const task = pdfjs.library.getDocument({
    // The library takes the buffer away from its owner.
    data: Uint8Array.from(bytes),
    cMapUrl: pdfjs.cMapUrl,
    cMapPacked: true,
    standardFontDataUrl: pdfjs.standardFontDataUrl,
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    verbosity: SILENT,
  });
  try {
    return await readPages(pdfjs, await task.promise, settings);
  } catch (error) {
    throw openError(error);
  } finally {
    await task.destroy();
  }
};

function openError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const isLocked = error instanceof Error && error.name === 'PasswordException';
  return isLocked
    ? new AppError('SOURCE_ENCRYPTED', 'the PDF asks for a password', { cause: error })
    : new AppError('SOURCE_CORRUPT', 'pdf.js cannot open the PDF', { cause: error });
}

async function readPages(
  pdfjs: Pdfjs,
  document: PDFDocumentProxy,
  settings: Parameters<PdfReader>[1],
): Promise<PdfReading> {
  const diagnostics: Diagnostic[] = [];
  const pages: PdfPage[] = [];
  for (let pageNumber = 1; pageNumber <= Math.min(document.numPages, settings.maxPages); pageNumber++) {
    const page = await readPage(pdfjs, document, pageNumber).catch(() => null);
    if (!page) {
      diagnostics.push({
        code: 'PAGE_UNREADABLE',
        page: pageNumber,
        message: 'pdf.js cannot read this page',
      });
    }
    pages.push(page ?? { pageNumber, ...EMPTY_PAGE });
    settings.onPage?.(pageNumber);
  }
  if (document.numPages > settings.maxPages) {
    const message = `read ${settings.maxPages} of ${document.numPages} pages`;
    diagnostics.push({ code: 'TRUNCATED_READ', message });
  }
  return { engine: 'pdfjs', pages, properties: await readProperties(document), diagnostics };
}

async function readPage(pdfjs: Pdfjs, document: PDFDocumentProxy, pageNumber: number): Promise<PdfPage> {
  const page = await document.getPage(pageNumber);
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const frame = { left, bottom, right, top, turn: toTurn(page.rotate) };
  const size = displaySize(frame);
  const list = (await page.getOperatorList()) as OperatorList;
  const { glyphs, rulings, fills, hasImages } = walkOperators(
    list,
    pdfjs.library.OPS,
    displayMatrix(frame),
    size,
  );
  page.cleanup();
  return { pageNumber, ...size, glyphs, rulings, fills, hasImages };
}

async function readProperties(document: PDFDocumentProxy): Promise<Record<string, string>> {
  const { info } = await document.getMetadata();
  const entries = info as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    PROPERTY_KEYS.flatMap((key) => {
      const value = entries[key];
      return typeof value === 'string' && value !== '' ? [[key, value]] : [];
    }),
  );
}
