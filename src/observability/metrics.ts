import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { GongkaiRecord } from '../model/record.js';
import type { QueueDepth } from '../ports/job-queue.js';

/** Steps of a job that are timed. `wait` is the time from request to start. */
export type Stage = 'wait' | 'load' | 'read' | 'save';
/** How a job ended. `skipped`: finished before, set aside, or in another worker's hands. */
export type Outcome = 'done' | 'failed' | 'dead' | 'retried' | 'handed_back' | 'skipped';

const STAGE_BUCKETS_S = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120];
/** Close together near 1, where the decisions are made. */
const CONFIDENCE_BUCKETS = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1];

/** What a process tells about its work, in Prometheus form. */
export interface Metrics {
  readonly registry: Registry;
  jobEnded(outcome: Outcome): void;
  stageTook(stage: Stage, seconds: number): void;
  recordKept(record: GongkaiRecord): void;
  /** A failure or dead letter, by its code. */
  failed(code: string): void;
}

/** Metrics of one process; `depth` is asked whenever somebody scrapes, null leaves the queue out. */
export function createMetrics(depth: (() => Promise<QueueDepth>) | null): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const jobs = new Counter({
    name: 'gongkai_jobs_total',
    help: 'Jobs ended, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const failures = new Counter({
    name: 'gongkai_failures_total',
    help: 'Failed runs and dead letters, by code of the error catalogue.',
    labelNames: ['code'],
    registers,
  });
  const stages = new Histogram({
    name: 'gongkai_stage_seconds',
    help: 'Time a document spent in each step.',
    labelNames: ['stage'],
    buckets: STAGE_BUCKETS_S,
    registers,
  });
  const confidence = new Histogram({
    name: 'gongkai_record_confidence',
    help: 'Confidence of the records kept.',
    labelNames: ['form'],
    buckets: CONFIDENCE_BUCKETS,
    registers,
  });
  if (depth) addQueueGauge(registry, depth);
  return {
    registry,
    jobEnded: (outcome) => jobs.inc({ outcome }),
    stageTook: (stage, seconds) => stages.observe({ stage }, seconds),
    recordKept: (record) => confidence.observe({ form: record.form ?? 'none' }, record.confidence),
    failed: (code) => failures.inc({ code }),
  };
}

function addQueueGauge(registry: Registry, depth: () => Promise<QueueDepth>): void {
  const gauge = new Gauge({
    name: 'gongkai_queue_jobs',
    help: 'Jobs in the queue, by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      // A scrape while Redis is away still tells the rest.
      const states = await depth().catch(() => null);
      gauge.reset();
      for (const [state, count] of Object.entries(states ?? {})) gauge.set({ state }, Number(count));
    },
  });
}
