import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';

/** Where pdf.js finds its own data: copied beside the app when it is built. */
const DATA = '/pdfjs';

/** A page as it will be drawn: its size in points, rotation applied. */
export interface PdfPage {
  readonly pageNumber: number;
  readonly width: number;
  readonly height: number;
  /** Draws the page into `canvas` at `width` CSS pixels; a later drawing of the same canvas ends this one. */
  draw(canvas: HTMLCanvasElement, width: number): Promise<void>;
}

export interface OpenPdf {
  readonly pages: readonly PdfPage[];
  close(): void;
}

/** Sharper than this is not seen and costs memory. */
const MAX_PIXEL_RATIO = 2;

/** Loads pdf.js (only now, while the bytes come) and opens the document; its scripts are never run, forms never filled. */
export async function openPdf(bytes: Promise<Uint8Array>): Promise<OpenPdf> {
  const [data, pdfjs, worker] = await Promise.all([
    bytes,
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
  ]);
  pdfjs.GlobalWorkerOptions.workerSrc = worker.default;
  const task = pdfjs.getDocument({
    data,
    cMapUrl: `${DATA}/cmaps/`,
    standardFontDataUrl: `${DATA}/standard_fonts/`,
    wasmUrl: `${DATA}/wasm/`,
    isEvalSupported: false,
    enableXfa: false,
  });
  const document = await task.promise;
  const pages = await readPages(document);
  return { pages, close: () => void task.destroy() };
}

async function readPages(document: PDFDocumentProxy): Promise<PdfPage[]> {
  const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1);
  const pages = await Promise.all(numbers.map((number) => document.getPage(number)));
  return pages.map((page) => {
    const { width, height } = page.getViewport({ scale: 1 });
    return { pageNumber: page.pageNumber, width, height, draw: drawer(page) };
  });
}

function drawer(page: PDFPageProxy): PdfPage['draw'] {
  const running = new WeakMap<HTMLCanvasElement, { cancel(): void }>();
  return async (canvas, width) => {
    running.get(canvas)?.cancel();
    const ratio = Math.min(devicePixelRatio, MAX_PIXEL_RATIO);
    const scale = (width / page.getViewport({ scale: 1 }).width) * ratio;
    const viewport = page.getViewport({ scale });
    // Drawn aside, so that the page does not go white while it is drawn again.
    const aside = document.createElement('canvas');
    aside.width = Math.ceil(viewport.width);
    aside.height = Math.ceil(viewport.height);
    const task = page.render({ canvas: aside, viewport });
    running.set(canvas, task);
    try {
      await task.promise;
    } catch (error) {
      if (error instanceof Error && error.name === 'RenderingCancelledException') return;
      throw error;
    }
    canvas.width = aside.width;
    canvas.height = aside.height;
    canvas.getContext('2d')?.drawImage(aside, 0, 0);
  };
}
