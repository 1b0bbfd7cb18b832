import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { createGunzip } from 'node:zlib';
import { isManifest } from './read-manifest.js';
import { isOfficeFile } from './read-zip.js';

/**
 * What a path holds: an archive of documents, JSON lines that are no manifest, or `document` for everything else.
 */
export type ArchiveKind =
  'zip' | 'tar' | 'tar.gz' | 'warc' | 'warc.gz' | 'manifest' | 'json-lines' | 'gz' | 'document';

/** The mark of a TAR header stands behind names, modes and sizes. */
const TAR_MARK_OFFSET = 257;
const HEAD_BYTES = 512;

/** Tells by content what the file is; only manifests, which are JSON lines, need the name as well. */
export async function detectArchive(path: string): Promise<ArchiveKind> {
  const head = await readHead(path);
  const kind = kindOf(head);
  if (kind === 'zip') return (await isOfficeFile(path)) ? 'document' : 'zip';
  if (kind === 'gz') return gzipKind(kindOf(await inflateHead(path)));
  if (kind !== null || !isJsonLines(path, head)) return kind ?? 'document';
  return (await isManifest(path)) ? 'manifest' : 'json-lines';
}

function isJsonLines(path: string, head: Buffer): boolean {
  return (
    ['.jsonl', '.ndjson'].includes(extname(path).toLowerCase()) && /^\s*\{/.test(head.toString('latin1'))
  );
}

function kindOf(head: Buffer): 'zip' | 'gz' | 'warc' | 'tar' | null {
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return 'zip';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gz';
  if (head.subarray(0, 5).toString('latin1') === 'WARC/') return 'warc';
  if (head.subarray(TAR_MARK_OFFSET, TAR_MARK_OFFSET + 5).toString('latin1') === 'ustar') return 'tar';
  return null;
}

function gzipKind(inside: ReturnType<typeof kindOf>): ArchiveKind {
  if (inside === 'warc') return 'warc.gz';
  return inside === 'tar' ? 'tar.gz' : 'gz';
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function inflateHead(path: string): Promise<Buffer> {
  const source = createReadStream(path);
  const inflated = source.pipe(createGunzip());
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of inflated as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length >= HEAD_BYTES) break;
    }
  } catch {
    // Broken compression: whatever came out before decides.
  } finally {
    source.destroy();
  }
  return Buffer.concat(parts);
}
