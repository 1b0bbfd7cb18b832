import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aField, aRecord } from '../helpers/record-builder.js';
import { runCli, type CliRun } from '../helpers/run-cli.js';
import { until } from '../helpers/services.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';
import type { DocumentInfo } from '../../src/model/run.js';
import type { GongkaiRecord } from '../../src/model/record.js';
import { systemClock } from '../../src/ports/clock.js';
import type { RunOrder, RunStore } from '../../src/ports/run-store.js';
import { runSettings } from '../../src/store/keys.js';
import { openRunStore } from '../../src/store/open-stores.js';
import { selectReviewItems } from '../../src/review/select-review-items.js';

const SAMPLES = join(process.cwd(), 'samples');
const KEY = 'applications.new.total';
const folder = new TemporaryFolder();
const crawl = join(folder.path, 'crawl');
const data = join(folder.path, 'data');

afterAll(() => folder.remove());

/** One command on the store of this file. */
function gongkai(args: readonly string[], isTerminal = false): Promise<CliRun> {
  return runCli([...args, '--data', data], { environment: { GONGKAI_JOBS: '1' }, isTerminal });
}

async function onStore<T>(action: (store: RunStore) => Promise<T>): Promise<T> {
  const store = await openRunStore({ dataFolder: data, databaseUrl: null, s3: null }, systemClock);
  try {
    return await action(store);
  } finally {
    await store.close();
  }
}

function order(extractorVersion: string, batchId: string | null): RunOrder {
  const spec = { extractorVersion, settings: runSettings({}) };
  return { spec, batchId, priority: 'batch', queue: 'extract' };
}

/** Two made-up runs of one source: version 0.1 doubts a number and reads it wrong, version 0.2 is sure of another. */
async function putOldRuns(store: RunStore): Promise<string> {
  const document: DocumentInfo = {
    ...{ sha256: 'a'.repeat(64), bytes: 1, uri: 'http://a.gov.cn/<old>.html', path: null },
    ...{ contentType: null, crawledAt: null, meta: {} },
  };
  const records: [string, string, GongkaiRecord][] = [
    ['0.1.0', 'before', aRecord({ fields: { [KEY]: aField(7, { confidence: 0.4 }) }, confidence: 0.4 })],
    ['0.2.0', 'after', aRecord({ fields: { [KEY]: aField(12, { confidence: 0.6 }) }, confidence: 0.6 })],
  ];
  let id = '';
  for (const [version, name, record] of records) {
    const [admission] = await store.admit([document], order(version, (await store.batch(name)).id));
    const work = await store.start(admission?.runKey ?? '', 'test/1', () => true);
    const finished = { record, text: '', items: selectReviewItems(record), worker: 'test/1', durationMs: 1 };
    if (work) await store.finish(work, finished);
    id = admission?.documentId ?? '';
  }
  return id;
}

