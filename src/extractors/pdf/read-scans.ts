import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { alignPages } from '../../ocr/align-pages.js';
import { readPageApart } from '../../ocr/read-apart.js';
import { COMMON_CHARACTERS } from '../common-characters.js';
import type { ExtractSettings } from '../extractor.js';
import { ocrDiagnostics, toPrintedPage } from '../paged/scanned-page.js';
import type { PdfPage, PdfReading } from './pdf-reader.js';
import { renderPages } from './render-page.js';

/** A page with fewer characters than this and a picture holds its text in the picture. */
const LEAST_CHARACTERS = 4;
/** Fewer characters say nothing about whether the text layer makes sense. */
const ENOUGH_CHARACTERS = 60;
/** Share of characters that stand for nothing (private use, undecodable, control) from which a text layer is useless. */
const MOST_MEANINGLESS = 0.15;
/** Share of common characters among the Chinese ones: 0.7 and more in real text, 0.1 in garbled text. */
const LEAST_COMMON = 0.3;
/** Letters and digits make up at least this share of text in Latin script. */
const LEAST_LATIN = 0.6;
const MEANINGLESS = /[\ue000-\uf8ff\ufffd\u0000-\u001f\u0080-\u009f]/;
const HAN = /[\u3400-\u9fff\uf900-\ufaff]/;
const LATIN = /[A-Za-z0-9.,:;()%/-]/;

/** Why a page is read from its picture, or null where its text layer will do. */
export function reasonForOcr(page: PdfPage): 'no-text' | 'useless-text' | null {
  if (page.glyphs.length < LEAST_CHARACTERS) return page.hasImages ? 'no-text' : null;
  return isUselessText(page.glyphs.map((glyph) => glyph.text).join('')) ? 'useless-text' : null;
}

/**
 * True for text that no reader could make sense of: characters without a meaning, Chinese made of rare characters only
 * (a wrong character map), or neither Chinese nor Latin script.
 */
export function isUselessText(text: string): boolean {
  const characters = [...text].filter((c) => c.trim() !== '');
  if (characters.length < ENOUGH_CHARACTERS) return false;
  const share = (test: (c: string) => boolean, among: readonly string[]): number =>
    among.filter(test).length / Math.max(1, among.length);
  if (share((c) => MEANINGLESS.test(c), characters) > MOST_MEANINGLESS) return true;
  const han = characters.filter((c) => HAN.test(c));
  if (han.length >= ENOUGH_CHARACTERS / 2) return share((c) => COMMON_CHARACTERS.has(c), han) < LEAST_COMMON;
  return share((c) => LATIN.test(c) || HAN.test(c), characters) < LEAST_LATIN;
}

/** The reading with its scanned pages, and those whose text layer is useless, read from their pictures instead. */
export async function readScans(
  bytes: Uint8Array,
  reading: PdfReading,
  settings: ExtractSettings,
): Promise<PdfReading> {
  const reasons = new Map(reading.pages.map((page) => [page.pageNumber, reasonForOcr(page)]));
  const wanted = reading.pages.filter((page) => reasons.get(page.pageNumber)).map((page) => page.pageNumber);
  if (wanted.length === 0) return reading;
  const replaced = new Map<number, PdfPage>();
  const diagnostics: Diagnostic[] = [];
  for await (const { pageNumber, image } of renderPages(bytes, wanted)) {
    const page = reading.pages.find((one) => one.pageNumber === pageNumber);
    if (!page) continue;
    const scanned = await readPageApart(image, { ...page, deadline: settings.deadline }).catch(orLate);
    if (!scanned) {
      const message = 'The time limit was reached before this page was recognised.';
      diagnostics.push({ code: 'TIME_LIMIT', page: pageNumber, message });
      break;
    }
    replaced.set(pageNumber, { ...toPrintedPage(pageNumber, scanned), hasImages: page.hasImages });
    diagnostics.push(...passedOver(pageNumber, reasons.get(pageNumber) ?? null));
    diagnostics.push(...ocrDiagnostics(pageNumber, scanned));
    settings.onPage?.(pageNumber);
  }
  return {
    ...reading,
    pages: alignPages(reading.pages.map((page) => replaced.get(page.pageNumber) ?? page)),
    diagnostics: [...reading.diagnostics, ...diagnostics],
  };
}

/** Pages recognised before the time limit are kept; any other failure is one. */
function orLate(error: unknown): null {
  if (error instanceof AppError && error.code === 'TIME_LIMIT') return null;
  throw error;
}

function passedOver(page: number, reason: ReturnType<typeof reasonForOcr>): Diagnostic[] {
  if (reason !== 'useless-text') return [];
  const message = 'The text layer of the page makes no sense and was passed over.';
  return [{ code: 'TEXT_LAYER_USELESS', page, message }];
}
