import { createReadStream } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { AppError, asAppError } from '../errors/app-error.js';
import type { ArchiveItem, ArchiveLimits } from './archive-item.js';
import { ByteReader } from './byte-reader.js';
import type { FetchedPage } from './fetch-url.js';

const MAX_LINE_BYTES = 1024 * 1024;

/** A line of a manifest: a document by its path below the manifest's folder, or by its address. */
const lineSchema = z
  .object({
    uri: z.string().max(8_192).optional(),
    path: z.string().optional(),
    url: z.string().max(8_192).optional(),
    crawled_at: z.string().optional(),
    content_type: z.string().optional(),
    meta: z.record(z.string(), z.unknown()).default({}),
  })
  .refine((line) => (line.path === undefined) !== (line.url === undefined), 'give either path or url');

type ManifestLine = z.infer<typeof lineSchema>;

/** How a manifest's documents are fetched. */
export type FetchPage = (url: string) => Promise<FetchedPage>;

/** The documents that a manifest (JSON lines) names, in its order; a bad line costs itself. */
export async function* readManifest(
  source: AsyncIterable<Uint8Array>,
  manifest: string,
  limits: ArchiveLimits,
  fetchPage: FetchPage,
): AsyncGenerator<ArchiveItem> {
  const reader = new ByteReader(source);
  const folder = dirname(resolve(manifest));
  for (let number = 1; ; number++) {
    const line = await reader.line(MAX_LINE_BYTES);
    if (line === null) break;
    const text = line.toString('utf8').trim();
    if (text === '') continue;
    const place = `${manifest}:${number}`;
    try {
      yield { kind: 'document', document: await load(parseLine(text), folder, limits, fetchPage) };
    } catch (error) {
      yield { kind: 'problem', place, error: asAppError(error, 'SOURCE_UNREADABLE') };
    }
  }
  if (reader.failure !== null) throw asAppError(reader.failure, 'SOURCE_UNREADABLE');
}

/** True where the first line that holds anything names a document, whatever else may be wrong with it. */
export async function isManifest(path: string): Promise<boolean> {
  const stream = createReadStream(path);
  const reader = new ByteReader(stream as AsyncIterable<Buffer>);
  try {
    for (;;) {
      const line = await reader.line(MAX_LINE_BYTES);
      if (line === null) return false;
      if (line.length > 0) return namesDocument(line.toString('utf8'));
    }
  } finally {
    stream.destroy();
  }
}

function namesDocument(text: string): boolean {
  const line = jsonOrNull(text);
  return typeof line === 'object' && line !== null && ('path' in line || 'url' in line);
}

/**
 * The files that a manifest names, as full paths. A folder that holds both is read by the manifest, which knows more
 * about each.
 */
export async function filesNamedIn(manifest: string): Promise<Set<string>> {
  const folder = dirname(resolve(manifest));
  const named = new Set<string>();
  const reader = new ByteReader(createReadStream(manifest) as AsyncIterable<Buffer>);
  for (
    let line = await reader.line(MAX_LINE_BYTES);
    line !== null;
    line = await reader.line(MAX_LINE_BYTES)
  ) {
    const parsed = lineSchema.safeParse(jsonOrNull(line.toString('utf8')));
    if (parsed.success && parsed.data.path !== undefined) named.add(resolve(folder, parsed.data.path));
  }
  return named;
}

function parseLine(text: string): ManifestLine {
  const parsed = lineSchema.safeParse(toJson(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`.trim());
  throw new AppError('REQUEST_INVALID', `The line does not fit: ${problems.join('; ')}.`);
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('REQUEST_INVALID', 'The line is no JSON.', { cause: error });
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return toJson(text);
  } catch {
    return null;
  }
}

async function load(line: ManifestLine, folder: string, limits: ArchiveLimits, fetchPage: FetchPage) {
  const known = { crawledAt: toIso(line.crawled_at), meta: line.meta };
  if (line.url !== undefined) {
    const page = await fetchPage(line.url);
    const contentType = line.content_type ?? page.contentType;
    return { ...known, bytes: page.bytes, uri: line.uri ?? line.url, path: null, contentType };
  }
  const path = await pathBelow(folder, line.path ?? '');
  const bytes = await readFile(path);
  if (bytes.length > limits.maxBytes)
    throw new AppError('SOURCE_TOO_LARGE', `${path} is larger than the limit.`);
  return { ...known, bytes, uri: line.uri ?? null, path, contentType: line.content_type ?? null };
}

/** A manifest is written by a crawler from strangers' pages: it names files below its own folder and no others. */
async function pathBelow(folder: string, name: string): Promise<string> {
  const root = await realpath(folder);
  const path = await realpath(resolve(folder, name)).catch((error: unknown) => {
    throw new AppError('SOURCE_UNREADABLE', `${name} cannot be opened.`, { cause: error });
  });
  const below = relative(root, path);
  if (below === '' || below === '..' || below.startsWith(`..${sep}`) || resolve(below) === below) {
    throw new AppError('SOURCE_UNREADABLE', `${name} lies outside of the manifest's folder.`);
  }
  return path;
}

function toIso(date: string | undefined): string | null {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
