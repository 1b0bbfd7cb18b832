import { AppError, asAppError } from '../errors/app-error.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Format } from '../model/document.js';
import { isCompoundFile, openCompoundFile } from './archive/compound-file.js';
import { openZip, type ZipArchive } from './archive/read-zip.js';
import { decodeText } from './decode-text.js';
import type { SourceHints } from './extractor.js';
import { looksLikeHtml, officeXmlFormat } from './sniff-markup.js';

export interface DetectedFormat {
  readonly format: Format;
  /** FORMAT_NAME_MISMATCH where the name says otherwise. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A PDF header may stand anywhere in the first kilobyte (ISO 32000-1, implementation note 13). */
const PDF_HEADER_BYTES = 1024;
/** Markup shows itself in so many bytes. */
const MARKUP_SAMPLE_BYTES = 256 * 1024;
/** Text holds fewer control characters than one in so many characters, and fewer undecodable ones than one in so many. */
const MIN_CHARACTERS_PER_CONTROL = 200;
const MIN_CHARACTERS_PER_UNDECODABLE = 12;

/** What the endings of names promise; an ending that is not here promises nothing. */
const PROMISES: ReadonlyMap<string, readonly Format[]> = new Map([
  ['pdf', ['pdf']],
  ['docx', ['docx']],
  ['doc', ['doc']],
  ['wps', ['doc', 'docx']],
  ['rtf', ['rtf']],
  ['odt', ['odt']],
  ['ofd', ['ofd']],
  ['xls', ['sheet']],
  ['xlsx', ['sheet']],
  ['et', ['sheet']],
  ['html', ['html']],
  ['htm', ['html']],
  ['shtml', ['html']],
  ['mht', ['mhtml']],
  ['mhtml', ['mhtml']],
  ['txt', ['text']],
  ['md', ['text']],
  ['png', ['image']],
  ['jpg', ['image']],
  ['jpeg', ['image']],
  ['tif', ['image']],
  ['tiff', ['image']],
]);

/** The endings that names of `format` usually have, without the dot; for documentation, never for detection. */
export function usualEndings(format: Format): string[] {
  return [...PROMISES].filter(([, formats]) => formats.includes(format)).map(([ending]) => ending);
}

/**
 * Tells the format of `bytes` by their content; the name only serves to say that it lies. Throws SOURCE_EMPTY,
 * SOURCE_ENCRYPTED (a password-protected office file), SOURCE_CORRUPT (an archive cut off beyond recognition) or
 * FORMAT_UNSUPPORTED.
 */
export async function detectFormat(bytes: Uint8Array, hints: SourceHints = {}): Promise<DetectedFormat> {
  const format = await formatOfContent(bytes);
  return { format, diagnostics: nameMismatch(format, hints.name) };
}

async function formatOfContent(bytes: Uint8Array): Promise<Format> {
  if (bytes.length === 0) throw new AppError('SOURCE_EMPTY', 'the source holds no bytes');
  const head = latin1(bytes.subarray(0, PDF_HEADER_BYTES));
  if (startsWithZip(bytes)) return await formatOfZip(bytes);
  if (isCompoundFile(bytes)) return formatOfCompoundFile(bytes);
  if (/^(?:\xef\xbb\xbf)?\s*\{\\rtf/.test(head)) return 'rtf';
  if (isImage(head)) return 'image';
  if (head.startsWith('%PDF-') || (head.includes('%PDF-') && isPdfBody(bytes))) return 'pdf';
  return formatOfText(bytes);
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

/** Junk before the header is common (a mail header, a byte order mark); a page that only mentions `%PDF-` has no objects. */
function isPdfBody(bytes: Uint8Array): boolean {
  return /\d+ \d+ obj\b/.test(latin1(bytes.subarray(0, MARKUP_SAMPLE_BYTES)));
}

function isImage(head: string): boolean {
  return (
    head.startsWith('\x89PNG\r\n\x1a\n') || head.startsWith('\xff\xd8\xff') || /^(?:II\*\0|MM\0\*)/.test(head)
  );
}

function startsWithZip(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 &&
    bytes[1] === 0x4b &&
    ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))
  );
}

