import { DelayedError, Queue, WaitingError, Worker, type Job as BullJob, type Telemetry } from 'bullmq';
import { AppError, asAppError } from '../errors/app-error.js';
import type { Clock } from '../ports/clock.js';
import type { ConsumeOptions, Consumer, Job, JobQueue, NewJob, QueueDepth } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import { endWithin } from './end-within.js';
import { decideRetry } from './retry-policy.js';
import { redisConnection, type RedisConnection } from './redis-connection.js';

export interface BullmqSettings {
  /** `redis://…`, `rediss://…`, or several of them with commas between for a Redis Cluster. */
  readonly redisUrl: string;
  readonly queueName: string;
  /** A job whose worker has not spoken for so long is given to another one. */
  readonly lockMs: number;
  /** How long a call waits for Redis before it fails with QUEUE_UNAVAILABLE. */
  readonly patienceMs?: number;
  /** Traces, where configured. */
  readonly telemetry?: Telemetry;
}

/** All keys of a queue lie in one slot of a Redis Cluster because of the braces. */
export const QUEUE_PREFIX = '{gongkai}';
/** BullMQ takes jobs without a priority before those with one. */
const BATCH_PRIORITY = 10;
/** Tries are counted and ended by the retry policy. */
const BULLMQ_ATTEMPTS = 1_000_000;
/** Jobs that go to Redis in one call. */
const JOBS_A_CALL = 1_000;
/** Longer than a restart of Redis takes. */
const DEFAULT_PATIENCE_MS = 15_000;
const STACK_LINES_KEPT = 1;
const SECOND_MS = 1_000;

type Payload = Pick<NewJob, 'priority'>;

/** Jobs in Redis, for any number of workers on any number of machines. */
export class BullmqQueue implements JobQueue {
  readonly #queue: Queue<Payload, void, string>;
  readonly #connection: RedisConnection;

  constructor(
    private readonly settings: BullmqSettings,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.#connection = redisConnection(settings.redisUrl, 'producer');
    this.#queue = new Queue(settings.queueName, {
      connection: this.#connection,
      prefix: QUEUE_PREFIX,
      defaultJobOptions: {
        attempts: BULLMQ_ATTEMPTS,
        backoff: { type: 'policy' },
        removeOnComplete: true,
        removeOnFail: true,
        stackTraceLimit: STACK_LINES_KEPT,
      },
      ...telemetryOf(settings),
    });
    this.#queue.on('error', (error) => logger.warn({ error }, 'the queue lost its connection'));
  }

  async add(jobs: readonly NewJob[]): Promise<void> {
    for (let at = 0; at < jobs.length; at += JOBS_A_CALL) {
      const bulk = jobs.slice(at, at + JOBS_A_CALL).map(({ runKey, priority }) => ({
        name: 'run',
        data: { priority },
        opts: { jobId: runKey, ...(priority === 'batch' ? { priority: BATCH_PRIORITY } : {}) },
      }));
      await this.#answer(this.#queue.addBulk(bulk));
    }
  }

  async remove(runKey: string): Promise<void> {
    await this.#answer(this.#queue.remove(runKey));
  }

  async depth(): Promise<QueueDepth> {
    const counts = await this.#answer(this.#queue.getJobCounts('wait', 'prioritized', 'active', 'delayed'));
    return {
      waiting: (counts['wait'] ?? 0) + (counts['prioritized'] ?? 0),
      active: counts['active'] ?? 0,
      delayed: counts['delayed'] ?? 0,
    };
  }

  async consume(options: ConsumeOptions): Promise<Consumer> {
    const { queueName, redisUrl, lockMs } = this.settings;
    const abort = new AbortController();
    const connection = redisConnection(redisUrl, 'consumer');
    const process = (job: BullJob<Payload, void, string>, token = '') =>
      this.#process(job, token, options, abort.signal);
    const worker = new Worker<Payload, void, string>(queueName, process, {
      connection,
      prefix: QUEUE_PREFIX,
      concurrency: options.concurrency,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      // A worker that dies is no fault of the job; how often one may die over a document is counted in the store.
      maxStalledCount: BULLMQ_ATTEMPTS,
      settings: { backoffStrategy: (tries, _type, error) => this.#pauseAfter(error, tries) },
      ...(options.jobsPerSecond === null
        ? {}
        : { limiter: { max: options.jobsPerSecond, duration: SECOND_MS } }),
      ...telemetryOf(this.settings),
    });
    worker.on('error', (error) => this.logger.warn({ error }, 'a queue worker met an error'));
    await this.#answer(worker.waitUntilReady());
    const close = async () => {
      await worker.close();
      connection.disconnect();
    };
    return { stop: (graceMs) => endWithin(graceMs, close, abort) };
  }

  async ping(): Promise<void> {
    await this.#answer(this.#queue.getJobCounts('wait'));
  }

  async close(): Promise<void> {
    // A queue that never reached Redis would wait for it once more; the connection is ours to end.
    const closed = this.#queue.close();
    this.#connection.disconnect();
    await closed;
  }

  async #process(
    bullJob: BullJob<Payload, void, string>,
    token: string,
    options: ConsumeOptions,
    signal: AbortSignal,
  ): Promise<void> {
    const job: Job = {
      runKey: bullJob.id ?? '',
      priority: bullJob.data.priority,
      attempt: bullJob.attemptsMade + 1,
    };
    try {
      await options.handle(job, signal);
    } catch (thrown) {
      if (signal.aborted) {
        await bullJob.moveToWait(token);
        throw new WaitingError('handed back');
      }
      const error = asAppError(thrown, 'INVARIANT_BROKEN');
      if (decideRetry(error, job.attempt, 0).kind === 'retry') throw error;
      await this.#bury(bullJob, token, job, error, options);
    }
  }

  /** Remembering a dead job may fail as well, while the store is away; then it stays a job until that works. */
  async #bury(
    bullJob: BullJob<Payload, void, string>,
    token: string,
    job: Job,
    error: AppError,
    options: ConsumeOptions,
  ): Promise<void> {
    try {
      await options.onDead(job, error);
    } catch (thrown) {
      const pauseMs = this.#pauseAfter(asAppError(thrown, 'STORE_UNAVAILABLE'), job.attempt);
      await bullJob.moveToDelayed(this.clock.now() + pauseMs, token);
      throw new DelayedError('waits for the store');
    }
  }

  /** What Redis answers, or QUEUE_UNAVAILABLE where it does not in time. */
  async #answer<T>(answer: Promise<T>): Promise<T> {
    const patienceMs = this.settings.patienceMs ?? DEFAULT_PATIENCE_MS;
    const enough = new AbortController();
    const late = this.clock.sleep(patienceMs, enough.signal).then(() => {
      throw new AppError('QUEUE_UNAVAILABLE', `Redis did not answer within ${patienceMs} ms.`);
    });
    late.catch(() => undefined);
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('QUEUE_UNAVAILABLE', `Redis does not answer: ${String(error)}`, { cause: error });
    } finally {
      enough.abort();
    }
  }

  #pauseAfter(thrown: unknown, tries: number): number {
    const decision = decideRetry(asAppError(thrown, 'STORE_UNAVAILABLE'), tries, this.clock.random());
    return decision.kind === 'retry' ? decision.delayMs : 0;
  }
}

function telemetryOf(settings: BullmqSettings): { telemetry?: Telemetry } {
  return settings.telemetry ? { telemetry: settings.telemetry } : {};
}
