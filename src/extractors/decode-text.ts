import type { Diagnostic } from '../model/diagnostic.js';
import { onceEach } from '../text/once-each.js';
import { COMMON_CHARACTERS } from './common-characters.js';

export interface DecodedText {
  readonly text: string;
  /** The encoding used, as a WHATWG label. */
  readonly charset: string;
  /** True where neither a mark nor valid UTF-8 nor a declaration that fits settled the encoding. */
  readonly guessed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface DecodeHints {
  /** The charset an HTTP header or the like names. */
  readonly declared?: string | undefined;
  /** Look for `<meta charset>` and `<?xml encoding>`. */
  readonly isMarkup?: boolean;
}

/** So many bytes are looked at to tell encodings apart. */
const SAMPLE_BYTES = 64 * 1024;
/** A declaration inside a page is looked for in so many bytes; sites put scripts and comments before it. */
const DECLARATION_BYTES = 16 * 1024;
/** UTF-8 with a smaller share of broken sequences than this is still UTF-8 (a page assembled from pieces, a cut character). */
const MAX_BROKEN_SHARE = 0.02;
/** Chinese text written as UTF-16 has at least this share of units in the expected ranges. */
const MIN_UTF16_SHARE = 0.9;
/** Text has fewer control characters than this. */
const META_CHARSET = /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]+)/i;
const XML_ENCODING = /^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]+)["']/i;

/** Labels sites use, and the superset that holds all their characters; the superset decodes what sloppy labels mean. */
const SUPERSETS: ReadonlyMap<string, string> = new Map([
  ['gb2312', 'gb18030'],
  ['gb_2312-80', 'gb18030'],
  ['gbk', 'gb18030'],
  ['gb18030', 'gb18030'],
  ['cp936', 'gb18030'],
  ['ms936', 'gb18030'],
  ['x-gbk', 'gb18030'],
  ['chinese', 'gb18030'],
  ['hz-gb-2312', 'gb18030'],
  ['big5', 'big5'],
  ['big5-hkscs', 'big5'],
  ['x-x-big5', 'big5'],
  ['utf8', 'utf-8'],
  ['utf-8', 'utf-8'],
  ['unicode', 'utf-16le'],
  ['utf-16', 'utf-16le'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
]);

/**
 * Decodes bytes of unknown or badly declared encoding: a byte order mark first, then UTF-16 by its pattern, strict UTF-8,
 * and else GB18030 (which holds GB2312 and GBK) or Big5, whichever makes commoner Chinese. What was declared is believed only
 * where it makes sense; a character cut off at the end is dropped. Never throws.
 */
export function decodeText(bytes: Uint8Array, hints: DecodeHints = {}): DecodedText {
  const declared = declaredCharset(bytes, hints);
  const { charset, sign } = charsetOf(bytes);
  return decoded(bytes, charset, declared, sign === 'pattern' || (sign === 'words' && declared !== charset));
}

/** An encoding, and what it shows itself by: a mark, its pattern of bytes, being valid, or commoner Chinese words. */
interface FoundCharset {
  readonly charset: string;
  readonly sign: 'mark' | 'pattern' | 'valid' | 'words';
}

/** Worked out once for the same bytes: a source is decoded to tell its format, and again to be read. */
const charsetOf = onceEach((bytes: Uint8Array): FoundCharset => {
  const marked = charsetOfMark(bytes);
  if (marked) return { charset: marked, sign: 'mark' };
  const wide = detectUtf16(bytes);
  if (wide) return { charset: wide, sign: 'pattern' };
  if (isUtf8(bytes)) return { charset: 'utf-8', sign: 'valid' };
  return { charset: guessChinese(bytes), sign: 'words' };
});

function decoded(bytes: Uint8Array, charset: string, declared: string | null, guessed: boolean): DecodedText {
  const text = dropCutCharacter(new TextDecoder(charset).decode(bytes));
  const isAscii = charset === 'utf-8' && text.length === bytes.length;
  const diagnostics: Diagnostic[] = [];
  if (declared !== null && declared !== charset && !isAscii) {
    diagnostics.push({ code: 'CHARSET_MISMATCH', message: `declared as ${declared}, read as ${charset}` });
  } else if (guessed) {
    diagnostics.push({ code: 'CHARSET_GUESSED', message: `no usable declaration, read as ${charset}` });
  }
  return { text, charset, guessed, diagnostics };
}

/** A last sequence that was cut off decodes to a replacement character: no reader of the text gains from it. */
function dropCutCharacter(text: string): string {
  return text.endsWith('\ufffd') ? text.slice(0, -1) : text;
}

function charsetOfMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0x84 && bytes[1] === 0x31 && bytes[2] === 0x95 && bytes[3] === 0x33) return 'gb18030';
  return null;
}

