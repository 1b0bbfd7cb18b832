import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/errors/app-error.js';
import { readerBehind, serveCrew } from '../../src/ocr/crew-port.js';
import type { PageReader } from '../../src/ocr/page-reader.js';
import type { ScannedPage } from '../../src/ocr/read-scanned-page.js';
import { RecognitionCrew } from '../../src/ocr/recognition-crew.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';

/**
 * A child that answers with its page, whose number says what else it does: 2 never ends, 3 dies, 4 fails, 11 and 12
 * wait for each other. Each page leaves a file with the child's number.
 */
const CHILD = `
import { existsSync, writeFileSync } from 'node:fs';
const file = (page) => new URL('page-' + page, import.meta.url);
process.once('disconnect', () => process.exit());
process.on('message', async ({ image, place }) => {
  const page = place.pageNumber;
  writeFileSync(file(page), String(process.pid));
  if (page === 2) for (;;);
  if (page === 3) process.exit(7);
  if (page === 4) return process.send({ kind: 'failed', code: 'SOURCE_CORRUPT', message: 'no page' });
  const other = { 11: 12, 12: 11 }[page];
  while (other && !existsSync(file(other))) await new Promise((resolve) => setTimeout(resolve, 5));
  if (image.data.length !== 8) process.exit(8);
  process.send({ kind: 'page', page: { tables: [], glyphs: [], quarters: 0, width: page, height: 1 } });
});`;

const folders: TemporaryFolder[] = [];
const crews: RecognitionCrew[] = [];
const ports: MessagePort[] = [];
let folder: TemporaryFolder;

beforeEach(() => {
  folder = new TemporaryFolder();
  folders.push(folder);
});
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
  for (const crew of crews.splice(0)) crew.close();
});
afterAll(() => {
  for (const one of folders) one.remove();
});

function crewOf(jobs: number): RecognitionCrew {
  const crew = new RecognitionCrew(jobs, folder.write('child.mjs', CHILD));
  crews.push(crew);
  return crew;
}

/** The crew as a thread sees it, and the end of the port whose closing tells the crew that the thread is gone. */
function behindPort(crew: RecognitionCrew): { reader: PageReader; theirs: MessagePort } {
  const { port1: ours, port2: theirs } = new MessageChannel();
  serveCrew(crew, ours);
  ports.push(ours, theirs);
  return { reader: readerBehind(theirs, crew.lookAhead), theirs };
}

const draw = () => ({ width: 2, height: 1, data: new Uint8Array(8) });

function read(reader: PageReader, pageNumber: number, deadline?: number): Promise<ScannedPage> {
  return reader.read({ place: { pageNumber, width: 20, height: 10, deadline }, draw });
}

/** The process that page was given to; waits for it. */
async function processOf(pageNumber: number): Promise<number> {
  const file = join(folder.path, `page-${pageNumber}`);
  for (;;) {
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (pid > 0) return pid;
    await pause();
  }
}

async function untilEnded(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

describe.each([
  ['RecognitionCrew', crewOf],
  ['RecognitionCrew behind a port', (jobs: number) => behindPort(crewOf(jobs)).reader],
])('%s', (_, open) => {
  test('reads as many pages side by side as it has processes', async () => {
    const crew = open(2);
    const pages = await Promise.all([read(crew, 11), read(crew, 12)]);
    expect(pages.map(({ width }) => width)).toEqual([11, 12]);
    expect(await processOf(11)).not.toBe(await processOf(12));
  });

  test('reads further pages in the order of asking, with the same process', async () => {
    const crew = open(1);
    const done: number[] = [];
    await Promise.all([5, 6, 7].map((page) => read(crew, page).then(({ width }) => done.push(width))));
    expect(done).toEqual([5, 6, 7]);
    expect(new Set(await Promise.all([5, 6, 7].map(processOf))).size).toBe(1);
  });

  test('draws a page only when its turn has come', async () => {
    const crew = open(1);
    let isDrawn = false;
    const drawing = () => {
      isDrawn = true;
      return draw();
    };
    const first = read(crew, 11);
    const second = crew.read({ place: { pageNumber: 5, width: 20, height: 10 }, draw: drawing });
    await processOf(11);
    expect(isDrawn).toBe(false);
    folder.write('page-12', '0');
    await Promise.all([first, second]);
    expect(isDrawn).toBe(true);
  });

  test('gives up at the deadline although the process is busy, and reads the next page with a new one', async () => {
    const crew = open(1);
    const late = read(crew, 2, Date.now() + 50);
    const next = read(crew, 5);
    await expect(late).rejects.toMatchObject({ code: 'TIME_LIMIT' });
    expect(await next).toMatchObject({ width: 5 });
  });

  test('gives up a page that still waits at its deadline', async () => {
    const crew = open(1);
    const busy = read(crew, 11);
    busy.catch(() => undefined);
    await expect(read(crew, 6, Date.now() + 50)).rejects.toMatchObject({ code: 'TIME_LIMIT' });
    expect(existsSync(join(folder.path, 'page-6'))).toBe(false);
    folder.write('page-12', '0');
    expect(await busy).toMatchObject({ width: 11 });
  });

  test('survives the death of a process', async () => {
    const crew = open(1);
    await expect(read(crew, 3)).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
    expect(await read(crew, 5)).toMatchObject({ width: 5 });
  });

  test('passes on what could not be read, and what could not be drawn', async () => {
    const crew = open(1);
    await expect(read(crew, 4)).rejects.toMatchObject({ code: 'SOURCE_CORRUPT', message: 'no page' });
    const drawing = () => {
      throw new AppError('PAGE_UNREADABLE', 'not there');
    };
    const undrawn = crew.read({ place: { pageNumber: 5, width: 20, height: 10 }, draw: drawing });
    await expect(undrawn).rejects.toMatchObject({ code: 'PAGE_UNREADABLE', message: 'not there' });
    expect(await read(crew, 5)).toMatchObject({ width: 5 });
  });
});

describe('serveCrew', () => {
  test('drops what a thread asked for that is gone, and ends the process that reads it', async () => {
    const crew = crewOf(1);
    const { reader, theirs } = behindPort(crew);
    void read(reader, 2);
    void read(reader, 6);
    const reading = await processOf(2);
    theirs.close();
    await untilEnded(reading);
    expect(await read(crew, 5)).toMatchObject({ width: 5 });
    expect(existsSync(join(folder.path, 'page-6'))).toBe(false);
  });

  test('copies a picture that lies in the memory of a larger one', async () => {
    const { reader } = behindPort(crewOf(1));
    const memory = new Uint8Array(64).fill(7);
    const drawing = () => ({ width: 2, height: 1, data: memory.subarray(8, 16) });
    await reader.read({ place: { pageNumber: 5, width: 20, height: 10 }, draw: drawing });
    expect(memory).toHaveLength(64);
  });
});

describe('RecognitionCrew.close', () => {
  test('ends processes at work', async () => {
    const crew = crewOf(2);
    const pages = [read(crew, 11), read(crew, 2)];
    const failed = expect(Promise.all(pages)).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
    const processes = await Promise.all([processOf(11), processOf(2)]);
    crew.close();
    await failed;
    await Promise.all(processes.map(untilEnded));
  });
});
