/** A part of a mail message (RFC 2045): its content as bytes, headers by lower-case name. */
export interface MessagePart {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** Multiparts inside each other deeper than this are not followed. */
const DEEPEST_PART = 8;
const MOST_PARTS = 2_000;

/** Splits a message into its leaf parts, their transfer encodings undone. Never throws; a part cut off is kept as far as it goes. */
export function readMessage(bytes: Uint8Array): MessagePart[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return readPart(text.replace(/^(?:\xef\xbb\xbf)?\s+/, ''), 0).slice(0, MOST_PARTS);
}

/** `text` holds a byte a character. */
function readPart(text: string, depth: number): MessagePart[] {
  const end = /\r?\n\r?\n/.exec(text);
  const headers = readHeaders(end ? text.slice(0, end.index) : text);
  const body = end ? text.slice(end.index + end[0].length) : '';
  const boundary = parameterOf(headers.get('content-type') ?? '', 'boundary');
  if (boundary !== null && depth < DEEPEST_PART) {
    return splitAtBoundary(body, boundary).flatMap((part) => readPart(part, depth + 1));
  }
  return [{ headers, body: decodeTransfer(body, headers.get('content-transfer-encoding') ?? '') }];
}

/** Header lines; a line that starts with white space goes on with the one above (RFC 5322, 2.2.3). */
function readHeaders(text: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

/** A parameter of a header value such as `text/html; charset="gb2312"`, or null. */
export function parameterOf(header: string, name: string): string | null {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header);
  return match?.[1] ?? match?.[2] ?? null;
}

/** Parts stand between lines `--boundary`; what is before the first and behind the last is for people only. */
function splitAtBoundary(body: string, boundary: string): string[] {
  const parts: string[] = [];
  const mark = `--${boundary}`;
  const lines = `\n${body}`.split(`\n${mark}`);
  for (const piece of lines.slice(1)) {
    if (piece.startsWith('--')) break;
    parts.push(piece.replace(/^[ \t]*\r?\n/, ''));
  }
  return parts;
}

function decodeTransfer(body: string, encoding: string): Uint8Array {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return new Uint8Array(Buffer.from(body, 'base64'));
    case 'quoted-printable':
      return new Uint8Array(Buffer.from(decodeQuotedPrintable(body), 'latin1'));
    default:
      return new Uint8Array(Buffer.from(body, 'latin1'));
  }
}

/** RFC 2045, 6.7: `=` at the end of a line joins it with the next, `=XX` is a byte; anything else stands for itself. */
function decodeQuotedPrintable(text: string): string {
  return text
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Frames and advertisements come as HTML parts too; the page itself is the longest. */
export function longestPage(parts: readonly MessagePart[]): MessagePart | undefined {
  return parts
    .filter((part) => /^(?:text\/html|application\/xhtml)/i.test(part.headers.get('content-type') ?? ''))
    .sort((a, b) => b.body.length - a.body.length)[0];
}
