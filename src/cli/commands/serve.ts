import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { DEFAULT_APP_LIMITS } from '../../api/app-parts.js';
import { buildApp } from '../../api/build-app.js';
import { isLoopback } from '../../api/security/guard.js';
import { parseTokens, type Token } from '../../api/security/tokens.js';
import type { Config } from '../../config.js';
import { AppError } from '../../errors/app-error.js';
import { createMetrics } from '../../observability/metrics.js';
import { DEFAULT_POOL_SETTINGS, DocumentPool } from '../../pool/document-pool.js';
import type { CliContext } from '../context.js';
import { enqueuePaths } from '../enqueue-paths.js';
import { openIntake } from '../intake.js';
import {
  addReadingOptions,
  pipelineSettings,
  poolSettings,
  wholeNumber,
  type ReadingOptions,
} from '../options.js';
import { startWorker, stopSignal, type StartedWorker } from '../start-worker.js';
import { addStoreOptions, withWorkspace, type StoreOptions, type Workspace } from '../workspace.js';

interface ServeOptions extends ReadingOptions, StoreOptions {
  readonly port: number;
  readonly host: string;
  readonly samples?: boolean;
  readonly work: boolean;
}

const DEFAULT_PORT = 8_080;
const HIGHEST_PORT = 65_535;
/** Sources that people look at are read beside the queue's, never behind them. */
const DISPLAY_THREADS = 1;
const POLL_MS = 200;
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const EXAMPLES = `
Examples:
  gongkai serve                                 on http://127.0.0.1:8080, for this machine
  gongkai serve --samples                       with the sample documents, where the store is empty
  GONGKAI_TOKENS=wang:review:0123456789abcdef gongkai serve --host 0.0.0.0
Beyond this machine tokens are needed: GONGKAI_TOKENS or GONGKAI_TOKENS_FILE, as name:scope:secret.`;

/** `gongkai serve`: API and review app in one process, which also works a queue that nobody else can. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('serve')
    .summary('API and review app on one port')
    .description(
      'Serves the HTTP API and the review app. Without Redis it also makes the runs that are asked for.',
    )
    .option('--port <n>', 'port to listen on', wholeNumber(0, HIGHEST_PORT), DEFAULT_PORT)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--samples', 'take the sample documents in where the store is empty')
    .option('--no-work', 'leave the queue to others');
  addStoreOptions(addReadingOptions(command, context.config), context.config)
    .addHelpText('after', EXAMPLES)
    .action((options: ServeOptions) => serve(context, options));
}

async function serve(context: CliContext, options: ServeOptions): Promise<void> {
  const tokens = await loadTokens(context.config);
  if (tokens.length === 0 && !isLoopback(options.host)) {
    throw new AppError(
      'CONFIG_INVALID',
      `Without tokens the server listens on this machine only, not on ${options.host}: set GONGKAI_TOKENS.`,
    );
  }
  await withWorkspace(context, options, async (workspace) => {
    const stop = stopSignal();
    const worker = await startOwnWorker(context, workspace, options);
    const reader = new DocumentPool({ ...DEFAULT_POOL_SETTINGS, threads: DISPLAY_THREADS });
    const app = await buildApp({
      ...workspace,
      ...{ reader, tokens, intake: openIntake(workspace), limits: DEFAULT_APP_LIMITS },
      registry: (worker?.metrics ?? createMetrics(() => workspace.queues.depth())).registry,
      appFolder: findAppFolder(),
      redisUrl: context.config.redisUrl,
    });
    try {
      const address = await app.listen({ port: options.port, host: options.host });
      context.stderr.write(`gongkai serve: ${address}\n`);
      if (options.samples) await takeSamples(context, workspace, options, worker);
      const signal = await stop.received;
      context.stderr.write(`gongkai serve: ${signal}, finishing or handing back what is under way\n`);
    } finally {
      stop.forget();
      await app.close();
      await worker?.stop(context.config.graceMs);
      await reader.close();
    }
  });
}

/** Queues in memory are this process's alone, so it works on them; those in Redis have workers. */
function startOwnWorker(
  { config }: CliContext,
  workspace: Workspace,
  options: ServeOptions,
): Promise<StartedWorker> | null {
  if (!options.work || workspace.queues.isShared) return null;
  const pool = poolSettings(options, config, options.jobs ?? config.jobs);
  return startWorker(workspace, pool, { queues: ['extract', 'ocr'], jobsPerSecond: null });
}

/** The first start of somebody who tries gongkai ends with documents to look at. */
async function takeSamples(
  { stderr }: CliContext,
  workspace: Workspace,
  options: ServeOptions,
  worker: StartedWorker | null,
): Promise<void> {
  const { store, clock } = workspace;
  const folder = join(ROOT, 'samples');
  if ((await store.status()).documents > 0 || !existsSync(folder)) return;
  const settings = pipelineSettings({ ...options, explain: true });
  await enqueuePaths(workspace, { paths: [folder], settings, batch: 'samples', priority: 'batch' }, {});
  if (!worker) return;
  while ((await store.status()).pending > 0) await clock.sleep(POLL_MS);
  const { currentDone, openReviewItems } = await store.status();
  stderr.write(
    `gongkai serve: ${currentDone} sample documents read, ${openReviewItems} questions to review\n`,
  );
}

async function loadTokens({ tokens, tokensFile }: Config): Promise<Token[]> {
  const listed = tokensFile === null ? '' : await readTokensFile(tokensFile);
  return parseTokens(`${tokens ?? ''}\n${listed}`);
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
