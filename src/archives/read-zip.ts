import { promisify } from 'node:util';
import yauzl from 'yauzl';
import { AppError, asAppError } from '../errors/app-error.js';
import type { ArchiveItem, ArchiveLimits } from './archive-item.js';
import { decodeName, tidyName } from './decode-name.js';
import { largestOutput } from './http-body.js';

const ENCRYPTED_FLAG = 1;
/** Extra field with the name in UTF-8, as Info-ZIP writes it beside a name in the local charset (APPNOTE 4.6.9). */
const UNICODE_PATH_FIELD = 0x7075;
const UNICODE_PATH_HEAD_BYTES = 5;
const OFFICE_ENTRIES = new Set(['[Content_Types].xml', 'mimetype', 'OFD.xml']);
/** Office files show what they are within their first entries. */
const OFFICE_ENTRIES_SEARCHED = 50;

const openZip = promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open);

/** The files of a ZIP archive, one at a time; `archive` is its path and names the entries. */
export async function* readZip(archive: string, limits: ArchiveLimits): AsyncGenerator<ArchiveItem> {
  const zip = await open(archive);
  try {
    for await (const entry of entriesOf(zip)) {
      const name = nameOf(entry);
      if (/[\\/]$/.test(name) || isSystemFile(name)) continue;
      const path = `${archive}!/${tidyName(name)}`;
      try {
        const bytes = await readEntry(zip, entry, limits);
        const crawledAt = null;
        yield {
          kind: 'document',
          document: { bytes, uri: null, path, contentType: null, crawledAt, meta: {} },
        };
      } catch (error) {
        yield { kind: 'problem', place: path, error: asAppError(error, 'SOURCE_CORRUPT') };
      }
    }
  } catch (error) {
    // The directory itself is broken: what came before stands.
    yield { kind: 'problem', place: archive, error: asAppError(error, 'SOURCE_CORRUPT') };
  } finally {
    zip.close();
  }
}

/** True where the ZIP is a document of its own (DOCX, XLSX, ODT, OFD) and no archive of documents. */
export async function isOfficeFile(archive: string): Promise<boolean> {
  const zip = await open(archive).catch(() => null);
  if (!zip) return true;
  try {
    let searched = 0;
    for await (const entry of entriesOf(zip)) {
      if (OFFICE_ENTRIES.has(nameOf(entry))) return true;
      if (++searched >= OFFICE_ENTRIES_SEARCHED) return false;
    }
    return false;
  } catch {
    // Not an archive that can be read: the extractor will say what is wrong with it.
    return true;
  } finally {
    zip.close();
  }
}

async function open(archive: string): Promise<yauzl.ZipFile> {
  try {
    return await openZip(archive, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    });
  } catch (error) {
    throw new AppError('SOURCE_CORRUPT', `${archive} is no readable ZIP archive: ${String(error)}`, {
      cause: error,
    });
  }
}

async function* entriesOf(zip: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  for (;;) {
    const entry = await new Promise<yauzl.Entry | null>((resolve, reject) => {
      const settle = (action: () => void) => {
        zip.removeAllListeners();
        action();
      };
      zip.once('entry', (found: yauzl.Entry) => settle(() => resolve(found)));
      zip.once('end', () => settle(() => resolve(null)));
      zip.once('error', (error: Error) => settle(() => reject(error)));
      zip.readEntry();
    });
    if (!entry) return;
    yield entry;
  }
}

async function readEntry(zip: yauzl.ZipFile, entry: yauzl.Entry, limits: ArchiveLimits): Promise<Uint8Array> {
  const { uncompressedSize: size, compressedSize } = entry;
  if (entry.generalPurposeBitFlag & ENCRYPTED_FLAG)
    throw new AppError('SOURCE_ENCRYPTED', 'The entry has a password.');
  if (size > largestOutput(compressedSize, limits)) {
    throw new AppError('SOURCE_TOO_LARGE', `The entry inflates from ${compressedSize} to ${size} bytes.`);
  }
  const stream = await promisify(zip.openReadStream.bind(zip))(entry);
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function nameOf(entry: yauzl.Entry): string {
  // With decodeStrings off names are bytes, whatever the type says.
  const raw = entry.fileName as unknown as Buffer;
  const unicode = entry.extraFields.find((field) => field.id === UNICODE_PATH_FIELD);
  return decodeName(unicode ? unicode.data.subarray(UNICODE_PATH_HEAD_BYTES) : raw);
}

/** What archivers add for themselves. */
function isSystemFile(name: string): boolean {
  return /(?:^|[\\/])(?:__MACOSX[\\/]|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(name);
}