function declaredCharset(bytes: Uint8Array, hints: DecodeHints): string | null {
  const named = hints.declared ?? (hints.isMarkup === true ? charsetInMarkup(bytes) : undefined);
  if (named === undefined) return null;
  const label = named.trim().toLowerCase();
  return SUPERSETS.get(label) ?? label;
}

function charsetInMarkup(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, DECLARATION_BYTES));
  return META_CHARSET.exec(head)?.[1] ?? XML_ENCODING.exec(head)?.[1];
}

/** UTF-16 without a mark: nearly all units are ASCII, CJK or full-width in one byte order. */
function detectUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, SAMPLE_BYTES) & ~1;
  if (length < 8) return null;
  let little = 0;
  let big = 0;
  let asciiUnits = 0;
  for (let i = 0; i < length; i += 2) {
    const a = bytes[i] ?? 0;
    const b = bytes[i + 1] ?? 0;
    if (isUsualUnit((b << 8) | a)) little++;
    if (isUsualUnit((a << 8) | b)) big++;
    if ((a === 0) !== (b === 0)) asciiUnits++;
  }
  const units = length / 2;
  // Bytes of 0 do not occur in any of the other encodings of text.
  if (asciiUnits === 0) return null;
  if (Math.max(little, big) < units * MIN_UTF16_SHARE) return null;
  return little >= big ? 'utf-16le' : 'utf-16be';
}

function isUsualUnit(unit: number): boolean {
  return (
    (unit >= 0x20 && unit < 0x7f) ||
    unit === 0x09 ||
    unit === 0x0a ||
    unit === 0x0d ||
    (unit >= 0x2010 && unit <= 0x203b) ||
    (unit >= 0x3000 && unit <= 0x303f) ||
    (unit >= 0x4e00 && unit <= 0x9fff) ||
    (unit >= 0xff00 && unit <= 0xffef) ||
    unit === 0xa0 ||
    unit === 0xb7
  );
}

/** Strict UTF-8, but for a last character cut off and a few broken sequences among many good ones. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return isNearlyUtf8(bytes);
  }
}

function isNearlyUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let broken = 0;
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    if (length === 0) broken++;
    else if (length > 1) good++;
    i += Math.max(1, length);
    if (i >= bytes.length - 3 && length === 0 && good > 0) broken--;
  }
  return broken <= good * MAX_BROKEN_SHARE && good > 0;
}

/** Length of the UTF-8 sequence at `at`, 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** GB18030, Big5 or, where neither makes Chinese, Windows-1252. */
function guessChinese(bytes: Uint8Array): string {
  const sample = sampleOfHighBytes(bytes);
  const candidates = ['gb18030', 'big5'].map((charset) => ({
    charset,
    score: plausibility(new TextDecoder(charset).decode(sample)),
  }));
  const [simplified, traditional] = candidates;
  if (!simplified || !traditional) return 'gb18030';
  if (Math.max(simplified.score, traditional.score) <= 0) return 'windows-1252';
  return traditional.score > simplified.score ? 'big5' : 'gb18030';
}

/** The lines that hold something else than ASCII, up to the size of a sample. */
function sampleOfHighBytes(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const lineStart = bytes.lastIndexOf(0x0a, first) + 1;
  return bytes.subarray(lineStart, lineStart + SAMPLE_BYTES);
}

/** Share of the commonest Chinese characters among all that are not ASCII, minus that of characters that could not be decoded. */
function plausibility(text: string): number {
  let common = 0;
  let broken = 0;
  let all = 0;
  for (const character of text) {
    if (character < '\u0080') continue;
    all++;
    if (COMMON_CHARACTERS.has(character)) common++;
    else if (character === '\ufffd' || (character >= '\ue000' && character <= '\uf8ff')) broken++;
  }
  return all === 0 ? 0 : (common - 2 * broken) / all;
}
