import type { Pdfium } from './pdfium-module.js';
import { isShownAnnotation, PRINTED_ANNOTATIONS } from './printed-annotations.js';

/** FPDF_ANNOT_APPEARANCEMODE_NORMAL (fpdf_annot.h). */
const NORMAL = 0;
/** FLAT_NORMALDISPLAY and FLATTEN_SUCCESS (fpdf_flatten.h). */
const AS_DISPLAYED = 0;
const DONE = 1;

/**
 * Makes what form fields and text annotations say part of the page, as it is shown: reports are filled in so, and their
 * tables are blank without. True where there was something: the page is to be loaded anew then. Other annotations leave
 * the open document; the file itself is not changed.
 */
export function drawAnnotations(api: Pdfium['api'], page: number): boolean {
  let printed = 0;
  // From the last one on: those behind one that is taken out move up.
  for (let i = api.FPDFPage_GetAnnotCount(page) - 1; i >= 0; i--) {
    const annotation = api.FPDFPage_GetAnnot(page, i);
    const isPrinted =
      annotation !== 0 &&
      PRINTED_ANNOTATIONS.has(api.FPDFAnnot_GetSubtype(annotation)) &&
      isShownAnnotation(api.FPDFAnnot_GetFlags(annotation));
    if (isPrinted) {
      printed++;
      if (!api.EPDFAnnot_HasAppearanceStream(annotation, NORMAL))
        api.EPDFAnnot_GenerateFormFieldAP(annotation);
    }
    if (annotation !== 0) api.FPDFPage_CloseAnnot(annotation);
    if (!isPrinted) api.FPDFPage_RemoveAnnot(page, i);
  }
  return printed > 0 && api.FPDFPage_Flatten(page, AS_DISPLAYED) === DONE;
}
