import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { DEFAULT_APP_LIMITS, type AppParts } from '../../src/api/app-parts.js';
import { buildApp } from '../../src/api/build-app.js';
import { parseTokens } from '../../src/api/security/tokens.js';
import { openIntake } from '../../src/cli/intake.js';
import { startWorker } from '../../src/cli/start-worker.js';
import { loadConfig } from '../../src/config.js';
import { createMetrics } from '../../src/observability/metrics.js';
import { DEFAULT_POOL_SETTINGS, DocumentPool } from '../../src/pool/document-pool.js';
import { systemClock } from '../../src/ports/clock.js';
import { silentLogger } from '../../src/ports/logger.js';
import { openQueues } from '../../src/queue/open-queues.js';
import { openObjectStore, openRunStore } from '../../src/store/open-stores.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';

const SAMPLES = join(process.cwd(), 'samples');
/** Headers of a client on this machine. */
const LOCAL = { host: '127.0.0.1:8080' };

/** The whole API over an embedded store, with a worker; asked without a socket. */
export interface OpenApi {
  readonly app: FastifyInstance;
  readonly store: AppParts['store'];
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  post(path: string, body: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Uploads files as a form and waits until they are read; gives the documents' ids. */
  upload(files: readonly Upload[]): Promise<string[]>;
  close(): Promise<void>;
}

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

/** Opens the API; `tokens` as in GONGKAI_TOKENS. */
export async function openApi(
  changes: {
    readonly tokens?: string;
    readonly limits?: Partial<AppParts['limits']>;
    readonly redisUrl?: string;
  } = {},
): Promise<OpenApi> {
  const folder = new TemporaryFolder();
  const settings = { dataFolder: folder.path, databaseUrl: null, s3: null };
  const store = await openRunStore(settings, systemClock);
  const objects = openObjectStore(settings);
  const queues = openQueues({ redisUrl: null, lockMs: 1_000 }, systemClock, silentLogger);
  const config = loadConfig({});
  const workspace = {
    ...{ store, objects, queues, clock: systemClock, logger: silentLogger },
    ...{ config, dataFolder: folder.path },
  };
  const pool = { ...DEFAULT_POOL_SETTINGS, threads: 1 };
  const worker = await startWorker(workspace, pool, { queues: ['extract', 'ocr'], jobsPerSecond: null });
  const reader = new DocumentPool(pool);
  const app = await buildApp({
    ...workspace,
    ...{ reader, intake: openIntake(workspace), registry: createMetrics(null).registry },
    limits: { ...DEFAULT_APP_LIMITS, ...changes.limits },
    tokens: parseTokens(changes.tokens ?? ''),
    appFolder: null,
    redisUrl: changes.redisUrl ?? null,
  });
  const get: OpenApi['get'] = (path, headers = {}) =>
    app.inject({ url: path, headers: { ...LOCAL, ...headers } });
  return {
    ...{ app, store, get },
    post: (path, body, headers = {}) =>
      app.inject({ method: 'POST', url: path, headers: { ...LOCAL, ...headers }, payload: body }),
    upload: async (files) => {
      const { payload, headers } = formOf(files);
      const response = await app.inject({
        ...{ method: 'POST', url: '/api/documents', headers: { ...LOCAL, ...headers }, payload },
      });
      const { items } = response.json<{ items: { documentId: string }[] }>();
      while ((await store.status()).pending > 0) await systemClock.sleep(20);
      return items.map(({ documentId }) => documentId);
    },
    close: async () => {
      await app.close();
      await worker.stop(1_000);
      await reader.close();
      await queues.close();
      await store.close();
      folder.remove();
    },
  };
}

/** Path of a sample. */
export function samplePath(name: string): string {
  return join(SAMPLES, name);
}

/** A multipart form with these files, as a browser sends it. */
export function formOf(files: readonly Upload[]): { payload: Buffer; headers: Record<string, string> } {
  const boundary = '----gongkai-test';
  const parts = files.flatMap(({ name, bytes }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name.replaceAll('"', '%22')}"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n',
    ),
    Buffer.from(bytes),
    Buffer.from('\r\n'),
  ]);
  return {
    payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
