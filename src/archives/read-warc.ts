import { AppError, asAppError } from '../errors/app-error.js';
import type { ArchiveItem, ArchiveLimits } from './archive-item.js';
import { ByteReader } from './byte-reader.js';
import { decodeBody } from './http-body.js';

const MAX_LINE_BYTES = 64 * 1024;
const MAX_HEADER_LINES = 1_000;
/** What the HTTP head may add to the body's own limit. */
const HEAD_ALLOWANCE_BYTES = 1024 * 1024;
/** Pictures smaller than this are a site's furniture; larger ones may be scanned reports. */
const SMALLEST_PICTURE_BYTES = 50_000;
const RECORD_MARK = 'WARC/';
const NEVER_DOCUMENTS =
  /^(?:text\/css|font\/|audio\/|video\/|application\/(?:x-)?font|.*javascript|.*\bjson\b)/i;

type Headers = ReadonlyMap<string, string>;

/** A record's headers, block and where it stands. */
interface WarcRecord {
  readonly headers: Headers;
  readonly block: Buffer;
}

/**
 * The documents of a WARC stream (ISO 28500, already inflated): responses with status 200 and resources, with URI,
 * date and content type. A broken record costs itself: reading goes on at the next line that starts one.
 * Throws SOURCE_CORRUPT where the stream breaks off, after what came before.
 */
export async function* readWarc(
  source: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
): AsyncGenerator<ArchiveItem> {
  const reader = new ByteReader(source);
  while (await toNextRecord(reader)) {
    const headers = await readHeaders(reader);
    const place = uriOf(headers) ?? '(record without address)';
    const type = headers.get('warc-type') ?? '';
    try {
      const length = lengthOf(headers);
      if (type !== 'response' && type !== 'resource') {
        await reader.skip(length);
        if (type === 'revisit') yield { kind: 'skipped', place, reason: 'revisit' };
        continue;
      }
      const record = { headers, block: await readBlock(reader, length, limits) };
      yield await toItem(record, type, place, limits);
    } catch (error) {
      yield { kind: 'problem', place, error: asAppError(error, 'SOURCE_CORRUPT') };
    }
  }
  if (reader.failure !== null) throw asAppError(reader.failure, 'SOURCE_CORRUPT');
}

/** Passes over everything up to the line that starts a record; false at the end. */
async function toNextRecord(reader: ByteReader): Promise<boolean> {
  for (;;) {
    const line = await reader.line(MAX_LINE_BYTES);
    if (line === null) return false;
    if (line.subarray(0, RECORD_MARK.length).toString('latin1') === RECORD_MARK) return true;
  }
}

async function readHeaders(reader: ByteReader): Promise<Headers> {
  const lines: string[] = [];
  for (let count = 0; count < MAX_HEADER_LINES; count++) {
    const line = await reader.line(MAX_LINE_BYTES);
    if (line === null || line.length === 0) break;
    lines.push(line.toString('utf8'));
  }
  return parseHeaders(lines);
}

/** The block, whole. What does not fit its stated length is put back or passed over, so that the next record is found. */
async function readBlock(reader: ByteReader, length: number, limits: ArchiveLimits): Promise<Buffer> {
  if (length > limits.maxBytes + HEAD_ALLOWANCE_BYTES) {
    await reader.skip(length);
    throw new AppError('SOURCE_TOO_LARGE', `The record holds ${length} bytes.`);
  }
  const block = await reader.block(length);
  const next = await reader.peekBehindLineEnds(RECORD_MARK.length);
  if (block.length === length && (next.length === 0 || next.toString('latin1') === RECORD_MARK)) return block;
  const swallowed = block.indexOf(`\r\n\r\n${RECORD_MARK}1.`);
  if (swallowed >= 0) reader.unread(block.subarray(swallowed));
  const what =
    block.length < length ? 'The archive ends within this record.' : 'The length of this record is wrong.';
  throw new AppError('SOURCE_CORRUPT', what);
}

async function toItem(
  { headers, block }: WarcRecord,
  type: 'response' | 'resource',
  place: string,
  limits: ArchiveLimits,
): Promise<ArchiveItem> {
  const http = type === 'response' ? parseHttp(block) : { status: 200, headers, body: block };
  if (http.status !== 200) return { kind: 'skipped', place, reason: `status ${http.status}` };
  const contentType = http.headers.get('content-type') ?? null;
  if (NEVER_DOCUMENTS.test(contentType ?? '')) return { kind: 'skipped', place, reason: contentType ?? '' };
  if (/^image\//i.test(contentType ?? '') && http.body.length < SMALLEST_PICTURE_BYTES) {
    return { kind: 'skipped', place, reason: 'small picture' };
  }
  const truncated = headers.get('warc-truncated');
  if (truncated !== undefined)
    throw new AppError('SOURCE_CORRUPT', `The crawler cut this page off: ${truncated}.`);
  const bytes = type === 'response' ? await decodeBody(http.body, http.headers, limits) : http.body;
  if (bytes.length === 0) return { kind: 'skipped', place, reason: 'empty body' };
  if (bytes.length > limits.maxBytes)
    throw new AppError('SOURCE_TOO_LARGE', `The page holds ${bytes.length} bytes.`);
  const crawledAt = toIso(headers.get('warc-date'));
  const uri = uriOf(headers);
  return { kind: 'document', document: { bytes, uri, path: null, contentType, crawledAt, meta: {} } };
}

function parseHttp(block: Buffer): { status: number; headers: Headers; body: Buffer } {
  const crlf = block.indexOf('\r\n\r\n');
  const lf = block.indexOf('\n\n');
  const hasCrlf = crlf >= 0 && (lf < 0 || crlf < lf);
  const end = hasCrlf ? crlf : lf;
  if (end < 0) throw new AppError('SOURCE_CORRUPT', 'The response has no end of its head.');
  // Header values are bytes; latin1 keeps them, whatever a server put there.
  const [statusLine = '', ...lines] = block.toString('latin1', 0, end).split(/\r?\n/);
  const status = /^HTTP\/\S+\s+(\d{3})/i.exec(statusLine)?.[1];
  if (status === undefined) throw new AppError('SOURCE_CORRUPT', 'The response has no status line.');
  return {
    status: Number(status),
    headers: parseHeaders(lines),
    body: block.subarray(end + (hasCrlf ? 4 : 2)),
  };
}

/** Header fields by lower-case name; of repeated ones the first counts, folded lines are joined. */
function parseHeaders(lines: readonly string[]): Headers {
  const headers = new Map<string, string>();
  const unfolded = lines
    .join('\n')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n');
  for (const line of unfolded) {
    const [, name, value] = /^([^:\s]+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !headers.has(name.toLowerCase())) {
      headers.set(name.toLowerCase(), value.trim());
    }
  }
  return headers;
}

function lengthOf(headers: Headers): number {
  const text = headers.get('content-length') ?? '';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new AppError('SOURCE_CORRUPT', 'The record does not say how long it is.');
}

function uriOf(headers: Headers): string | null {
  return headers.get('warc-target-uri')?.replace(/^<(.*)>$/, '$1') ?? null;
}

function toIso(date: string | undefined): string | null {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
