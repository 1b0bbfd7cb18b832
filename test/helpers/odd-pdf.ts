/** A PDF of objects, numbered from 1 in their order; the first is the catalogue. */
export function pdfOf(objects: readonly string[], trailer = ''): Uint8Array {
  let file = '%PDF-1.5\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = file.length;
  const size = objects.length + 1;
  file += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  file += `trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** A PDF of `count` pages without content. */
export function emptyPagesPdf(count: number): Uint8Array {
  const kids = Array.from({ length: count }, (_, index) => `${index + 3} 0 R`);
  const pages = kids.map(() => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>');
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${count} /Kids [${kids.join(' ')}] >>`,
    ...pages,
  ]);
}

/** A PDF behind a password that nobody knows: the standard security handler with keys that fit nothing. */
export function encryptedPdf(): Uint8Array {
  const key = '00'.repeat(32);
  const id = '<00112233445566778899AABBCCDDEEFF>';
  return pdfOf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
      `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${key}> /U <${key}> >>`,
    ],
    `/Encrypt 4 0 R /ID [${id} ${id}]`,
  );
}

/** How often each of the nested forms of an endless page draws the next one, and how many there are: 10^12 drawings. */
const FORM_CALLS = 10;
const FORM_DEPTH = 12;
/** The innermost form saves and restores the state so often: work for the reader without anything to remember. */
const IDLE_PAIRS = 50_000;

/**
 * A PDF of light pages that say "page 1" and so on, and then one that no machine reads in a lifetime: forms that draw
 * the next form ten times each, twelve deep.
 */
export function endlessLastPagePdf(lightPages: number): Uint8Array {
  const light = Array.from(
    { length: lightPages },
    (_, index) => `BT /F1 12 Tf 50 700 Td (page ${index + 1}) Tj ET`,
  );
  const contents = [...light, '/X1 Do'];
  const firstForm = 4 + 2 * contents.length;
  const kids = contents.map((_, index) => `${4 + 2 * index} 0 R`);
  const resources = `/Resources << /Font << /F1 3 0 R >> /XObject << /X1 ${firstForm} 0 R >> >>`;
  const pages = contents.flatMap((content, index) => [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${5 + 2 * index} 0 R >>`,
    streamOf('', content),
  ]);
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${kids.length} /Kids [${kids.join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages,
    ...Array.from({ length: FORM_DEPTH }, (_, index) => nestedForm(firstForm + index + 1)),
    streamOf('/Type /XObject /Subtype /Form /BBox [0 0 595 842]', 'q Q '.repeat(IDLE_PAIRS)),
  ]);
}

function nestedForm(next: number): string {
  const resources = `/Resources << /XObject << /N ${next} 0 R >> >>`;
  return streamOf(
    `/Type /XObject /Subtype /Form /BBox [0 0 595 842] ${resources}`,
    '/N Do '.repeat(FORM_CALLS),
  );
}

function streamOf(entries: string, content: string): string {
  return `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;
}