async function formatOfZip(bytes: Uint8Array): Promise<Format> {
  const zip = await openZip(bytes).catch((error: unknown) => asAppError(error, 'SOURCE_CORRUPT'));
  if (!(zip instanceof AppError)) {
    const format = formatOfNames(zip.names) ?? (await formatOfOpenDocument(zip));
    if (format) return format;
    throw new AppError('FORMAT_UNSUPPORTED', 'a ZIP archive that is no office document');
  }
  // Without its table of contents the names in front of the entries still tell what it was meant to be.
  const meant = zip.code === 'SOURCE_CORRUPT' ? formatOfNames(namesInLocalHeaders(bytes)) : null;
  if (meant) return meant;
  throw zip;
}

function formatOfNames(names: readonly string[]): Format | null {
  const has = (test: RegExp): boolean => names.some((name) => test.test(name));
  if (has(/^word\/.*\.xml$/i)) return 'docx';
  if (has(/^xl\/(?:workbook\.(?:xml|bin)|worksheets\/)/i)) return 'sheet';
  if (has(/(?:^|\/)OFD\.xml$/i)) return 'ofd';
  return null;
}

const LOCAL_HEADER_BYTES = 30;

function namesInLocalHeaders(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names: string[] = [];
  for (
    let at = 0;
    at >= 0 && at + LOCAL_HEADER_BYTES < buffer.length;
    at = buffer.indexOf('PK\x03\x04', at + 4, 'latin1')
  ) {
    const nameBytes = buffer.readUInt16LE(at + 26);
    names.push(buffer.toString('latin1', at + LOCAL_HEADER_BYTES, at + LOCAL_HEADER_BYTES + nameBytes));
  }
  return names;
}

async function formatOfOpenDocument(zip: ZipArchive): Promise<Format | null> {
  if (!zip.names.includes('content.xml')) return null;
  const mimetype = latin1((await zip.read('mimetype')) ?? new Uint8Array());
  if (mimetype.includes('opendocument.text')) return 'odt';
  return mimetype.includes('opendocument.spreadsheet') ? 'sheet' : null;
}

function formatOfCompoundFile(bytes: Uint8Array): Format {
  const { names } = openCompoundFile(bytes);
  const has = (name: string): boolean => names.includes(name);
  if (has('EncryptedPackage'))
    throw new AppError('SOURCE_ENCRYPTED', 'the office document is protected by a password');
  if (has('WordDocument')) return 'doc';
  if (has('Workbook') || has('Book')) return 'sheet';
  throw new AppError('FORMAT_UNSUPPORTED', 'a compound file that is no Word document or workbook');
}

function formatOfText(bytes: Uint8Array): Format {
  const isShort = bytes.length <= MARKUP_SAMPLE_BYTES;
  const { text } = decodeText(isShort ? bytes : bytes.subarray(0, MARKUP_SAMPLE_BYTES), { isMarkup: true });
  if (/^[\s\ufeff\0]*$/.test(text)) {
    if (isShort && !text.includes('\0'))
      throw new AppError('SOURCE_EMPTY', 'the source holds only white space');
    if (text.includes('\0')) throw new AppError('FORMAT_UNSUPPORTED', 'the source holds only zero bytes');
  }
  const { controls, undecodable } = countUnprintable(text);
  if (
    controls * MIN_CHARACTERS_PER_CONTROL > text.length ||
    undecodable * MIN_CHARACTERS_PER_UNDECODABLE > text.length
  ) {
    throw new AppError('FORMAT_UNSUPPORTED', 'binary content of an unknown kind');
  }
  const office = officeXmlFormat(text);
  if (office) return office;
  if (isMhtml(text)) return 'mhtml';
  return looksLikeHtml(text) ? 'html' : 'text';
}

/** Control characters other than tab, line and page breaks and escape; and characters that could not be decoded. */
function countUnprintable(text: string): { controls: number; undecodable: number } {
  let controls = 0;
  let undecodable = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd) undecodable++;
    else if (code === 0x7f || (code < 0x20 && (code < 9 || code > 13) && code !== 27)) controls++;
  }
  return { controls, undecodable };
}

/** A web archive is a mail message: header lines first, one of them of type multipart/related. */
function isMhtml(text: string): boolean {
  const head = text.slice(0, 4096);
  return /^\s*[A-Za-z-]+:[^\n]*\r?\n/.test(head) && /^content-type:\s*multipart\/related/im.test(head);
}

function nameMismatch(format: Format, name: string | undefined): Diagnostic[] {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name ?? '')?.[1]?.toLowerCase();
  const promised = ending === undefined ? undefined : PROMISES.get(ending);
  if (ending === undefined || !promised || promised.includes(format)) return [];
  return [
    { code: 'FORMAT_NAME_MISMATCH', message: `the name ends in .${ending} but the content is ${format}` },
  ];
}
