import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveItem, type FoundDocument } from '../../archives/archive-item.js';
import { tidyName } from '../../archives/decode-name.js';
import { readSource } from '../../archives/read-sources.js';
import { AppError, asAppError } from '../../errors/app-error.js';
import { uploadManifest, type UploadManifest } from '../schemas/documents.js';

/** An uploaded file on disk: `path` is ours and says nothing, `name` is the sender's and is never a place. */
interface UploadedFile {
  readonly path: string;
  readonly name: string;
}

/** An upload as it came: files in a folder of their own until `remove`. */
export interface Upload {
  readonly manifest: UploadManifest;
  /** Every document of every file, archives unpacked, with what the manifest says about it. */
  documents(): AsyncGenerator<ArchiveItem>;
  remove(): Promise<void>;
}

const MANIFEST_FIELD = 'manifest';
const LONGEST_NAME = 500;
const READING = {
  limits: DEFAULT_ARCHIVE_LIMITS,
  fetchPage: () => Promise.reject(new AppError('URL_REFUSED', 'An upload names no addresses to fetch.')),
};

/** Takes an upload to disk. Errors: REQUEST_INVALID, SOURCE_TOO_LARGE; nothing is left behind then. */
export async function receiveUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) {
    throw new AppError('REQUEST_INVALID', 'Send the files as multipart/form-data.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'gongkai-upload-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const { files, manifest } = await receiveParts(request, folder);
    if (files.length === 0) throw new AppError('REQUEST_INVALID', 'The upload holds no file.');
    return { manifest, documents: () => documentsOf(files, manifest), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function receiveParts(request: FastifyRequest, folder: string) {
  const files: UploadedFile[] = [];
  let manifest: UploadManifest = uploadManifest.parse({});
  for await (const part of request.parts()) {
    if (part.type === 'file' && part.fieldname !== MANIFEST_FIELD) {
      files.push(await keepFile(part, join(folder, `file-${files.length}`)));
    } else if (part.fieldname === MANIFEST_FIELD) {
      const text = part.type === 'file' ? (await part.toBuffer()).toString('utf8') : String(part.value);
      manifest = parseManifest(text);
    }
  }
  return { files, manifest };
}

/** The file's own name decides about nothing; without an ending it cannot pass for a manifest of addresses either. */
async function keepFile(part: MultipartFile, path: string): Promise<UploadedFile> {
  await pipeline(part.file, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  if (part.file.truncated) {
    throw new AppError('SOURCE_TOO_LARGE', `${cleanName(part.filename)} is larger than an upload may be.`);
  }
  return { path, name: cleanName(part.filename) };
}

function cleanName(name: string | undefined): string {
  const tidy = tidyName((name ?? '').replace(/\p{Cc}/gu, '')).slice(-LONGEST_NAME);
  return tidy === '' ? 'upload' : tidy;
}

function parseManifest(text: string): UploadManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AppError('REQUEST_INVALID', 'The manifest is not JSON.', { cause: error });
  }
  const parsed = uploadManifest.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('REQUEST_INVALID', `The manifest does not fit. ${z.prettifyError(parsed.error)}`);
}

async function* documentsOf(
  files: readonly UploadedFile[],
  manifest: UploadManifest,
): AsyncGenerator<ArchiveItem> {
  const said = new Map(manifest.documents.map((entry) => [cleanName(entry.file), entry]));
  for (const { path, name } of files) {
    for await (const item of readSource(path, READING)) yield named(item, path, name, said.get(name));
  }
}

/** Puts the sender's name in the place of ours, and beside it what the manifest knows of a file that is one document. */
function named(
  item: ArchiveItem,
  path: string,
  name: string,
  said: UploadManifest['documents'][number] | undefined,
): ArchiveItem {
  const rename = (text: string): string => text.replaceAll(path, name);
  if (item.kind === 'skipped') return { ...item, place: rename(item.place) };
  if (item.kind === 'problem') {
    const { code, message } = asAppError(item.error, 'SOURCE_UNREADABLE');
    return { ...item, place: rename(item.place), error: new AppError(code, rename(message)) };
  }
  const { document } = item;
  const renamed: FoundDocument = { ...document, path: document.path === null ? name : rename(document.path) };
  return { kind: 'document', document: document.path === path ? withManifest(renamed, said) : renamed };
}

function withManifest(
  document: FoundDocument,
  said: UploadManifest['documents'][number] | undefined,
): FoundDocument {
  if (!said) return document;
  return {
    ...document,
    uri: said.uri ?? document.uri,
    contentType: said.contentType ?? document.contentType,
    crawledAt: said.crawledAt === undefined ? document.crawledAt : new Date(said.crawledAt).toISOString(),
    meta: said.meta ?? document.meta,
  };
}
