import { createReadStream, type Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import { AppError, asAppError } from '../errors/app-error.js';
import type { ArchiveItem, ArchiveLimits } from './archive-item.js';
import { detectArchive, type ArchiveKind } from './detect-archive.js';
import { largestOutput } from './http-body.js';
import { filesNamedIn, readManifest, type FetchPage } from './read-manifest.js';
import { readTar } from './read-tar.js';
import { readWarc } from './read-warc.js';
import { readZip } from './read-zip.js';

export interface SourceReading {
  readonly limits: ArchiveLimits;
  readonly fetchPage: FetchPage;
  /** Full paths that folders leave out: the store's own folder, files that a manifest gives. */
  readonly leftOut?: ReadonlySet<string>;
}

/** zlib drops what it inflated in the same step in which it met the damage, so steps are small. */
const INFLATED_AT_ONCE_BYTES = 4_096;

const NO_MANIFEST = 'A manifest names a path or an url in every line; this file does not.';

/** What lies beside documents in a crawl's folders and is never one; a file named outright is always read. */
const BOOKKEEPING = /(?:^\.|\.(?:json|css|js|map|log|cdx|cdxj|sqlite|tmp|part)$)/i;

/**
 * Everything that a path or address names, one document at a time: files, folders (in the order of names; files that a
 * manifest there names come with what it says), ZIP, TAR(.gz), WARC(.gz), gzipped files, manifests and http(s)
 * addresses. Never throws for what it finds.
 */
export async function* readSource(name: string, reading: SourceReading): AsyncGenerator<ArchiveItem> {
  try {
    if (/^https?:\/\//i.test(name)) yield await fetched(name, reading.fetchPage);
    else yield* readPath(resolve(name), reading);
  } catch (error) {
    yield { kind: 'problem', place: name, error: asAppError(error, 'SOURCE_UNREADABLE') };
  }
}

async function fetched(url: string, fetchPage: FetchPage): Promise<ArchiveItem> {
  const { bytes, contentType } = await fetchPage(url);
  return {
    kind: 'document',
    document: { bytes, uri: url, path: null, contentType, crawledAt: null, meta: {} },
  };
}

async function* readPath(path: string, reading: SourceReading): AsyncGenerator<ArchiveItem> {
  const info = await stat(path).catch((error: unknown) => {
    throw new AppError('SOURCE_UNREADABLE', `${path} cannot be opened: ${String(error)}`, { cause: error });
  });
  if (info.isFile()) {
    yield* readFileAt(path, info.size, reading);
    return;
  }
  // What a pipe holds can be read once only, and telling what it is would use up its beginning.
  if (!info.isDirectory()) throw new AppError('SOURCE_UNREADABLE', `${path} is neither a file nor a folder.`);
  yield* readFolder(path, reading);
}

async function* readFolder(folder: string, reading: SourceReading): AsyncGenerator<ArchiveItem> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort(byName);
  const leftOut = new Set(reading.leftOut);
  for (const entry of entries.filter(isJsonLinesFile)) {
    const manifest = join(folder, entry.name);
    if ((await detectArchive(manifest)) === 'manifest')
      for (const file of await filesNamedIn(manifest)) leftOut.add(file);
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    // Linked folders are not followed: they may lead round in a circle.
    const isWanted = entry.isDirectory() || entry.isFile() || (await isLinkedFile(entry, path));
    if (!isWanted || BOOKKEEPING.test(entry.name) || leftOut.has(path)) continue;
    if (isJsonLinesFile(entry) && (await detectArchive(path)) !== 'manifest')
      yield { kind: 'skipped', place: path, reason: 'JSON lines that are no manifest' };
    else yield* readSource(path, { ...reading, leftOut });
  }
}

async function* readFileAt(path: string, size: number, reading: SourceReading): AsyncGenerator<ArchiveItem> {
  const kind = size === 0 ? 'document' : await detectArchive(path);
  const { limits } = reading;
  if (kind === 'zip') yield* readZip(path, limits);
  else if (kind === 'tar' || kind === 'tar.gz')
    yield* readTar(Readable.from(openStream(path, kind)), path, limits);
  else if (kind === 'warc' || kind === 'warc.gz')
    yield* reportEnd(readWarc(openStream(path, kind), limits), path);
  else if (kind === 'json-lines') throw new AppError('REQUEST_INVALID', NO_MANIFEST);
  else if (kind === 'manifest') yield* readManifest(openStream(path, kind), path, limits, reading.fetchPage);
  else yield await readDocument(path, size, kind, limits);
}

async function readDocument(
  path: string,
  size: number,
  kind: ArchiveKind,
  limits: ArchiveLimits,
): Promise<ArchiveItem> {
  if (size > limits.maxBytes) throw new AppError('SOURCE_TOO_LARGE', `${path} is larger than the limit.`);
  const stored = await readFile(path);
  const bytes = kind === 'gz' ? await inflateFile(stored, limits) : stored;
  return {
    kind: 'document',
    document: { bytes, uri: null, path, contentType: null, crawledAt: null, meta: {} },
  };
}

async function inflateFile(stored: Buffer, limits: ArchiveLimits): Promise<Buffer> {
  const options = { maxOutputLength: largestOutput(stored.length, limits) };
  const inflate: (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer> = promisify(gunzip);
  return inflate(stored, options).catch((error: NodeJS.ErrnoException) => {
    const code = error.code === 'ERR_BUFFER_TOO_LARGE' ? 'SOURCE_TOO_LARGE' : 'SOURCE_CORRUPT';
    throw new AppError(code, `The gzipped file cannot be inflated: ${error.message}`, { cause: error });
  });
}

/** A stream that breaks (cut gzip data, a disk error) ends the archive with a problem; what came before stands. */
async function* reportEnd(items: AsyncIterable<ArchiveItem>, path: string): AsyncGenerator<ArchiveItem> {
  try {
    yield* items;
  } catch (error) {
    const reason = `The archive cannot be read to its end: ${String(error)}`;
    yield { kind: 'problem', place: path, error: new AppError('SOURCE_CORRUPT', reason, { cause: error }) };
  }
}

/** The file's bytes, inflated where it is compressed. */
function openStream(path: string, kind: ArchiveKind): AsyncIterable<Uint8Array> {
  return kind.endsWith('gz') ? inflated(path) : (createReadStream(path) as AsyncIterable<Buffer>);
}

/**
 * Inflates by hand what `for await` over a gunzip stream would throw away: a broken stream forgets what it had already
 * inflated, and data behind the last whole part ends in silence.
 */
async function* inflated(path: string): AsyncGenerator<Buffer> {
  const { size } = await stat(path);
  const unpack = createGunzip();
  const parts: Buffer[] = [];
  unpack.on('data', (part: Buffer) => parts.push(part));
  try {
    for await (const chunk of createReadStream(path, {
      highWaterMark: INFLATED_AT_ONCE_BYTES,
    }) as AsyncIterable<Buffer>) {
      const failure = await settled(unpack, (done) => unpack.write(chunk, done));
      yield* parts.splice(0);
      if (failure) throw failure;
    }
    const failure = await settled(unpack, (done) => unpack.end(done));
    yield* parts.splice(0);
    if (failure) throw failure;
  } finally {
    unpack.destroy();
  }
  const unread = size - unpack.bytesWritten;
  if (unread > 0) throw new AppError('SOURCE_CORRUPT', `The last ${unread} bytes are no gzip data.`);
}

/** Null when `start` called back, the error where the stream broke: a broken stream never calls back. */
function settled(stream: Writable, start: (done: () => void) => void): Promise<Error | null> {
  return new Promise((resolve) => {
    stream.once('error', resolve);
    start(() => {
      stream.off('error', resolve);
      resolve(null);
    });
  });
}

async function isLinkedFile(entry: Dirent, path: string): Promise<boolean> {
  return entry.isSymbolicLink() && ((await stat(path).catch(() => null))?.isFile() ?? false);
}

function isJsonLinesFile(entry: Dirent): boolean {
  return !entry.isDirectory() && /\.(?:jsonl|ndjson)$/i.test(entry.name);
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}
