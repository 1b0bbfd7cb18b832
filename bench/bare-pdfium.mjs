import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { init } from '@embedpdf/pdfium';

const SCRATCH_BYTES = 64;
const PATH_OBJECT = 2;

/** A reader that asks pdfium for every character with its box and for every path with its bounds, and keeps nothing. */
export async function openBarePdfium() {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
  const pdfium = await init({ wasmBinary: new Uint8Array(wasm).buffer });
  pdfium.PDFiumExt_Init();
  const memory = pdfium.pdfium;
  return ({ bytes }) => {
    const address = memory.wasmExports.malloc(bytes.length);
    const scratch = memory.wasmExports.malloc(SCRATCH_BYTES);
    memory.HEAPU8.set(bytes, address);
    const document = pdfium.FPDF_LoadMemDocument(address, bytes.length, '');
    let seen = 0;
    for (let index = 0; index < pdfium.FPDF_GetPageCount(document); index += 1) {
      seen += readPage(pdfium, document, index, scratch);
    }
    pdfium.FPDF_CloseDocument(document);
    memory.wasmExports.free(address);
    memory.wasmExports.free(scratch);
    return seen;
  };
}

function readPage(pdfium, document, index, scratch) {
  const page = pdfium.FPDF_LoadPage(document, index);
  const text = pdfium.FPDFText_LoadPage(page);
  const characters = pdfium.FPDFText_CountChars(text);
  for (let at = 0; at < characters; at += 1) {
    pdfium.FPDFText_GetUnicode(text, at);
    pdfium.FPDFText_GetCharBox(text, at, scratch, scratch + 8, scratch + 16, scratch + 24);
  }
  const objects = pdfium.FPDFPage_CountObjects(page);
  for (let at = 0; at < objects; at += 1) {
    const object = pdfium.FPDFPage_GetObject(page, at);
    if (pdfium.FPDFPageObj_GetType(object) !== PATH_OBJECT) continue;
    pdfium.FPDFPath_GetDrawMode(object, scratch, scratch + 4);
    pdfium.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12);
  }
  pdfium.FPDFText_ClosePage(text);
  pdfium.FPDF_ClosePage(page);
  return characters + objects;
}
