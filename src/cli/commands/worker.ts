import { Option, type Command } from 'commander';
import { QUEUE_NAMES, type QueueName } from '../../model/run.js';
import { startHealthServer } from '../../observability/health-server.js';
import type { CliContext } from '../context.js';
import { addReadingOptions, poolSettings, wholeNumber, type ReadingOptions } from '../options.js';
import { startWorker, stopSignal } from '../start-worker.js';
import { addStoreOptions, withWorkspace, type StoreOptions } from '../workspace.js';

interface WorkerOptions extends ReadingOptions, StoreOptions {
  readonly queue: readonly QueueName[];
  readonly rate?: number;
  readonly port?: number;
  readonly host: string;
}

const HIGHEST_PORT = 65_535;
const HIGHEST_RATE = 100_000;

const EXAMPLES = `
Examples:
  gongkai worker --jobs 4                      until stopped, four documents at a time
  gongkai worker --queue extract --port 9464   with /metrics, /healthz and /readyz`;

/** `gongkai worker`: works on the queue until it is told to stop. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('worker')
    .summary('make the runs that wait, until stopped')
    .description(
      'Makes the runs that wait, until stopped. Start as many on as many machines as there is work for.',
    )
    .addOption(
      new Option('--queue <names...>', 'queues to work on').choices(QUEUE_NAMES).default([...QUEUE_NAMES]),
    )
    .option(
      '--rate <n>',
      'at most so many documents a second, over all workers of a queue',
      wholeNumber(1, HIGHEST_RATE),
    )
    .option('--port <n>', 'serve /metrics, /healthz and /readyz there', wholeNumber(0, HIGHEST_PORT))
    .option('--host <address>', 'and on this address', '127.0.0.1');
  addStoreOptions(addReadingOptions(command, context.config), context.config)
    .addHelpText('after', EXAMPLES)
    .action((options: WorkerOptions) => work(context, options));
}

async function work(context: CliContext, options: WorkerOptions): Promise<void> {
  const threads = options.jobs ?? context.config.jobs;
  await withWorkspace(context, options, async (workspace) => {
    const stop = stopSignal();
    const worker = await startWorker(workspace, poolSettings(options, context.config, threads), {
      queues: options.queue,
      jobsPerSecond: options.rate ?? null,
    });
    const isReady = async () => {
      await Promise.all([workspace.store.ping(), workspace.objects.ping(), workspace.queues.ping()]);
    };
    const settings = { port: options.port ?? 0, host: options.host };
    const health =
      options.port === undefined ? null : await startHealthServer(settings, worker.metrics.registry, isReady);
    context.stderr.write(
      `gongkai worker: ${threads} threads${health ? `, health on port ${health.port}` : ''}\n`,
    );
    const signal = await stop.received;
    stop.forget();
    context.stderr.write(`gongkai worker: ${signal}, finishing or handing back what is under way\n`);
    await worker.stop(context.config.graceMs);
    await health?.close();
  });
}
