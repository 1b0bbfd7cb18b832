import { finished } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import tar, { type Header } from 'tar-stream';
import { AppError, asAppError } from '../errors/app-error.js';
import type { ArchiveItem, ArchiveLimits } from './archive-item.js';
import { decodeName, tidyName } from './decode-name.js';

/** Latin-1 keeps the bytes of a name, so that its charset can be told afterwards. */
const EXTRACT_OPTIONS = { filenameEncoding: 'latin1', highWaterMark: 64 * 1024 };

/** The files of a TAR stream (already inflated), one at a time; `archive` names the entries. */
export async function* readTar(
  source: Readable,
  archive: string,
  limits: ArchiveLimits,
): AsyncGenerator<ArchiveItem> {
  const extract = tar.extract(EXTRACT_OPTIONS);
  source.on('error', (error) => extract.destroy(error));
  source.pipe(extract);
  try {
    for await (const entry of extract) {
      const { header } = entry;
      const path = `${archive}!/${tidyName(nameOf(header))}`;
      const size = header.size ?? 0;
      if (header.type !== 'file' || size > limits.maxBytes) {
        entry.resume();
        if (header.type === 'file') {
          const error = new AppError('SOURCE_TOO_LARGE', `The entry holds ${size} bytes.`);
          yield { kind: 'problem', place: path, error };
        }
        continue;
      }
      const parts: Buffer[] = [];
      for await (const part of entry) parts.push(part as Buffer);
      const crawledAt = null;
      const bytes = Buffer.concat(parts);
      yield {
        kind: 'document',
        document: { bytes, uri: null, path, contentType: null, crawledAt, meta: {} },
      };
    }
  } catch (error) {
    yield { kind: 'problem', place: archive, error: asAppError(error, 'SOURCE_CORRUPT') };
  } finally {
    source.destroy();
    await finished(source).catch(() => undefined);
  }
}

/** PAX headers say their name in UTF-8 and have been decoded; all others are bytes still. */
function nameOf(header: Header): string {
  const isDecoded = typeof header.pax === 'object' && header.pax !== null && 'path' in header.pax;
  return isDecoded ? header.name : decodeName(Buffer.from(header.name, 'latin1'));
}
