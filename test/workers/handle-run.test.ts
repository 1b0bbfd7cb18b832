import { afterEach, describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/errors/app-error.js';
import { buryJob, handleRun, type WorkerParts } from '../../src/workers/handle-run.js';
import type { Job } from '../../src/ports/job-queue.js';
import { failedWith, openBench, readerOf, type Bench } from '../helpers/worker-parts.js';
import { aField, aRecord } from '../helpers/record-builder.js';

const ALL = { after: null, limit: 100 };
const never = new AbortController().signal;

describe('handleRun', () => {
  let bench: Bench;
  afterEach(() => bench.close());

  function job(runKey: string): Job {
    return { runKey, priority: 'batch', attempt: 1 };
  }

  async function openedWith(reader: WorkerParts['reader']): Promise<Bench> {
    return (bench = await openBench({ reader }));
  }

  async function setUp(changes: Partial<WorkerParts> = {}): Promise<string> {
    bench = await openBench(changes);
    return (await bench.admit('a')).runKey;
  }

  it('keeps what was read and counts it', async () => {
    const runKey = await setUp();
    await handleRun(bench.parts, job(runKey), never);
    expect((await bench.parts.store.run(runKey))?.run).toMatchObject({ state: 'done', worker: 'test/1' });
    expect(await bench.parts.metrics.registry.metrics()).toContain('gongkai_jobs_total{outcome="done"} 1');
  });

  it('keeps an error that the document itself causes as a failed run', async () => {
    const runKey = await setUp({ reader: readerOf(() => failedWith('SOURCE_ENCRYPTED')) });
    await handleRun(bench.parts, job(runKey), never);
    expect((await bench.parts.store.run(runKey))?.run).toMatchObject({
      state: 'failed',
      errorCode: 'SOURCE_ENCRYPTED',
    });
    expect(await bench.parts.store.deadLetters(ALL)).toEqual([]);
  });

  it('asks about a reading that differs from another source of the same report', async () => {
    const fields = { 'applications.new.total': aField(13), 'applications.new.natural_person': aField(12) };
    const reader = readerOf((text) => (text === 'a' ? aRecord() : aRecord({ fields })));
    await handleRun((await openedWith(reader)).parts, job((await bench.admit('a')).runKey), never);
    await handleRun(bench.parts, job((await bench.admit('b')).runKey), never);
    const items = await bench.parts.store.reviewItems({ kind: 'check' }, { offset: 0, limit: 10 });
    expect(items).toMatchObject([{ key: 'same_report' }]);
  });

  it('skips a run that is finished', async () => {
    const runKey = await setUp();
    await handleRun(bench.parts, job(runKey), never);
    await handleRun(bench.parts, job(runKey), never);
    expect((await bench.parts.store.status()).runs).toBe(1);
  });

  it('reads a document again, alone, after it exceeded a limit', async () => {
    const reader = readerOf(
      () => failedWith('TIME_LIMIT'),
      () => Promise.resolve({ kind: 'record', record: aRecord(), text: '' }),
    );
    const runKey = await setUp({ reader });
    await handleRun(bench.parts, job(runKey), never);
    expect((await bench.parts.store.run(runKey))?.run.state).toBe('done');
  });

  it('sets a document aside that exceeds a limit twice', async () => {
    const runKey = await setUp({ reader: readerOf(() => failedWith('MEMORY_LIMIT')) });
    await handleRun(bench.parts, job(runKey), never);
    expect(await bench.parts.store.deadLetters(ALL)).toMatchObject([
      { runKey, code: 'MEMORY_LIMIT', tries: 2 },
    ]);
    expect(await bench.parts.store.run(runKey)).toBeNull();
  });

  it('keeps a partial record that a second reading could not better', async () => {
    const partial = aRecord({ extraction: { ...aRecord().extraction, partial: true } });
    const runKey = await setUp({ reader: readerOf(() => partial) });
    await handleRun(bench.parts, job(runKey), never);
    expect((await bench.parts.store.run(runKey))?.record.extraction.partial).toBe(true);
  });

  it('reads a document alone when a worker died over it, and sets it aside when that dies as well', async () => {
    const reader = readerOf(
      () => {
        throw new Error('must not be read among others');
      },
      () => Promise.resolve({ kind: 'died', reason: 'SIGSEGV' }),
    );
    const runKey = await setUp({ reader });
    await bench.parts.store.start(runKey, 'dead/1', () => true);
    await handleRun(bench.parts, job(runKey), never);
    expect(await bench.parts.store.deadLetters(ALL)).toMatchObject([
      { runKey, code: 'INVARIANT_BROKEN', tries: 2, message: expect.stringContaining('SIGSEGV') },
    ]);
  });

  it('takes its start back when it is told to stop', async () => {
    const abort = new AbortController();
    const reader = { ...readerOf(() => aRecord()), read: () => new Promise<never>(() => abort.abort()) };
    const runKey = await setUp({ reader });
    await expect(handleRun(bench.parts, job(runKey), abort.signal)).rejects.toBeInstanceOf(AppError);
    expect((await bench.parts.store.start(runKey, 'next', () => false))?.priorStarts).toBe(0);
  });

  it('makes its own run in place of one asked for by another version', async () => {
    bench = await openBench();
    const old = await bench.admit('a', '0.9.0');
    await handleRun(bench.parts, job(old.runKey), never);
    const [pending] = await bench.parts.store.pending('extract', ALL);
    expect(pending?.runKey).toContain('-1.0.0-');
    expect(await bench.queues.depth()).toMatchObject({ waiting: 1 });
  });

  it('leaves a run that a newer version was asked for to a newer worker', async () => {
    bench = await openBench();
    const { runKey } = await bench.admit('a', '1.10.0');
    await expect(
      handleRun({ ...bench.parts, extractorVersion: '1.9.0' }, job(runKey), never),
    ).rejects.toMatchObject({
      retryable: true,
    });
    expect((await bench.parts.store.start(runKey, 'next', () => false))?.priorStarts).toBe(0);
  });

  it('remembers a job that died on its way among the dead letters', async () => {
    const runKey = await setUp();
    await buryJob(bench.parts, job(runKey), new AppError('NOT_FOUND', 'the bytes are gone'));
    expect(await bench.parts.store.deadLetters(ALL)).toMatchObject([
      { code: 'NOT_FOUND', message: 'the bytes are gone' },
    ]);
  });
});
