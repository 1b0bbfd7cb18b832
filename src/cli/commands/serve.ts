import type { Command } from 'commander';
import type { CliContext } from '../context.js';
import { loadTokens, openServer } from '../open-server.js';
import { addReadingOptions, poolSettings, wholeNumber, type ReadingOptions } from '../options.js';
import { startWorker, stopSignal, type StartedWorker } from '../start-worker.js';
import { addStoreOptions, withWorkspace, type StoreOptions, type Workspace } from '../workspace.js';

interface ServeOptions extends ReadingOptions, StoreOptions {
  readonly port: number;
  readonly host: string;
  readonly work: boolean;
}

export const DEFAULT_PORT = 8_080;
export const HIGHEST_PORT = 65_535;

const EXAMPLES = `
Examples:
  gongkai serve                                 on http://127.0.0.1:8080, for this machine
  gongkai serve --port 0 --data archive         on a free port, another store
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
    .option('--port <n>', 'port to listen on, 0 for a free one', wholeNumber(0, HIGHEST_PORT), DEFAULT_PORT)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--no-work', 'leave the queue to others');
  addStoreOptions(addReadingOptions(command, context.config), context.config)
    .addHelpText('after', EXAMPLES)
    .action((options: ServeOptions) => serve(context, options));
}

async function serve(context: CliContext, options: ServeOptions): Promise<void> {
  const { host, port } = options;
  const tokens = await loadTokens(context.config, host);
  await withWorkspace(context, options, async (workspace) => {
    const stop = stopSignal();
    const worker = await startOwnWorker(context, workspace, options);
    try {
      const server = await openServer(workspace, { host, port, tokens }, worker);
      context.stderr.write(`gongkai serve: ${server.address}\n`);
      const signal = await stop.received;
      context.stderr.write(`gongkai serve: ${signal}, finishing or handing back what is under way\n`);
      await server.close();
    } finally {
      stop.forget();
      await worker?.stop(context.config.graceMs);
    }
  });
}

/** Queues in memory are this process's alone, so it works on them; those in Redis have workers. */
async function startOwnWorker(
  { config }: CliContext,
  workspace: Workspace,
  options: ServeOptions,
): Promise<StartedWorker | null> {
  if (!options.work || workspace.queues.isShared) return null;
  const pool = poolSettings(options, config, options.jobs ?? config.jobs);
  return startWorker(workspace, pool, { queues: ['extract', 'ocr'], jobsPerSecond: null });
}
