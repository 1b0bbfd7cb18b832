/** Numbers for the objects that are added; no file that is cut off has that many. */
const PAGES_NUMBER = 9_000_000;
const CATALOGUE_NUMBER = PAGES_NUMBER + 1;
const CATALOGUE = /(?:^|\s)(\d{1,7})\s+(\d{1,5})\s+obj\s*<<(?:(?!endobj)[\s\S]){0,2000}?\/Type\s*\/Catalog\b/;
const PAGE =
  /(?:^|\s)(\d{1,7})\s+(\d{1,5})\s+obj\s*<<(?:(?!endobj)[\s\S]){0,4000}?\/Type\s*\/Page(?![a-zA-Z])/g;

/**
 * A PDF whose end is cut off has lost its table of contents. Returns the bytes with a new end that points to the
 * catalogue, or to all pages that are whole where the catalogue is lost too; null where there is neither.
 */
export function repairEnd(bytes: Uint8Array): Uint8Array | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const catalogue = CATALOGUE.exec(text);
  if (catalogue) return append(bytes, trailerTo(`${catalogue[1]} ${catalogue[2]} R`));
  const kids = [...text.matchAll(PAGE)].map((page) => `${page[1]} ${page[2]} R`);
  if (kids.length === 0) return null;
  const pages = `${PAGES_NUMBER} 0 obj\n<< /Type /Pages /Count ${kids.length} /Kids [${kids.join(' ')}] >>\nendobj\n`;
  const root = `${CATALOGUE_NUMBER} 0 obj\n<< /Type /Catalog /Pages ${PAGES_NUMBER} 0 R >>\nendobj\n`;
  return append(bytes, pages + root + trailerTo(`${CATALOGUE_NUMBER} 0 R`));
}

function trailerTo(root: string): string {
  return `trailer\n<< /Root ${root} /Size ${CATALOGUE_NUMBER + 1} >>\nstartxref\n0\n%%EOF\n`;
}

function append(bytes: Uint8Array, end: string): Uint8Array {
  // What was cut in the middle must not swallow what is added.
  return Buffer.concat([bytes, Buffer.from(`\nendstream\nendobj\n${end}`, 'latin1')]);
}
