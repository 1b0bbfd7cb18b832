import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { alignPages } from '../../ocr/align-pages.js';
import type { ColorImage } from '../../ocr/raster.js';
import type { PageReader, PageRequest } from '../../ocr/page-reader.js';
import type { ScannedPage } from '../../ocr/read-scanned-page.js';
import { COMMON_CHARACTERS } from '../common-characters.js';
import type { ExtractSettings } from '../extractor.js';
import { recognisePages } from '../paged/recognise-pages.js';
import { ocrDiagnostics, toPrintedPage } from '../paged/scanned-page.js';
import type { PdfPage, PdfReading } from './pdf-reader.js';
import { MOST_PAGES_WITH_PICTURES, picturesOfTables, readPictures } from './read-pictures.js';
import { PageRenderer } from './render-page.js';

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

/** A picture that covers this share of the page is the page. */
const WHOLE_PAGE_SHARE = 0.6;

/** Why a page is read from its picture. */
type Reason = 'no-text' | 'useless-text' | 'invisible-text' | 'pictures';

/** Why a page is read from its picture, or null where its text layer will do. */
export function reasonForOcr(page: PdfPage): Reason | null {
  if (page.glyphs.length < LEAST_CHARACTERS) return page.hasImages ? 'no-text' : null;
  if (isUselessText(textOf(page.glyphs))) return 'useless-text';
  if (page.isTextInvisible === true && showsWholePage(page)) return 'invisible-text';
  return picturesOfTables(page).length > 0 ? 'pictures' : null;
}

function textOf(glyphs: PdfPage['glyphs']): string {
  return glyphs.map((glyph) => glyph.text).join('');
}

function showsWholePage({ width, height, pictures = [] }: PdfPage): boolean {
  const covered = pictures.reduce((sum, { left, top, right, bottom }) => {
    const across = Math.min(right, width) - Math.max(left, 0);
    const down = Math.min(bottom, height) - Math.max(top, 0);
    return sum + Math.max(0, across) * Math.max(0, down);
  }, 0);
  return covered >= WHOLE_PAGE_SHARE * width * height;
}

/**
 * True for text that no reader could make sense of: characters without a meaning, Chinese made of rare characters only
 * (a wrong character map), or neither Chinese nor Latin script.
 */
export function isUselessText(text: string): boolean {
  const { all, meaningless, han, common, latin } = countKinds(text);
  if (all < ENOUGH_CHARACTERS) return false;
  if (meaningless / all > MOST_MEANINGLESS) return true;
  return han >= ENOUGH_CHARACTERS / 2 ? common / han < LEAST_COMMON : (latin + han) / all < LEAST_LATIN;
}

/** How many characters a text has besides white space, and how many of each kind among them. */
function countKinds(text: string): Record<'all' | 'meaningless' | 'han' | 'common' | 'latin', number> {
  const counts = { all: 0, meaningless: 0, han: 0, common: 0, latin: 0 };
  for (const character of text) {
    if (character.trim() === '') continue;
    counts.all++;
    if (HAN.test(character)) {
      counts.han++;
      if (COMMON_CHARACTERS.has(character)) counts.common++;
    } else if (LATIN.test(character)) counts.latin++;
    else if (MEANINGLESS.test(character)) counts.meaningless++;
  }
  return counts;
}

/** The reading with its scanned pages, and those whose text layer is useless, read from their pictures instead. */
export async function readScans(
  bytes: Uint8Array,
  reading: PdfReading,
  settings: ExtractSettings,
): Promise<PdfReading> {
  const wanted = wantedPages(reading.pages);
  if (wanted.length === 0) return reading;
  const renderer = await PageRenderer.open(bytes);
  try {
    const { read, late } = await recognisePages(wanted, settings, (page, reader) =>
      readShown(page, reader, renderer, settings.deadline).catch((error: unknown) => asItIs(page, error)),
    );
    const replaced = new Map(read.map(({ page }) => [page.pageNumber, page]));
    const diagnostics = read.flatMap((page) => page.diagnostics);
    const unread = wanted[read.length];
    return {
      ...reading,
      pages: alignPages(reading.pages.map((page) => replaced.get(page.pageNumber) ?? page)),
      diagnostics: [...reading.diagnostics, ...diagnostics, ...(late && unread ? [lateFrom(unread)] : [])],
    };
  } finally {
    renderer.close();
  }
}

