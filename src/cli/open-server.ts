import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { DEFAULT_APP_LIMITS } from '../api/app-parts.js';
import { isLoopback } from '../api/security/guard.js';
import { parseTokens, type Token } from '../api/security/tokens.js';
import type { Config } from '../config.js';
import { AppError } from '../errors/app-error.js';
import { DEFAULT_POOL_SETTINGS } from '../pool/pool-settings.js';
import { ROOT } from './root.js';
import type { StartedWorker } from './start-worker.js';
import type { Workspace } from './workspace.js';

/** Sources that people look at are read beside the queue's, never behind them. */
const DISPLAY_THREADS = 1;

/** API and app, answering at `address` until they are closed. */
export interface OpenServer {
  readonly address: string;
  /** Resolves once nobody has asked for anything for `idleMs`; an open page counts as asking. */
  idle(idleMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Who may ask. Errors: CONFIG_INVALID where nobody is named and others than this machine could ask. */
export async function loadTokens({ tokens, tokensFile }: Config, host: string): Promise<Token[]> {
  const listed = tokensFile === null ? '' : await readTokensFile(tokensFile);
  const known = parseTokens(`${tokens ?? ''}\n${listed}`);
  if (known.length > 0 || isLoopback(host)) return known;
  throw new AppError(
    'CONFIG_INVALID',
    `Without tokens the server listens on this machine only, not on ${host}: set GONGKAI_TOKENS.`,
  );
}

/** Serves the workspace. Errors: CONFIG_INVALID where the address is taken or not this machine's. */
export async function openServer(
  workspace: Workspace,
  { host, port, tokens }: { readonly host: string; readonly port: number; readonly tokens: readonly Token[] },
  worker: StartedWorker | null,
): Promise<OpenServer> {
  const [{ buildApp }, { createMetrics }, { DocumentPool }, { openIntake }] = await Promise.all([
    import('../api/build-app.js'),
    import('../observability/metrics.js'),
    import('../pool/document-pool.js'),
    import('./intake.js'),
  ]);
  const reader = new DocumentPool({ ...DEFAULT_POOL_SETTINGS, threads: DISPLAY_THREADS });
  const app = await buildApp({
    ...workspace,
    ...{ reader, tokens, intake: openIntake(workspace), limits: DEFAULT_APP_LIMITS },
    registry: (worker?.metrics ?? createMetrics(() => workspace.queues.depth())).registry,
    appFolder: findAppFolder(),
    redisUrl: workspace.config.redisUrl,
  });
  const close = async (): Promise<void> => {
    await app.close();
    await reader.close();
  };
  try {
    const address = await app.listen({ port, host });
    return { address, close, idle: (idleMs) => untilIdle(app.server, idleMs) };
  } catch (error) {
    await close();
    throw listenError(error, host, port);
  }
}

/** Why `error` kept the server from listening, as a person can mend it. */
function listenError(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined || !['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code))
    return error;
  const reason = code === 'EADDRINUSE' ? 'another program listens there' : code;
  return new AppError(
    'CONFIG_INVALID',
    `Cannot listen on ${host}, port ${port}: ${reason}. Choose with --port.`,
    {
      cause: error,
    },
  );
}

function untilIdle(server: Server, idleMs: number): Promise<void> {
  return new Promise((resolve) => {
    let answering = 0;
    let timer = setTimeout(resolve, idleMs);
    server.on('request', (_request, response) => {
      answering += 1;
      clearTimeout(timer);
      response.once('close', () => {
        answering -= 1;
        if (answering === 0) timer = setTimeout(resolve, idleMs);
      });
    });
  });
}

async function readTokensFile(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('CONFIG_INVALID', `GONGKAI_TOKENS_FILE cannot be read: ${String(error)}`, {
      cause: error,
    });
  });
}

/** The web app as vite built it; null where nobody did. */
function findAppFolder(): string | null {
  const folder = join(ROOT, 'web', 'dist');
  return existsSync(join(folder, 'index.html')) ? folder : null;
}
