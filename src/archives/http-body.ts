import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { AppError } from '../errors/app-error.js';
import type { ArchiveLimits } from './archive-item.js';

const unpackers: Readonly<
  Record<string, (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>>
> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: async (bytes, options) => {
    // Servers send both kinds under this name (RFC 9110, 8.4.1.2).
    return promisify(inflate)(bytes, options).catch(() => promisify(inflateRaw)(bytes, options));
  },
};

const GZIP_MARK = [0x1f, 0x8b];

/**
 * The body of an HTTP message as the page's own bytes: chunks joined and compression undone. Crawlers often store the
 * body plain and the headers as they were, so a body that is not what the headers say is taken as it is.
 * Errors: SOURCE_CORRUPT where a compressed body is broken, SOURCE_TOO_LARGE.
 */
export async function decodeBody(
  body: Uint8Array,
  headers: ReadonlyMap<string, string>,
  limits: ArchiveLimits,
): Promise<Uint8Array> {
  const isChunked = /\bchunked\b/i.test(headers.get('transfer-encoding') ?? '');
  const joined = isChunked ? (joinChunks(body) ?? body) : body;
  const codings = (headers.get('content-encoding') ?? '').toLowerCase().split(',').reverse();
  let bytes = joined;
  for (const coding of codings) bytes = await unpack(bytes, coding.trim(), limits);
  return bytes;
}

async function unpack(bytes: Uint8Array, coding: string, limits: ArchiveLimits): Promise<Uint8Array> {
  const unpacker = unpackers[coding];
  if (!unpacker || (coding.endsWith('gzip') && !GZIP_MARK.every((byte, at) => bytes[at] === byte)))
    return bytes;
  try {
    return await unpacker(bytes, { maxOutputLength: largestOutput(bytes.length, limits) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new AppError('SOURCE_TOO_LARGE', 'The compressed body inflates beyond the limit.', {
        cause: error,
      });
    }
    if (coding === 'br' && looksPlain(bytes)) return bytes;
    throw new AppError('SOURCE_CORRUPT', `The ${coding} body is broken: ${String(error)}`, { cause: error });
  }
}

/** How much `compressed` bytes may become. */
export function largestOutput(compressed: number, { maxBytes, maxRatio, bombBytes }: ArchiveLimits): number {
  return Math.min(maxBytes, Math.max(bombBytes, compressed * maxRatio));
}

/** Brotli has no mark of its own; markup and PDF show that a body was stored plain. */
function looksPlain(bytes: Uint8Array): boolean {
  return /^\s*(?:<|%PDF|PK)/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
}

/** The joined chunks of a chunked body (RFC 9112, 7.1); null where it is not one. A missing last chunk is forgiven. */
function joinChunks(body: Uint8Array): Uint8Array | null {
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const parts: Buffer[] = [];
  let at = 0;
  while (at < buffer.length) {
    const lineEnd = buffer.indexOf('\r\n', at);
    const size = /^([0-9a-f]{1,8})\s*(?:;.*)?$/i.exec(
      buffer.toString('latin1', at, Math.max(at, lineEnd)),
    )?.[1];
    if (lineEnd < 0 || size === undefined) return null;
    const length = Number.parseInt(size, 16);
    if (length === 0) return Buffer.concat(parts);
    const start = lineEnd + 2;
    if (start + length > buffer.length) return null;
    parts.push(buffer.subarray(start, start + length));
    at = start + length + 2;
  }
  return parts.length > 0 ? Buffer.concat(parts) : null;
}
