import type { Telemetry } from 'bullmq';
import type { DocumentInfo, QueueName } from '../model/run.js';
import type { Clock } from '../ports/clock.js';
import type { JobQueue, QueueDepth } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import { QUEUE_NAMES } from '../model/run.js';
import { BullmqQueue } from './bullmq-queue.js';
import { InProcessQueue } from './in-process-queue.js';

export interface QueueSettings {
  /** Null for queues in this process's memory. */
  readonly redisUrl: string | null;
  readonly lockMs: number;
  readonly telemetry?: Telemetry;
}

/** The queues by name; each is opened when it is first asked for. */
export interface Queues {
  /** Whether other processes see the same jobs. */
  readonly isShared: boolean;
  of(name: QueueName): JobQueue;
  /** The depths of all queues together. */
  depth(): Promise<QueueDepth>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The queues that the settings ask for; nothing is connected before the first is asked for. */
export function openQueues(settings: QueueSettings, clock: Clock, logger: Logger): Queues {
  const open = new Map<QueueName, JobQueue>();
  const of = (name: QueueName): JobQueue => {
    const queue = open.get(name) ?? openQueue(name, settings, clock, logger);
    open.set(name, queue);
    return queue;
  };
  return {
    isShared: settings.redisUrl !== null,
    of,
    depth: async () => sum(await Promise.all(QUEUE_NAMES.map((name) => of(name).depth()))),
    ping: () => of('extract').ping(),
    close: async () => {
      await Promise.all([...open.values()].map((queue) => queue.close()));
    },
  };
}

/**
 * The queue for a document by its name, its declared type and, where they are at hand, its bytes: what is a picture for
 * certain waits for OCR.
 */
export function queueFor(
  document: Pick<DocumentInfo, 'contentType' | 'path' | 'uri'>,
  bytes: Uint8Array | null,
): QueueName {
  const isPicture =
    /^image\//i.test(document.contentType ?? '') ||
    /\.(?:jpe?g|png|tiff?|bmp|gif|webp|jp2)(?:[?#].*)?$/i.test(document.path ?? document.uri ?? '');
  return isPicture || (bytes && isScannedPdf(bytes)) ? 'ocr' : 'extract';
}

/**
 * True for a PDF that shows pictures and names no font, so that it cannot hold text. Objects packed into streams are not
 * unpacked for this: scanners hardly ever pack them, and what is missed is only read in the other queue.
 */
function isScannedPdf(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.indexOf('%PDF-') !== 0 || file.includes('/ObjStm')) return false;
  return file.includes('/Image') && !file.includes('/Font');
}

function openQueue(queueName: QueueName, settings: QueueSettings, clock: Clock, logger: Logger): JobQueue {
  const { redisUrl, lockMs, telemetry } = settings;
  if (redisUrl === null) return new InProcessQueue(clock);
  return new BullmqQueue({ redisUrl, queueName, lockMs, ...(telemetry ? { telemetry } : {}) }, clock, logger);
}

function sum(depths: readonly QueueDepth[]): QueueDepth {
  const of = (state: keyof QueueDepth) => depths.reduce((total, depth) => total + depth[state], 0);
  return { waiting: of('waiting'), active: of('active'), delayed: of('delayed') };
}
