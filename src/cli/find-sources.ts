import { createReadStream, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '../errors/app-error.js';
import type { SourceInput } from '../pipeline/settings.js';

/** A document to be read: what is known of it before its bytes are loaded. */
export interface FoundSource {
  readonly input: SourceInput;
  /** How it is called in tables and messages. */
  readonly label: string;
  /** Throws SOURCE_UNREADABLE or SOURCE_TOO_LARGE. */
  readonly load: () => Promise<Uint8Array>;
}

/**
 * What lies beside documents in folders of a crawl or of this project and is never one. Formats are told by content;
 * this list only keeps a folder's bookkeeping out, and a file named on the command line is always read.
 */
const NOT_DOCUMENTS = new Set(['.json', '.jsonl', '.ndjson', '.css', '.js', '.map', '.log']);

/** The documents that `paths` name, folders opened and sorted, in argument order; `-` is standard input. */
export async function findSources(
  paths: readonly string[],
  stdin: Readable,
  maxBytes: number,
): Promise<FoundSource[]> {
  const lists = await Promise.all(
    paths.map(async (path) => {
      if (path === '-') return [standardInput(stdin, maxBytes)];
      return (await filesAt(path)).map((file) => fileSource(file, maxBytes));
    }),
  );
  return lists.flat();
}

/** The one file at `path`, whether it exists or not: that shows when it is loaded. */
export function fileSource(path: string, maxBytes: number): FoundSource {
  return {
    input: { path, uri: null, hints: { name: basename(path) } },
    label: path,
    load: () => loadFile(path, maxBytes),
  };
}

function standardInput(stdin: Readable, maxBytes: number): FoundSource {
  return {
    input: { path: null, uri: null, hints: {} },
    label: '(standard input)',
    load: () => loadStream(stdin, maxBytes),
  };
}

async function filesAt(path: string): Promise<string[]> {
  if (!isFolder(path)) return [path];
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  // A folder that cannot be opened becomes one unreadable document instead of passing in silence.
  if (!entries) return [path];
  const visible = entries.filter((entry) => !entry.name.startsWith('.')).sort(byName);
  const nested = visible.map(async (entry) => {
    const child = join(path, entry.name);
    if (entry.isDirectory()) return filesAt(child);
    // Linked files are read, linked folders are not followed: they may lead round in a circle.
    const isFile = entry.isFile() || (entry.isSymbolicLink() && !isFolder(child));
    return isFile && !NOT_DOCUMENTS.has(extname(entry.name).toLowerCase()) ? [child] : [];
  });
  return (await Promise.all(nested)).flat();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function byName(a: { name: string }, b: { name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}

async function loadFile(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes) throw tooLarge(path, maxBytes);
    // The size of a pipe or device is 0 whatever it holds.
    return size > 0
      ? new Uint8Array(await readFile(path))
      : await loadStream(createReadStream(path), maxBytes);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('SOURCE_UNREADABLE', `${path} cannot be opened: ${reason}`, { cause: error });
  }
}

async function loadStream(stream: Readable, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge('standard input', maxBytes);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function tooLarge(name: string, maxBytes: number): AppError {
  return new AppError('SOURCE_TOO_LARGE', `${name} is larger than the limit of ${maxBytes} bytes.`);
}
