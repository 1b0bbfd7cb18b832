import { AppError } from '../../errors/app-error.js';
import type { ColorImage } from '../../ocr/raster.js';
import { loadPdfium, type Pdfium } from './pdfium-module.js';

/** Pixels of the longer side of a rendered page: 200 dots an inch on A4 where the page holds no picture … */
const USUAL_PIXELS = 2339;
/** … and otherwise as many as its largest picture shows, between these. */
const FEWEST_PIXELS = 1600;
const MOST_PIXELS = 3508;
/** A picture counts as the page's scan from this share of the page's longer side. */
const SCAN_SHARE = 0.5;
const IMAGE_OBJECT = 3;
const FORMAT_BGRA = 4;
/** FPDF_ANNOT: stamps and filled fields are drawn too. */
const WITH_ANNOTATIONS = 1;
const WHITE = 0xffffffff;
const SCRATCH_BYTES = 16;

/** Draws pages of a PDF as they are displayed, one at a time: a page in colours at 200 dots an inch takes 16 MB. */
export class PageRenderer {
  #isOpen = true;

  private constructor(
    private readonly pdfium: Pdfium,
    private readonly address: number,
    private readonly document: number,
  ) {}

  /** The PDF has to be closed again. */
  static async open(bytes: Uint8Array): Promise<PageRenderer> {
    const pdfium = await loadPdfium();
    const address = pdfium.api.pdfium.wasmExports.malloc(bytes.length);
    pdfium.heap.HEAPU8.set(bytes, address);
    return new PageRenderer(pdfium, address, pdfium.api.FPDF_LoadMemDocument(address, bytes.length, ''));
  }

  /** Draws page `pageNumber` (from 1). Throws PAGE_UNREADABLE where pdfium cannot load it, or has closed the PDF. */
  draw(pageNumber: number): ColorImage {
    const { api } = this.pdfium;
    const isThere = this.#isOpen && this.document !== 0;
    const page = isThere ? api.FPDF_LoadPage(this.document, pageNumber - 1) : 0;
    if (page === 0) throw new AppError('PAGE_UNREADABLE', `page ${pageNumber} could not be drawn`);
    try {
      return drawPage(this.pdfium, page);
    } finally {
      api.FPDF_ClosePage(page);
    }
  }

  close(): void {
    if (this.#isOpen && this.document !== 0) this.pdfium.api.FPDF_CloseDocument(this.document);
    if (this.#isOpen) this.pdfium.api.pdfium.wasmExports.free(this.address);
    this.#isOpen = false;
  }
}

/** A scan is drawn at its own resolution, so that hardly a pixel is resampled. */
function drawPage(pdfium: Pdfium, page: number): ColorImage {
  const { api, heap } = pdfium;
  const width = api.FPDF_GetPageWidthF(page);
  const height = api.FPDF_GetPageHeightF(page);
  const longer = Math.max(width, height, 1);
  const scale = chooseLongerSide(pdfium, page, longer) / longer;
  const columns = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  const bitmap = api.FPDFBitmap_CreateEx(columns, rows, FORMAT_BGRA, 0, 0);
  try {
    api.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, WHITE);
    api.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, WITH_ANNOTATIONS);
    const stride = api.FPDFBitmap_GetStride(bitmap);
    const start = api.FPDFBitmap_GetBuffer(bitmap);
    const source = heap.HEAPU8.subarray(start, start + stride * rows);
    return { width: columns, height: rows, data: toRgba(source, columns, rows, stride) };
  } finally {
    api.FPDFBitmap_Destroy(bitmap);
  }
}

function toRgba(bgra: Uint8Array, columns: number, rows: number, stride: number): Uint8Array {
  const rgba = new Uint8Array(columns * rows * 4);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const from = y * stride + 4 * x;
      const to = 4 * (y * columns + x);
      rgba[to] = bgra[from + 2] ?? 255;
      rgba[to + 1] = bgra[from + 1] ?? 255;
      rgba[to + 2] = bgra[from] ?? 255;
      rgba[to + 3] = 255;
    }
  }
  return rgba;
}

/** Longer side in pixels at which the page's largest picture keeps its own resolution. `pageSide` in points. */
function chooseLongerSide(pdfium: Pdfium, page: number, pageSide: number): number {
  const { api, heap } = pdfium;
  const scratch = api.pdfium.wasmExports.malloc(SCRATCH_BYTES);
  let densest = 0;
  try {
    for (let i = 0; i < api.FPDFPage_CountObjects(page); i++) {
      const object = api.FPDFPage_GetObject(page, i);
      if (api.FPDFPageObj_GetType(object) !== IMAGE_OBJECT) continue;
      if (!api.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12)) continue;
      const [left = 0, bottom = 0, right = 0, top = 0] = heap.HEAPF32.subarray(
        scratch >> 2,
        (scratch >> 2) + 4,
      );
      const shown = Math.max(right - left, top - bottom);
      if (shown < SCAN_SHARE * pageSide) continue;
      if (!api.FPDFImageObj_GetImagePixelSize(object, scratch, scratch + 4)) continue;
      const [pixelsAcross = 0, pixelsDown = 0] = heap.HEAP32.subarray(scratch >> 2, (scratch >> 2) + 2);
      densest = Math.max(densest, (Math.max(pixelsAcross, pixelsDown) * pageSide) / shown);
    }
  } finally {
    api.pdfium.wasmExports.free(scratch);
  }
  return densest === 0 ? USUAL_PIXELS : Math.round(Math.min(MOST_PIXELS, Math.max(FEWEST_PIXELS, densest)));
}
