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

/** A PDF of light pages that say "page 1" and so on, and then one with so many characters that reading it takes long. */
export function slowLastPagePdf(lightPages: number, charactersOnLast: number): Uint8Array {
  // Each line elsewhere: characters that cover one another are taken for bold print and dropped.
  const lines = Array.from({ length: Math.ceil(charactersOnLast / 900) }, (_, index) => {
    const place = `${(index * 7) % 500} ${(index * 13) % 800}.${index % 10}`;
    return `BT /F1 1 Tf 1 0 0 1 ${place} Tm (${'a1 '.repeat(300)}) Tj ET`;
  });
  const contents = Array.from(
    { length: lightPages },
    (_, index) => `BT /F1 12 Tf 50 700 Td (page ${index + 1}) Tj ET`,
  );
  contents.push(lines.join('\n'));
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
  const kids = contents.map((_, index) => `${4 + 2 * index} 0 R`);
  const pages = contents.flatMap((content, index) => [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * index} 0 R >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ]);
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${kids.length} /Kids [${kids.join(' ')}] >>`,
    font,
    ...pages,
  ]);
}
