import { AppError, asAppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/codes.js';
import type { GongkaiRecord } from '../model/record.js';
import type { Metrics } from '../observability/metrics.js';
import type { SearchableRecord } from '../pipeline/process-document.js';
import type { PipelineSettings } from '../pipeline/settings.js';
import { isoNow, type Clock } from '../ports/clock.js';
import type { Job, JobQueue } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { RunStore, Work } from '../ports/run-store.js';
import { toCandidate } from '../reports/candidate.js';
import { siblingItems } from '../reports/sibling-items.js';
import { selectReviewItems } from '../review/select-review-items.js';
import { compareVersions } from '../store/filters.js';
import type { DocumentReader, ReadRequest } from './document-reader.js';
import { whileUnavailable } from './while-unavailable.js';

/** What a worker works with. */
export interface WorkerParts {
  readonly store: RunStore;
  readonly objects: ObjectStore;
  readonly queue: JobQueue;
  readonly reader: DocumentReader;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly worker: string;
  /** Version of the extractor that `reader` runs. */
  readonly extractorVersion: string;
  /** Whether a worker that holds a run can be taken for ended. */
  readonly isGone: (worker: string) => boolean;
}

/** A document whose readers died so often is given up on, whoever killed them. */
const MOST_STARTS = 10;
const MS = 1_000;

type Verdict = ({ readonly kind: 'keep' } & SearchableRecord) | Dead;
interface Dead {
  readonly kind: 'dead';
  readonly code: ErrorCode;
  readonly message: string;
  /** How often the document was read, or begun to be. */
  readonly tries: number;
}

/**
 * Works on one job from start to kept run. A document that exceeds a limit or kills its thread is read once more,
 * alone in a process of its own; one that was under way when its worker died is read alone at once. What fails there
 * too becomes a dead letter. Rejects with AppErrors that the queue decides about, or when `signal` is aborted, after
 * taking the start back.
 */
export async function handleRun(parts: WorkerParts, job: Job, signal: AbortSignal): Promise<void> {
  const { store, clock, worker, metrics } = parts;
  const work = await whileUnavailable(() => store.start(job.runKey, worker, parts.isGone), clock, signal);
  if (!work) return metrics.jobEnded('skipped');
  metrics.stageTook('wait', (clock.now() - Date.parse(work.requestedAt)) / MS);
  try {
    if (work.extractorVersion !== parts.extractorVersion) await replace(parts, work, job);
    else await readAndKeep(parts, work, signal);
  } catch (error) {
    metrics.jobEnded(signal.aborted ? 'handed_back' : 'retried');
    await store.handBack(job.runKey).catch((failure: unknown) => {
      parts.logger.warn(
        { job: job.runKey, error: asAppError(failure, 'STORE_UNAVAILABLE') },
        'could not hand back',
      );
    });
    throw error;
  }
}

/** The job died without an outcome of its own: remembers it among the dead letters. See ConsumeOptions.onDead. */
export async function buryJob(parts: WorkerParts, job: Job, error: AppError): Promise<void> {
  const work = await parts.store.start(job.runKey, parts.worker, parts.isGone);
  if (work)
    await setAside(parts, work, {
      kind: 'dead',
      code: error.code,
      message: error.message,
      tries: job.attempt,
    });
}

/**
 * A run is keyed by the version that makes it, so a worker of another version makes its own instead: a job asked for
 * before an update is done by the updated workers as what they are, and workers that are older leave it to those.
 */
async function replace(parts: WorkerParts, work: Work, job: Job): Promise<void> {
  if (compareVersions(work.extractorVersion, parts.extractorVersion) > 0) {
    throw new AppError(
      'QUEUE_UNAVAILABLE',
      `The run waits for a worker of version ${work.extractorVersion}.`,
    );
  }
  const spec = { extractorVersion: parts.extractorVersion, settings: work.settings };
  const order = { spec, batchId: null, priority: job.priority, queue: work.queue };
  const [admission] = await parts.store.request([work.documentId], order);
  if (!admission) throw new AppError('INVARIANT_BROKEN', `The document of ${work.runKey} is gone.`);
  await parts.queue.add([{ runKey: admission.runKey, priority: job.priority }]);
  await parts.store.withdraw(work, admission.runKey);
  parts.metrics.jobEnded('skipped');
  parts.logger.info({ job: work.runKey, successor: admission.runKey }, 'replaced by a run of this version');
}

async function readAndKeep(parts: WorkerParts, work: Work, signal: AbortSignal): Promise<void> {
  const { clock, metrics, objects } = parts;
  const begunAt = clock.now();
  const bytes = await whileUnavailable(() => objects.get(work.document.sha256), clock, signal);
  const loadedAt = clock.now();
  metrics.stageTook('load', (loadedAt - begunAt) / MS);
  const verdict = await judge(parts, work, bytes, signal);
  const durationMs = clock.now() - loadedAt;
  metrics.stageTook('read', durationMs / MS);
  if (verdict.kind === 'dead') return setAside(parts, work, verdict);
  await keep(parts, work, verdict, durationMs, signal);
}

async function judge(
  parts: WorkerParts,
  work: Work,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<Verdict> {
  const request = readRequest(work, bytes);
  if (work.priorStarts >= MOST_STARTS) {
    return {
      kind: 'dead',
      code: 'INVARIANT_BROKEN',
      message: `${work.priorStarts} workers ended while reading it.`,
      tries: work.priorStarts,
    };
  }
  if (!isUnderSuspicion(work)) {
    const read = await unlessAborted(parts.reader.read(request), signal);
    if (!isSuspect(read.record)) return { kind: 'keep', ...read };
    parts.logger.warn({ ...ids(work), code: read.record.error?.code }, 'reads this document again, alone');
  }
  const tries = work.priorStarts + (isUnderSuspicion(work) ? 1 : 2);
  const outcome = await unlessAborted(parts.reader.readAlone(request, signal), signal);
  if (outcome.kind === 'died') {
    return {
      kind: 'dead',
      code: 'INVARIANT_BROKEN',
      message: `The process that read it alone ended: ${outcome.reason}.`,
      tries,
    };
  }
  const { error } = outcome.record;
  if (error && isSuspect(outcome.record))
    return { kind: 'dead', code: error.code, message: error.message, tries };
  return { ...outcome, kind: 'keep' };
}

/**
 * A document that was being read among others when its worker died is read alone next. Where that worker died as well,
 * without the child's death being seen, somebody else killed it, and the document may join the others again.
 */
function isUnderSuspicion({ priorStarts }: Work): boolean {
  return priorStarts % 2 === 1;
}

/** Limits and broken threads may be the fault of the moment; every other error is a fact about the document. */
function isSuspect(record: GongkaiRecord): boolean {
  const code = record.error?.code;
  if (record.extraction.partial) return true;
  return code === 'TIME_LIMIT' || code === 'MEMORY_LIMIT' || code === 'INVARIANT_BROKEN';
}

async function keep(
  parts: WorkerParts,
  work: Work,
  { record, text }: SearchableRecord,
  durationMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock, metrics, store, worker, logger } = parts;
  const begunAt = clock.now();
  const siblings = await whileUnavailable(() => siblingsOf(store, work, record), clock, signal);
  const items = [...selectReviewItems(record), ...siblingItems(record, siblings)];
  const finished = { record, text, items, worker, durationMs };
  await whileUnavailable(() => store.finish(work, finished), clock, signal);
  metrics.stageTook('save', (clock.now() - begunAt) / MS);
  metrics.recordKept(record);
  metrics.jobEnded(record.error ? 'failed' : 'done');
  if (record.error) metrics.failed(record.error.code);
  logger.info({ ...ids(work), form: record.form, confidence: record.confidence, durationMs }, 'kept a run');
}

/** Current records that may be of the same report from another source. */
async function siblingsOf(
  store: RunStore,
  work: Work,
  record: GongkaiRecord,
): ReturnType<RunStore['readingsOfReport']> {
  const { form, agency, year } = toCandidate('', record);
  if (form === null || agency === null || year === null) return [];
  return await store.readingsOfReport({ agency, year, form, exceptSha256: work.document.sha256 });
}

async function setAside(parts: WorkerParts, work: Work, dead: Dead): Promise<void> {
  await parts.store.setAside({
    runKey: work.runKey,
    sha256: work.document.sha256,
    documentId: work.documentId,
    code: dead.code,
    message: dead.message,
    tries: dead.tries,
    worker: parts.worker,
    diedAt: isoNow(parts.clock),
  });
  parts.metrics.jobEnded('dead');
  parts.metrics.failed(dead.code);
  parts.logger.error({ ...ids(work), code: dead.code, reason: dead.message }, 'set a document aside');
}

function readRequest(work: Work, bytes: Uint8Array): ReadRequest {
  const { path, uri, contentType } = work.document;
  const name = nameOf(path ?? uri);
  const hints = { ...(name === null ? {} : { name }), ...(contentType === null ? {} : { contentType }) };
  return { bytes, input: { path, uri, hints }, settings: JSON.parse(work.settings.json) as PipelineSettings };
}

/** The last part of a path or address: a hint for the format, never more. */
function nameOf(place: string | null): string | null {
  const name = place?.split(/[?#]/)[0]?.split(/[\\/]/).at(-1);
  return name ? name : null;
}

function ids(work: Work): { document: string; job: string } {
  return { document: work.documentId, job: work.runKey };
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () =>
      reject(new AppError('QUEUE_UNAVAILABLE', 'The worker stops and hands this document back.'));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
