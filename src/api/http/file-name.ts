/** Longer names are cut; the ending stays. */
const LONGEST_NAME = 120;

/** Endings that the names of each extractor's sources may have when they are saved; the first is given where none fits. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  pdf: ['pdf'],
  docx: ['docx'],
  doc: ['doc', 'wps'],
  rtf: ['rtf', 'doc'],
  odt: ['odt'],
  ofd: ['ofd'],
  sheet: ['xlsx', 'xls', 'et'],
  html: ['html', 'htm', 'shtml'],
  mhtml: ['mhtml', 'mht'],
  text: ['txt', 'md', 'csv'],
  image: ['png', 'jpg', 'jpeg', 'tif', 'tiff'],
};

/** Media types that a browser given the bytes does nothing dangerous with; everything else is just bytes. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  doc: 'application/msword',
  rtf: 'application/rtf',
  odt: 'application/vnd.oasis.opendocument.text',
  text: 'text/plain',
};

/** The type to send a source's bytes as, by the extractor that read it. */
export function mediaTypeFor(format: string | null): string {
  return MEDIA_TYPES[format ?? ''] ?? 'application/octet-stream';
}

/**
 * Content-Disposition for saving a source: its name without folders, control characters and marks that reverse text,
 * with an ending that says what it is, whatever its own says (RFC 6266, RFC 8187).
 */
export function attachment(name: string, format: string | null): string {
  const safe = safeFileName(name, format);
  const ascii = safe.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** A name that can be saved anywhere and hides nothing. */
export function safeFileName(name: string, format: string | null): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = withoutQuery(last)
    .replace(/\p{C}|[<>:"|?*\u2028\u2029]/gu, '')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const endings = ENDINGS[format ?? ''] ?? ['bin'];
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(clean)?.[1]?.toLowerCase();
  const isHonest = ending !== undefined && endings.includes(ending);
  const stem = isHonest ? clean.slice(0, -ending.length - 1) : clean;
  const shown = [...stem].slice(0, LONGEST_NAME).join('') || 'source';
  return `${shown}.${isHonest ? ending : (endings[0] ?? 'bin')}`;
}

function withoutQuery(name: string): string {
  return name.split(/[?#]/)[0] ?? name;
}
