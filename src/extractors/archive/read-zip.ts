import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { AppError, asAppError } from '../../errors/app-error.js';

/** A zip's table of contents; `read` inflates one entry. Names use `/`. */
export interface ZipArchive {
  readonly names: readonly string[];
  /** The bytes of an entry, or null where there is none of that name. Throws SOURCE_CORRUPT or SOURCE_TOO_LARGE. */
  read(name: string): Promise<Uint8Array | null>;
}

export interface ZipLimits {
  /** One entry may inflate to so many bytes. */
  readonly maxEntryBytes: number;
  /** All entries that are read may inflate to so many bytes together. */
  readonly maxTotalBytes: number;
  readonly maxEntries: number;
}

export const DEFAULT_ZIP_LIMITS: ZipLimits = {
  maxEntryBytes: 64 * 1024 * 1024,
  maxTotalBytes: 160 * 1024 * 1024,
  maxEntries: 20_000,
};

/** Bit 0 of the general purpose flags: the entry is encrypted (APPNOTE 4.4.4). */
const ENCRYPTED_FLAG = 1;

/**
 * Opens a zip held in memory. Sizes are checked twice: as declared, before anything is inflated, and as inflated, so that
 * an archive that lies costs no more than its limits. Throws SOURCE_CORRUPT where the table of contents cannot be read.
 */
export async function openZip(
  bytes: Uint8Array,
  limits: ZipLimits = DEFAULT_ZIP_LIMITS,
): Promise<ZipArchive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = await openBuffer(withoutTrailingBytes(buffer));
  const entries = await listEntries(zip, limits);
  let remaining = limits.maxTotalBytes;
  return {
    names: [...entries.keys()],
    async read(name) {
      const entry = entries.get(name);
      if (!entry) return null;
      if ((entry.generalPurposeBitFlag & ENCRYPTED_FLAG) !== 0) {
        throw new AppError('SOURCE_ENCRYPTED', `${name} inside the archive is encrypted`);
      }
      const limit = Math.min(limits.maxEntryBytes, remaining);
      if (entry.uncompressedSize > limit) throw tooLarge(name, limit);
      const content = await inflateEntry(zip, entry, limit);
      remaining -= content.length;
      return content;
    },
  };
}

/** Length of the end record without its comment, and where in it the comment's length stands (APPNOTE 4.3.16). */
const END_RECORD_BYTES = 22;
const COMMENT_LENGTH_AT = 20;

/** Servers and crawlers append bytes; what stands behind the end record is no part of the archive. */
function withoutTrailingBytes(buffer: Buffer): Buffer {
  const end = buffer.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + END_RECORD_BYTES > buffer.length) return buffer;
  return buffer.subarray(0, end + END_RECORD_BYTES + buffer.readUInt16LE(end + COMMENT_LENGTH_AT));
}

async function openBuffer(buffer: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(buffer, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw asAppError(error, 'SOURCE_CORRUPT');
  }
}

async function listEntries(zip: ZipFile, limits: ZipLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.maxEntries) {
    throw new AppError(
      'SOURCE_TOO_LARGE',
      `the archive holds ${zip.entryCount} entries, the limit is ${limits.maxEntries}`,
    );
  }
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  } catch (error) {
    throw asAppError(error, 'SOURCE_CORRUPT');
  }
  return entries;
}

async function inflateEntry(zip: ZipFile, entry: Entry, limit: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let total = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const part of stream as AsyncIterable<Buffer>) {
      total += part.length;
      if (total > limit) throw tooLarge(entry.fileName, limit);
      parts.push(part);
    }
  } catch (error) {
    throw asAppError(error, 'SOURCE_CORRUPT');
  }
  return Buffer.concat(parts, total);
}

function tooLarge(name: string, limit: number): AppError {
  return new AppError('SOURCE_TOO_LARGE', `${name} inside the archive inflates to more than ${limit} bytes`);
}
