import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { displayMatrix, displaySize, toTurn } from './display-transform.js';
import { type PdfPage, type PdfPagesReader, type PdfReader, PROPERTY_KEYS } from './pdf-reader.js';
import { loadPdfjs, type Pdfjs } from './pdfjs-module.js';
import { walkOperators } from './pdfjs-walk.js';
import { MOST_CHARACTERS_A_PAGE, overfullPage } from './overfull-page.js';
import { isVisible } from './place-glyph.js';
import { isShownAnnotation, PRINTED_ANNOTATIONS } from './printed-annotations.js';

/** Only errors are reported; what matters comes back as an exception or a missing page. */
const QUIET = 0;

/** Reads with pdf.js: slower than pdfium and independent of it. Uses its list of drawing operators for text and lines. */
export const readWithPdfjs: PdfReader = (bytes, settings) =>
  withDocument(bytes, async (pdfjs, document) => {
    const { pages, diagnostics } = await readPages(pdfjs, document, settings);
    if (document.numPages > settings.maxPages) {
      const message = `read ${settings.maxPages} of ${document.numPages} pages`;
      diagnostics.push({ code: 'TRUNCATED_READ', message });
    }
    return { engine: 'pdfjs', pages, properties: await readProperties(document), diagnostics };
  });

/** Reads some pages with pdf.js: most of its time goes into their fonts. */
export const readPagesWithPdfjs: PdfPagesReader = (bytes, settings, pageNumbers) =>
  withDocument(bytes, async (pdfjs, document) => {
    const { pages } = await readPages(pdfjs, document, settings, pageNumbers);
    return pages;
  });

async function withDocument<T>(
  bytes: Uint8Array,
  use: (pdfjs: Pdfjs, document: PDFDocumentProxy) => Promise<T>,
): Promise<T> {
  const pdfjs = await loadPdfjs();
  const task = pdfjs.library.getDocument({
    // The library detaches the buffer that it is given.
    data: new Uint8Array(bytes),
    cMapUrl: pdfjs.cMapUrl,
    cMapPacked: true,
    standardFontDataUrl: pdfjs.standardFontDataUrl,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    isEvalSupported: false,
    verbosity: QUIET,
  });
  try {
    return await use(pdfjs, await task.promise);
  } catch (error) {
    throw toAppError(error);
  } finally {
    await task.destroy();
  }
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') {
    return new AppError('SOURCE_ENCRYPTED', 'the PDF asks for a password', { cause: error });
  }
  return new AppError('SOURCE_CORRUPT', 'pdf.js cannot read the PDF', { cause: error });
}

async function readPages(
  pdfjs: Pdfjs,
  document: PDFDocumentProxy,
  settings: Parameters<PdfReader>[1],
  wanted?: ReadonlySet<number>,
): Promise<{ pages: PdfPage[]; diagnostics: Diagnostic[] }> {
  const diagnostics: Diagnostic[] = [];
  const pages: PdfPage[] = [];
  for (let pageNumber = 1; pageNumber <= Math.min(document.numPages, settings.maxPages); pageNumber++) {
    if (wanted?.has(pageNumber) === false) continue;
    try {
      const page = await readPage(pdfjs, await document.getPage(pageNumber));
      const isOverfull = page.glyphs.length > MOST_CHARACTERS_A_PAGE;
      if (isOverfull) diagnostics.push(overfullPage(pageNumber, page.glyphs.length));
      pages.push(isOverfull ? { ...page, glyphs: [], rulings: [], fills: [], drawings: [] } : page);
    } catch {
      diagnostics.push({
        code: 'PAGE_UNREADABLE',
        page: pageNumber,
        message: 'pdf.js cannot read this page',
      });
      pages.push({ pageNumber, width: 0, height: 0, glyphs: [], rulings: [], fills: [], hasImages: false });
    }
    settings.onPage?.(pageNumber);
  }
  return { pages, diagnostics };
}

async function readPage(pdfjs: Pdfjs, page: PDFPageProxy): Promise<PdfPage> {
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const frame = { left, bottom, right, top, turn: toTurn(page.rotate) };
  const operators = await page.getOperatorList({ annotationMode: pdfjs.library.AnnotationMode.ENABLE });
  const { width, height } = displaySize(frame);
  const drawn = walkOperators(
    operators,
    pdfjs.library.OPS,
    displayMatrix(frame),
    (name) => fontOf(page, name),
    await printedAnnotations(page),
  );
  page.cleanup();
  return {
    pageNumber: page.pageNumber,
    width,
    height,
    ...drawn,
    glyphs: drawn.glyphs.filter((glyph) => isVisible(glyph, width, height)),
  };
}

/** The ids of annotations that are part of what the page says. */
async function printedAnnotations(page: PDFPageProxy): Promise<Set<string>> {
  const annotations = (await page.getAnnotations()) as readonly PdfjsAnnotation[];
  const printed = annotations.filter(
    ({ annotationType, annotationFlags }) =>
      PRINTED_ANNOTATIONS.has(annotationType) && isShownAnnotation(annotationFlags),
  );
  return new Set(printed.map(({ id }) => id));
}

interface PdfjsAnnotation {
  readonly id: string;
  readonly annotationType: number;
  readonly annotationFlags: number;
}

/** What a font says about its characters' widths. */
export interface PdfjsFont {
  readonly fontMatrix?: readonly number[];
  readonly vertical?: boolean;
}

function fontOf(page: PDFPageProxy, name: string): PdfjsFont {
  return page.commonObjs.has(name) ? (page.commonObjs.get(name) as PdfjsFont) : {};
}

async function readProperties(document: PDFDocumentProxy): Promise<Record<string, string>> {
  const { info } = await document.getMetadata();
  const stated = info as Readonly<Record<string, unknown>>;
  const properties: Record<string, string> = {};
  for (const key of PROPERTY_KEYS) {
    const value = stated[key];
    if (typeof value === 'string' && value !== '') properties[key] = value;
  }
  return properties;
}
