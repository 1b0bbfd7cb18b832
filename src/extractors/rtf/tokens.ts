/** One token of RTF (specification 1.9.1, "RTF syntax"). `parameter` is null where a control word has none. */
export type RtfToken =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'word'; readonly name: string; readonly parameter: number | null }
  | { readonly kind: 'symbol'; readonly character: string }
  | { readonly kind: 'bytes'; readonly bytes: readonly number[] };

const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x27;
const SPACE = 0x20;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const MINUS = 0x2d;
const LONGEST_WORD = 32;

function isLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Splits RTF into tokens; `\'hh` and plain characters come as bytes, `\bin` data is left out. Never throws. */
export function* readTokens(bytes: Uint8Array): Generator<RtfToken> {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === OPEN || byte === CLOSE) {
      yield { kind: byte === OPEN ? 'open' : 'close' };
      at++;
    } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
      at++;
    } else if (byte !== BACKSLASH) {
      yield { kind: 'bytes', bytes: [byte] };
      at++;
    } else if (bytes[at + 1] === QUOTE) {
      const code = Number.parseInt(String.fromCharCode(bytes[at + 2] ?? 0, bytes[at + 3] ?? 0), 16);
      if (!Number.isNaN(code)) yield { kind: 'bytes', bytes: [code] };
      at += 4;
    } else if (!isLetter(bytes[at + 1] ?? 0)) {
      yield { kind: 'symbol', character: String.fromCharCode(bytes[at + 1] ?? 0) };
      at += 2;
    } else {
      const word = readWord(bytes, at + 1);
      at = word.next;
      if (word.name === 'bin') at += Math.max(0, word.parameter ?? 0);
      else yield { kind: 'word', name: word.name, parameter: word.parameter };
    }
  }
}

function readWord(
  bytes: Uint8Array,
  start: number,
): { name: string; parameter: number | null; next: number } {
  let at = start;
  while (isLetter(bytes[at] ?? 0) && at - start < LONGEST_WORD) at++;
  const name = String.fromCharCode(...bytes.subarray(start, at));
  const numberStart = at;
  if (bytes[at] === MINUS) at++;
  while (isDigit(bytes[at] ?? 0)) at++;
  const digits = String.fromCharCode(...bytes.subarray(numberStart, at));
  const parameter = /\d/.test(digits) ? Number.parseInt(digits, 10) : null;
  // A space behind a control word belongs to it.
  return { name, parameter, next: bytes[at] === SPACE ? at + 1 : at };
}
