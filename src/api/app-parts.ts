import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Registry } from 'prom-client';
import type { ArchiveItem } from '../archives/archive-item.js';
import type { AppError } from '../errors/app-error.js';
import type { Priority } from '../model/run.js';
import type { DisplayResult, PictureResult } from '../pipeline/display-source.js';
import type { PoolRequest } from '../pool/document-pool.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { Admission, RunStore } from '../ports/run-store.js';
import type { Queues } from '../queue/open-queues.js';
import type { EventHub } from './events/event-hub.js';
import type { Token } from './security/tokens.js';

/** Taking documents in, as the command line does it; handed in, so that the API needs no worker code. */
export interface Intake {
  documents(items: AsyncIterable<ArchiveItem>, order: IntakeOrder): Promise<IntakeResult>;
  /** Asks for new runs of documents in the store; gives how many will be made. */
  again(documentIds: readonly string[], order: Omit<IntakeOrder, 'priority'>): Promise<number>;
}

export interface IntakeOrder {
  readonly batch: string | null;
  readonly priority: Priority;
  /** Runs say what their confidence is made of. */
  readonly explain: boolean;
}

export interface IntakeResult {
  readonly admissions: readonly Admission[];
  readonly skipped: number;
  readonly problems: readonly { readonly place: string; readonly error: AppError }[];
}

/** How documents are read for people; the pool does it. */
export interface DisplayReader {
  readDisplay(request: PoolRequest): Promise<DisplayResult>;
  readPicture(request: PoolRequest, pageNumber: number): Promise<PictureResult>;
}

export interface AppLimits {
  /** Requests a minute of one token or address. */
  readonly requestsPerMinute: number;
  /** One uploaded file; documents in it are held to the extractor's own limit. */
  readonly uploadBytes: number;
  readonly uploadFiles: number;
  /** A body that is no upload. */
  readonly bodyBytes: number;
}

export const DEFAULT_APP_LIMITS: AppLimits = {
  requestsPerMinute: 1_200,
  uploadBytes: 512 * 1024 * 1024,
  uploadFiles: 200,
  bodyBytes: 1024 * 1024,
};

/** Everything that the app works with; the caller opens and closes it. */
export interface AppParts {
  readonly store: RunStore;
  readonly objects: ObjectStore;
  readonly queues: Queues;
  readonly reader: DisplayReader;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly registry: Registry;
  /** None: the app answers everybody, and only on loopback (see security/guard.ts). */
  readonly tokens: readonly Token[];
  readonly limits: AppLimits;
  /** The built web app; null where there is none. */
  readonly appFolder: string | null;
  /** Redis whose queues are shown at /admin/queues; null for none. */
  readonly redisUrl: string | null;
}

/** What routes are given: the parts, and what the app itself keeps. */
export interface RouteParts extends AppParts {
  readonly events: EventHub;
}

/** `app` with the types of its zod schemas. */
export function typed(app: FastifyInstance) {
  return app.withTypeProvider<ZodTypeProvider>();
}

/** A Fastify instance whose routes take their types from zod schemas. */
export type TypedApp = ReturnType<typeof typed>;
