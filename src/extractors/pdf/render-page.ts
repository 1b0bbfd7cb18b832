import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import type { ColorImage } from '../../ocr/raster.js';

/** Views on pdfium's memory, which its type declarations leave out; made anew after every call that may grow it. */
interface PdfiumMemory {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly HEAPF32: Float32Array;
}

function memoryOf(pdfium: WrappedPdfiumModule): PdfiumMemory {
  return pdfium.pdfium as unknown as PdfiumMemory;
}

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

/**
 * Draws a loaded page (its `FPDF_PAGE` handle) as colours on white, as it is displayed (rotation applied). A page that
 * is a scan is drawn at the scan's own resolution, so that hardly a pixel is resampled.
 */
export function renderPage(pdfium: WrappedPdfiumModule, page: number): ColorImage {
  const width = pdfium.FPDF_GetPageWidthF(page);
  const height = pdfium.FPDF_GetPageHeightF(page);
  const scale = chooseLongerSide(pdfium, page, Math.max(width, height)) / Math.max(width, height);
  const columns = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  const bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, FORMAT_BGRA, 0, 0);
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, WHITE);
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, WITH_ANNOTATIONS);
    const stride = pdfium.FPDFBitmap_GetStride(bitmap);
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
    const source = memoryOf(pdfium).HEAPU8.subarray(start, start + stride * rows);
    return { width: columns, height: rows, data: toRgba(source, columns, rows, stride) };
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
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

/** Longer side in pixels so that the page's largest picture keeps its own resolution. `pageSide` in points. */
function chooseLongerSide(pdfium: WrappedPdfiumModule, page: number, pageSide: number): number {
  const scratch = pdfium.pdfium.wasmExports.malloc(16);
  const floats = (index: number): number => memoryOf(pdfium).HEAPF32[(scratch >> 2) + index] ?? 0;
  let densest = 0;
  try {
    for (let i = 0; i < pdfium.FPDFPage_CountObjects(page); i++) {
      const object = pdfium.FPDFPage_GetObject(page, i);
      if (pdfium.FPDFPageObj_GetType(object) !== IMAGE_OBJECT) continue;
      if (!pdfium.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12)) continue;
      const shown = Math.max(floats(2) - floats(0), floats(3) - floats(1));
      if (shown < SCAN_SHARE * pageSide) continue;
      if (!pdfium.FPDFImageObj_GetImagePixelSize(object, scratch, scratch + 4)) continue;
      const view = memoryOf(pdfium).HEAP32;
      const pixels = Math.max(view[scratch >> 2] ?? 0, view[(scratch >> 2) + 1] ?? 0);
      densest = Math.max(densest, (pixels * pageSide) / shown);
    }
  } finally {
    pdfium.pdfium.wasmExports.free(scratch);
  }
  return densest === 0 ? USUAL_PIXELS : Math.round(Math.min(MOST_PIXELS, Math.max(FEWEST_PIXELS, densest)));
}
