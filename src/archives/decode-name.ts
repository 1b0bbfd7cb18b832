/**
 * A file name of an archive as text: strict UTF-8 where it is that, otherwise GB 18030, in which Chinese Windows
 * writes names without saying so.
 */
export function decodeName(raw: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}

/**
 * The name as a label below its archive: forward slashes, no drive, no leading slash, no `.` or `..`. Nothing is ever
 * written under it, and it still must not look like a place elsewhere.
 */
export function tidyName(name: string): string {
  const parts = name
    .replaceAll('\\', '/')
    .replace(/^[a-z]:/i, '')
    .split('/');
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/');
}
