import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadPdfjs } from '../dist/extractors/pdf/pdfjs-module.js';

/** A reader that asks pdfjs for the text and the operators of every page, and keeps nothing. */
export async function openBarePdfjs() {
  // As gongkai loads it: by itself it replaces built-in functions and slows down every reader in this process.
  const { getDocument } = (await loadPdfjs()).library;
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const settings = {
    cMapUrl: `${join(root, 'cmaps')}/`,
    cMapPacked: true,
    verbosity: 0,
    isEvalSupported: false,
  };
  return async ({ bytes }) => {
    // pdfjs takes the array away from its owner.
    const task = getDocument({ ...settings, data: bytes.slice() });
    const document = await task.promise;
    let seen = 0;
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      seen += (await page.getTextContent()).items.length;
      seen += (await page.getOperatorList()).fnArray.length;
    }
    await task.destroy();
    return seen;
  };
}
