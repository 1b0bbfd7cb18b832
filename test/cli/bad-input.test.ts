import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CATALOGUE, type ErrorCode } from '../../src/errors/codes.js';
import type { GongkaiRecord } from '../../src/model/record.js';
import { emptyPagesPdf, encryptedPdf } from '../helpers/odd-pdf.js';
import { runApart, type ApartRun } from '../helpers/run-apart.js';
import { parseRecords } from '../helpers/run-cli.js';
import { buildDocx, cell, table } from '../helpers/build-docx.js';
import { buildZip } from '../helpers/build-zip.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';

const SAMPLES = join(process.cwd(), 'samples');
const TIMEOUT_MS = 20_000;
const HEAP_MB = 512;
/** All bad documents together: far more than each within its limit, two at a time, and the threads started anew. */
const BATCH_LIMIT_MS = 900_000;

/** What a document may come to: one of these codes, or a record without a form. */
interface Expectation {
  readonly codes: readonly ErrorCode[];
  readonly mayBeRead: boolean;
}

const READ_WITHOUT_FORM: Expectation = { codes: [], mayBeRead: true };
const LIMITS: readonly ErrorCode[] = ['TIME_LIMIT', 'MEMORY_LIMIT'];

const BAD: Readonly<
  Record<string, { readonly content: () => Uint8Array | string; readonly comesTo: Expectation }>
> = {
  'empty.pdf': { content: () => '', comesTo: fails('SOURCE_EMPTY') },
  'blank.txt': { content: () => ' \r\n\t　\n', comesTo: { codes: ['SOURCE_EMPTY'], mayBeRead: true } },
  'one-byte.docx': { content: () => 'x', comesTo: READ_WITHOUT_FORM },
  'header-only.pdf': { content: () => '%PDF-1.7\n%\u00e2\u00e3\n', comesTo: fails('SOURCE_CORRUPT') },
  'truncated.docx': { content: () => half('docx/auto-numbered.docx'), comesTo: fails('SOURCE_CORRUPT') },
  'encrypted.pdf': { content: encryptedPdf, comesTo: fails('SOURCE_ENCRYPTED') },
  'password.docx': { content: passwordDocx, comesTo: fails('SOURCE_ENCRYPTED') },
  'no-office.docx': {
    content: () => buildZip([{ name: 'a.txt', content: 'hello' }]),
    comesTo: fails('FORMAT_UNSUPPORTED'),
  },
  'not-found.pdf': {
    content: () => '<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>',
    comesTo: READ_WITHOUT_FORM,
  },
  'fifty-megabytes.txt': {
    content: () => '全年收到政府信息公开申请12件，均已按期答复申请人。\n'.repeat(690_000),
    comesTo: { codes: LIMITS, mayBeRead: true },
  },
  'two-thousand-pages.pdf': {
    content: () => emptyPagesPdf(2_000),
    comesTo: { codes: LIMITS, mayBeRead: true },
  },
  'ten-thousand-cells.docx': {
    content: () => docxTable(1_000, 10),
    comesTo: { codes: LIMITS, mayBeRead: true },
  },
  'deeply-nested.html': {
    content: () => `${'<div>'.repeat(100_000)}x`,
    comesTo: { codes: LIMITS, mayBeRead: true },
  },
  'deeply-nested-tables.html': {
    content: () => `${'<table><tr><td>'.repeat(20_000)}x`,
    comesTo: { codes: LIMITS, mayBeRead: true },
  },
  'random.bin': {
    content: () => Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7_919) % 256),
    comesTo: fails('FORMAT_UNSUPPORTED'),
  },
};

const folder = new TemporaryFolder();
let run: ApartRun;
let records: Map<string, GongkaiRecord>;

beforeAll(async () => {
  for (const [name, { content }] of Object.entries(BAD)) folder.write(name, content());
  mkdirSync(join(folder.path, 'folder.pdf'));
  // Good documents before and after show that the rest of the batch is complete.
  folder.write('0-good.docx', readFileSync(join(SAMPLES, 'docx/auto-numbered.docx')));
  folder.write('y-cut-off.pdf', half('pdf/table-over-page-break.pdf'));
  folder.write('z-good.txt', readFileSync(join(SAMPLES, 'text/cut-markdown.txt')));
  const missing = join(folder.path, 'missing.pdf');
  run = await runApart([
    'extract',
    folder.path,
    missing,
    '--jobs',
    '2',
    '--timeout',
    String(TIMEOUT_MS),
    '--heap',
    String(HEAP_MB),
  ]);
  const byName = parseRecords(run.stdout).map((record): [string, GongkaiRecord] => [nameOf(record), record]);
  records = new Map(byName);
}, BATCH_LIMIT_MS);

afterAll(() => folder.remove());

