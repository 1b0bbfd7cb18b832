import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type * as PdfjsLibrary from 'pdfjs-dist/legacy/build/pdf.mjs';

/** The pdf.js library of this thread and where its character maps and fonts are. */
export interface Pdfjs {
  readonly library: typeof PdfjsLibrary;
  /** Folders with a slash at the end: pdf.js reads nothing at all, without a word, where they are given otherwise. */
  readonly cMapUrl: string;
  readonly standardFontDataUrl: string;
}

let loading: Promise<Pdfjs> | null = null;

/** Loads pdf.js once a thread. */
export function loadPdfjs(): Promise<Pdfjs> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Pdfjs> {
  // The library makes a DOMMatrix while it is imported; text and lines can be read without a real one.
  const scope = globalThis as { DOMMatrix?: unknown };
  scope.DOMMatrix ??= class {};
  const library = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return { library, cMapUrl: `${folder}/cmaps/`, standardFontDataUrl: `${folder}/standard_fonts/` };
}
