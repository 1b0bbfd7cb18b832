import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type * as PdfjsLibrary from 'pdfjs-dist/legacy/build/pdf.mjs';
import { keepingBuiltIns } from './keep-built-ins.js';

/** The pdf.js library of this thread, and the folders of the data that it reads by itself. */
export interface Pdfjs {
  readonly library: typeof PdfjsLibrary;
  /** Character maps of fonts that are not embedded; without them such text would silently be missing. */
  readonly cMapUrl: string;
  readonly standardFontDataUrl: string;
}

let loaded: Promise<Pdfjs> | null = null;

/** The library, loaded once a thread and only where it is asked for (it takes 0.2 s). */
export function loadPdfjs(): Promise<Pdfjs> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Pdfjs> {
  // The library makes a DOMMatrix while it loads and needs it only to draw, which is not done here.
  const scope = globalThis as { DOMMatrix?: unknown };
  scope.DOMMatrix ??= class {};
  const library = await keepingBuiltIns(async () => {
    const main = await import('pdfjs-dist/legacy/build/pdf.mjs');
    // Its other half, which it would load itself with the first document.
    await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
    return main;
  });
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return {
    library,
    // Plain folders that end in a separator: addresses with file: fail without a word.
    cMapUrl: join(root, 'cmaps') + sep,
    standardFontDataUrl: join(root, 'standard_fonts') + sep,
  };
}