describe('the commands on a store', () => {
  let oldId = '';

  beforeAll(async () => {
    mkdirSync(crawl);
    copyFileSync(join(SAMPLES, 'text/cut-markdown.txt'), join(crawl, 'cut.txt'));
    copyFileSync(join(SAMPLES, 'html/wrong-arithmetic.html'), join(crawl, 'wrong.html'));
    copyFileSync(join(SAMPLES, 'html/not-a-report.html'), join(crawl, 'page.html'));
    oldId = await onStore(putOldRuns);
  });

  test('run reads what is new, sums up, and says by its exit status that something failed', async () => {
    const broken = join(crawl, 'broken.pdf');
    writeFileSync(broken, '%PDF-1.4\nnothing of a PDF');
    const first = await gongkai(['run', crawl, '--batch', 'night']);
    expect(first.stdout).toContain('4 documents (4 new), 4 runs asked for\n4 runs made in ');
    expect(first.stdout).toMatch(/^failed +1 \(SOURCE_CORRUPT 1\)$/m);
    expect(first.stdout + first.stderr).not.toContain('\u001b');
    expect(first.exitCode).toBe(2);
    const again = await gongkai(['run', crawl, '--batch', 'night']);
    expect(again.stdout).toContain('4 documents (0 new), 0 runs asked for\n0 runs made in ');
    expect(again.exitCode).toBe(0);
  });

  test('run draws a bar on a terminal', async () => {
    const { stderr } = await gongkai(['run'], true);
    expect(stderr).toContain('0/0 documents, 0 failed');
    expect(stderr).toContain('\u001b[?25h');
  });

  test('enqueue takes the same documents once and refuses private addresses', async () => {
    const { stdout, stderr, exitCode } = await gongkai(['enqueue', crawl, 'http://127.0.0.1/report.html']);
    expect(stdout).toBe('4 documents (0 new), 0 runs asked for, 1 could not be read\n');
    expect(JSON.parse(stderr)).toMatchObject({ code: 'URL_REFUSED', place: 'http://127.0.0.1/report.html' });
    expect(exitCode).toBe(2);
  });

  test('status counts for people and for programs', async () => {
    expect((await gongkai(['status'])).stdout).toMatch(/^documents +5 \(5 different sources\)\nrecords +4\n/);
    expect(JSON.parse((await gongkai(['status', '--json'])).stdout)).toMatchObject({
      ...{ documents: 5, sources: 5, pending: 0, runs: 6, currentDone: 4, currentFailed: 1 },
      ...{ failuresByCode: { SOURCE_CORRUPT: 1 }, deadByCode: {}, queue: null },
    });
  });

  test('inspect lists the doubtful, worst first, with printed text and reasons', async () => {
    const { stdout } = await gongkai(['inspect', '--json', '--limit', '500']);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    const confidences = rows.map((row) => Number(row['confidence']));
    expect(confidences).toEqual([...confidences].sort((a, b) => a - b));
    expect(rows.find((row) => row['document'] === oldId)).toEqual({
      ...{ confidence: '0.600', document: oldId, agency: '海宁市教育局', year: '2023' },
      ...{ what: `field ${KEY}`, value: '12', printed: '12', where: '–', why: 'read with doubt' },
    });
    const some = await gongkai(['inspect', '--agency', '海宁', '--below', '0.9', '--form', '2021']);
    expect(some.stdout).toMatch(/^confidence +document +agency .*\n─+.*\n +0\.600 /);
    expect(some.stdout.trimEnd().split('\n')).toHaveLength(3);
    expect((await gongkai(['inspect', '--below', '2'])).exitCode).toBe(64);
  });

  test('show prints the form with doubtful cells marked, in colour on a terminal alone', async () => {
    const plain = await gongkai(['show', 'cut.txt']);
    expect(plain.stdout).toMatch(/^form 2014, confidence 0\.\d+, version \d/m);
    expect(plain.stdout).toMatch(/^1\.政府公报公开政府信息数 +0$/m);
    expect(plain.stdout).not.toContain('\u001b');
    expect((await gongkai(['show', oldId.slice(0, 8)])).stdout).toMatch(/12\?/);
    expect((await gongkai(['show', oldId], true)).stdout).toContain('\u001b[33m');
    const json = JSON.parse((await gongkai(['show', 'wrong.html', '--json'])).stdout) as GongkaiRecord;
    expect(json).toMatchObject({ form: '2021', source: { path: join(crawl, 'wrong.html') } });
    await expect(gongkai(['show', 'nothing'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('diff tells what changed as table, JSON and HTML', async () => {
    const table = await gongkai(['diff', 'before', 'after']);
    expect(table.stdout).toMatch(/field applications\.new\.total +value +7 +12\n/);
    expect(table.stdout).toContain('1 of 1 documents changed\n  field value: 1\n');
    const [change, summary] = (await gongkai(['diff', 'before', 'after', '--format', 'json'])).stdout.split(
      '\n',
    );
    expect(JSON.parse(change ?? '')).toMatchObject({
      documentId: oldId,
      versions: ['0.1.0', '0.2.0'],
      changes: [{ kind: 'field', key: KEY, what: 'value', before: '7', after: '12' }],
    });
    expect(JSON.parse(summary ?? '')).toMatchObject({ summary: { documents: 1, changedDocuments: 1 } });
    const out = join(folder.path, 'diff.html');
    await gongkai(['diff', 'before', 'after', '--format', 'html', '--out', out]);
    const html = readFileSync(out, 'utf8');
    expect(html).toMatch(/^<!doctype html>[^]*http:\/\/a\.gov\.cn\/&lt;old&gt;\.html[^]*<\/html>\n$/);
    expect(html).toContain('<td>7</td><td>12</td>');
    await expect(gongkai(['diff', 'before', 'nope'])).rejects.toThrow('there are: ');
  });

  test('reprocess asks for new runs of what matches, and only for those that do not exist', async () => {
    await expect(gongkai(['reprocess'])).rejects.toMatchObject({ code: 'USAGE' });
    await expect(gongkai(['reprocess', '--where', 'colour=red'])).rejects.toMatchObject({ code: 'USAGE' });
    const count = await gongkai(['reprocess', '--where', 'version<0.3.0', '--dry-run']);
    expect(count.stdout).toBe('1 document would be read again\n');
    const same = await gongkai(['reprocess', '--where', 'form=2014', '--batch', 'same']);
    expect(same.stdout).toMatch(/^1 document match, 0 runs asked for\nThe others have their run already/);
    const explained = await gongkai([
      'reprocess',
      '--where',
      'form=2014',
      '--explain',
      '--batch',
      'explained',
    ]);
    expect(explained.stdout).toBe('1 document match, 1 run asked for\n');
    expect((await gongkai(['run'])).stdout).toMatch(/^0 documents .*\n1 run made in /);
    expect((await gongkai(['diff', 'same', 'explained'])).stdout).toBe('0 of 1 documents changed\n');
  });

  test('export writes every format, some of the documents, and no binary to a terminal', async () => {
    const csv = (await gongkai(['export', '--format', 'csv', '--bom', '--where', 'form=2014'])).stdout;
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv).toMatch(/^\ufeffdocument_id,sha256,uri,path,/);
    const lines = (await gongkai(['export'])).stdout.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as GongkaiRecord).source.sha256)).toHaveLength(5);
    for (const [format, mark] of [
      ['xlsx', 'PK'],
      ['parquet', 'PAR1'],
    ] as const) {
      const out = join(folder.path, `all.${format}`);
      expect((await gongkai(['export', '--format', format, '--out', out])).exitCode).toBe(0);
      expect(readFileSync(out, 'latin1').startsWith(mark)).toBe(true);
    }
    await expect(gongkai(['export', '--format', 'parquet'], true)).rejects.toMatchObject({ code: 'USAGE' });
    expect((await gongkai(['export', '--dictionary'])).stdout).toContain('| agency_name | text |');
  });

  test('dead lists what was given up on, explains it and tries it again', async () => {
    expect((await gongkai(['dead'])).stdout).toBe('There are no dead letters.\n');
    const letter = await onStore(async (store) => {
      const [found] = await store.findDocuments('cut.txt');
      const documentId = found?.documentId ?? '';
      const [admission] = await store.request([documentId], order('0.3.0', null));
      const why = { code: 'TIME_LIMIT', message: 'took too long', worker: 'w/1' } as const;
      const died = { runKey: admission?.runKey ?? '', tries: 2, diedAt: '2026-01-01T00:00:00.000Z' };
      await store.setAside({ ...died, ...why, sha256: found?.document.sha256 ?? '', documentId });
      return { ...died, documentId };
    });
    const list = await gongkai(['dead']);
    expect(list.stdout).toMatch(/TIME_LIMIT +2 +2026-01-01T00:00:00\.000Z +took too long\n/);
    const explained = await gongkai(['dead', letter.documentId.slice(0, 6)]);
    expect(explained.stdout).toContain(`run ${letter.runKey}\n`);
    const json: unknown = JSON.parse((await gongkai(['dead', '--json'])).stdout);
    expect(json).toMatchObject({ code: 'TIME_LIMIT', runKey: letter.runKey, tries: 2 });
    await expect(gongkai(['dead', 'ffff'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const again = await gongkai(['dead', letter.documentId, '--retry']);
    expect(again.stdout).toBe('1 run asked for again\n');
    const run = await gongkai(['run']);
    expect(run.stdout).toMatch(/^dead letters +0$/m);
    expect(run.stdout).toMatch(/^waiting +0$/m);
  });
});

describe('gongkai run', () => {
  const MAIN = join(process.cwd(), 'dist/cli/main.js');
  /** Most of them are not read yet when the signal comes, however late it comes. */
  const DOCUMENTS = 80;

  test('stops in good order on Ctrl-C and goes on where it stopped', async () => {
    const store = join(folder.path, 'interrupted');
    const sample = readFileSync(join(SAMPLES, 'html/site-page-gbk.html'));
    for (let index = 0; index < DOCUMENTS; index++)
      folder.write(`many/${index}.html`, Buffer.concat([sample, Buffer.from(`<!-- ${index} -->`)]));
    const start = () => {
      const child = spawn(process.execPath, [
        MAIN,
        'run',
        join(folder.path, 'many'),
        '--data',
        store,
        '-j',
        '1',
      ]);
      let text = '';
      child.stderr.on('data', (part: Buffer) => (text += part.toString()));
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      return { child, ended, errors: () => text };
    };
    const opened = await openRunStore({ dataFolder: store, databaseUrl: null, s3: null }, systemClock);
    const first = start();
    await until(async () => (await opened.status()).runs >= 1);
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(2);
    expect(first.errors()).toContain('Stopped by SIGINT; the same command again goes on from here.');
    const between = await opened.status();
    expect(between.runs).toBeLessThan(DOCUMENTS);
    const second = start();
    expect(await second.ended).toBe(0);
    const { runs, currentDone, pending, deadByCode } = await opened.status();
    expect({ runs, currentDone, pending, deadByCode }).toEqual({
      ...{ runs: DOCUMENTS, currentDone: DOCUMENTS, pending: 0, deadByCode: {} },
    });
    await opened.close();
  });
});