function lateFrom({ pageNumber }: WantedPage): Diagnostic {
  const message = 'The time limit was reached before this page was recognised.';
  return { code: 'TIME_LIMIT', page: pageNumber, message };
}

/** A page that is read from what it shows. */
interface WantedPage {
  readonly pageNumber: number;
  readonly page: PdfPage;
  readonly reason: Reason;
}

/** Pages that are read from what they show; of those that only have pictures of tables beside their text, the first. */
function wantedPages(pages: readonly PdfPage[]): WantedPage[] {
  const all = pages.flatMap((page): WantedPage[] => {
    const reason = reasonForOcr(page);
    return reason === null ? [] : [{ pageNumber: page.pageNumber, page, reason }];
  });
  const beside = all.filter(({ reason }) => reason === 'pictures').slice(MOST_PAGES_WITH_PICTURES);
  const left = new Set(beside);
  return all.filter((wanted) => !left.has(wanted));
}

interface ShownPage {
  readonly page: PdfPage;
  readonly diagnostics: readonly Diagnostic[];
}

async function readShown(
  { page, reason }: WantedPage,
  reader: PageReader,
  renderer: PageRenderer,
  deadline: number | undefined,
): Promise<ShownPage> {
  const { pageNumber, width, height, hasImages } = page;
  const draw = (): ColorImage => renderer.draw(pageNumber);
  const request: PageRequest = { place: { pageNumber, width, height, deadline }, draw };
  if (reason === 'pictures') return readPictures(page, reader, request);
  const scanned = await reader.read(request);
  return {
    page: { ...toPrintedPage(pageNumber, scanned), hasImages },
    diagnostics: [...passedOver(page, scanned, reason), ...ocrDiagnostics(pageNumber, scanned)],
  };
}

/** A page that cannot be drawn stays as its text layer has it, and says so; any other failure is one. */
function asItIs({ page, pageNumber }: WantedPage, error: unknown): ShownPage {
  if (!(error instanceof AppError) || error.code !== 'PAGE_UNREADABLE') throw error;
  return { page, diagnostics: [{ code: error.code, page: pageNumber, message: error.message }] };
}

/** Below this share of common characters the invisible text says something else than the picture. */
const LEAST_AGREEMENT = 0.9;

function passedOver(page: PdfPage, scanned: ScannedPage, reason: Reason): Diagnostic[] {
  const useless = (message: string): Diagnostic[] => [
    { code: 'TEXT_LAYER_USELESS', page: page.pageNumber, message },
  ];
  if (reason === 'useless-text')
    return useless('The text layer of the page makes no sense and was passed over.');
  if (reason !== 'invisible-text') return [];
  const shown = textOf([
    ...scanned.glyphs,
    ...scanned.tables.flatMap(({ cells }) =>
      cells.flatMap(({ lines }) => lines.flatMap((line) => line.glyphs)),
    ),
  ]);
  const share = agreement(textOf(page.glyphs), shown);
  if (share >= LEAST_AGREEMENT) return [];
  const percent = Math.round(100 * share);
  return useless(
    `The invisible text of the page agrees with ${percent} % of what the page shows; the picture counts.`,
  );
}

/** Share of the characters of both texts that stand in both, whatever their order; 1 for two empty texts. */
function agreement(one: string, other: string): number {
  const counts = new Map<string, number>();
  for (const character of one) counts.set(character, (counts.get(character) ?? 0) + 1);
  let common = 0;
  for (const character of other) {
    const left = counts.get(character) ?? 0;
    if (left > 0) common++;
    counts.set(character, left - 1);
  }
  const total = Math.max([...one].length, [...other].length);
  return total === 0 ? 1 : common / total;
}
