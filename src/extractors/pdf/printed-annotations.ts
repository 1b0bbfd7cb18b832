/** Kinds of annotations whose text is part of what a page says: text typed onto it, and form fields (their numbers in pdfium and pdf.js). */
export const PRINTED_ANNOTATIONS: ReadonlySet<number> = new Set([3, 20]);

/** Annotation flags (ISO 32000-1, 12.5.3): not shown on screen. */
const HIDDEN = 2;
const NO_VIEW = 32;

/** True where an annotation with these flags is shown. */
export function isShownAnnotation(flags: number): boolean {
  return (flags & (HIDDEN | NO_VIEW)) === 0;
}