describe('a batch of bad input', () => {
  test('gives a record for every document and says that some failed', () => {
    const expected = [
      ...Object.keys(BAD),
      '0-good.docx',
      'y-cut-off.pdf',
      'z-good.txt',
      'missing.pdf',
    ].sort();
    expect([...records.keys()].sort()).toEqual(expected);
    expect(run.exitCode).toBe(2);
  });

  test.each(Object.entries(BAD))(
    '%s comes to a catalogued error or to a record without a form',
    (name, { comesTo }) => {
      const record = records.get(name);
      expect(record?.form).toBeNull();
      expect(record?.fields).toEqual({});
      if (record?.error === undefined) expect(comesTo.mayBeRead).toBe(true);
      else {
        expect(comesTo.codes).toContain(record.error.code);
        expect(CATALOGUE).toHaveProperty(record.error.code);
        expect(record.error.message).not.toBe('');
      }
    },
  );

  test('a path that does not exist is told, an empty folder holds nothing', () => {
    expect(records.get('missing.pdf')?.error?.code).toBe('SOURCE_UNREADABLE');
    expect(records.has('folder.pdf')).toBe(false);
  });

  test('the good documents of the batch are read as ever', () => {
    expect(records.get('0-good.docx')?.fields['applications.new.total']?.value).toBe(12);
    expect(records.get('z-good.txt')?.fields['statistics.disclosed.total']?.value).toBe(187);
  });

  test('of a PDF that is cut off, what is left may be read, and what is lost is not claimed', () => {
    const record = records.get('y-cut-off.pdf');
    expect(record?.extraction.diagnostics.map((one) => one.code)).toContain('TRUNCATED_READ');
    expect(record?.review.needed).toBe(true);
    const absent = Object.values(record?.fields ?? {}).filter((field) => field.status === 'absent');
    expect(Math.max(0, ...absent.map((field) => field.confidence))).toBeLessThan(0.5);
  });

  test('takes bounded memory', () => {
    // Two threads at their heap limit, their buffers, and the process itself.
    expect(run.peakMb).toBeGreaterThan(50);
    expect(run.peakMb).toBeLessThan(4 * HEAP_MB);
  });
});

function fails(...codes: ErrorCode[]): Expectation {
  return { codes, mayBeRead: false };
}

function nameOf(record: GongkaiRecord): string {
  return record.source.path?.split('/').at(-1) ?? '';
}

function half(sample: string): Uint8Array {
  const bytes = readFileSync(join(SAMPLES, sample));
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

/** A password-protected DOCX is a compound file with these two streams ([MS-OFFCRYPTO] 1.3). */
function passwordDocx(): Uint8Array {
  return compoundFile(['EncryptionInfo', 'EncryptedPackage']);
}

/** The smallest compound file ([MS-CFB]) whose directory names these streams, all empty. */
function compoundFile(streams: readonly string[]): Uint8Array {
  const SECTOR = 512;
  const file = Buffer.alloc(3 * SECTOR, 0);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file, 0);
  file.writeUInt16LE(0x3e, 24);
  file.writeUInt16LE(3, 26);
  file.writeUInt16LE(0xfffe, 28);
  file.writeUInt16LE(9, 30);
  file.writeUInt16LE(6, 32);
  file.writeUInt32LE(1, 44);
  file.writeUInt32LE(1, 48);
  file.writeUInt32LE(4096, 56);
  file.fill(0xff, 60, 64);
  file.writeUInt32LE(0xfffffffe, 60);
  file.writeUInt32LE(0xfffffffe, 68);
  file.fill(0xff, 76, SECTOR);
  file.writeUInt32LE(0, 76);
  // The allocation table: sector 0 is the table itself, sector 1 the directory's only one.
  file.fill(0xff, SECTOR, 2 * SECTOR);
  file.writeUInt32LE(0xfffffffd, SECTOR);
  file.writeUInt32LE(0xfffffffe, SECTOR + 4);
  ['Root Entry', ...streams].forEach((name, index) =>
    writeEntry(file, 2 * SECTOR + index * 128, name, index, streams.length),
  );
  return file;
}

function writeEntry(file: Buffer, at: number, name: string, index: number, last: number): void {
  file.write(name, at, 'utf16le');
  file.writeUInt16LE((name.length + 1) * 2, at + 64);
  file.writeUInt8(index === 0 ? 5 : 2, at + 66);
  file.writeUInt8(1, at + 67);
  file.fill(0xff, at + 68, at + 80);
  if (index === 0) file.writeUInt32LE(1, at + 76);
  else if (index < last) file.writeUInt32LE(index + 1, at + 72);
  file.writeUInt32LE(0xfffffffe, at + 116);
}

function docxTable(rows: number, columns: number): Uint8Array {
  const row = Array.from({ length: columns }, () => cell('12'));
  return buildDocx({ body: table(Array.from({ length: rows }, () => row)) });
}
