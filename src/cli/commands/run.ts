import type { Command } from 'commander';
import { EXIT, type CliContext } from '../context.js';
import { describeSummary, enqueuePaths } from '../enqueue-paths.js';
import { addReadingOptions, pipelineSettings, poolSettings, type ReadingOptions } from '../options.js';
import { startRunProgress } from '../run-progress.js';
import { startWorker, stopSignal } from '../start-worker.js';
import { describeStatus } from '../status-text.js';
import { addStoreOptions, withWorkspace, type StoreOptions, type Workspace } from '../workspace.js';

interface RunOptions extends ReadingOptions, StoreOptions {
  readonly batch?: string;
  readonly explain?: boolean;
}

const EXAMPLES = `
Examples:
  gongkai run crawl/ 2024.zip          everything below a folder and in an archive
  gongkai run                          goes on with what an earlier run or enqueue left
Ctrl-C stops in good order; the same command again goes on where it stopped.`;
const POLL_MS = 200;

/** `gongkai run`: enqueue, work and summary in one process, on whichever store is configured. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('run')
    .summary('enqueue documents and work until nothing waits')
    .description(
      'Enqueues documents and works until nothing waits, in one process, with progress and a summary.',
    )
    .argument('[path...]', 'as for enqueue; without any, what waits already')
    .option('--batch <name>', 'name under which these runs can be compared and exported')
    .option('--explain', 'runs say for every field what its confidence is made of');
  addStoreOptions(addReadingOptions(command, context.config), context.config)
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], options: RunOptions) => run(context, paths, options));
}

async function run(context: CliContext, paths: readonly string[], options: RunOptions): Promise<void> {
  const threads = options.jobs ?? context.config.jobs;
  await withWorkspace(context, options, async (workspace) => {
    const stop = stopSignal();
    const before = await workspace.store.status();
    const progress = startRunProgress(context, await countPending(workspace));
    const worker = await startWorker(workspace, poolSettings(options, context.config, threads), {
      queues: ['extract', 'ocr'],
      jobsPerSecond: null,
    });
    const request = {
      paths,
      settings: pipelineSettings(options),
      batch: options.batch,
      priority: 'batch',
    } as const;
    const enqueued = enqueuePaths(workspace, request, {
      progress: (_, admissions) => progress.expect(admissions.filter(({ isPending }) => isPending).length),
    });
    const worked = enqueued.then((sums) => untilNothingWaits(workspace, progress).then(() => sums));
    const ended = await Promise.race([worked, stop.received]).finally(async () => {
      progress.stop();
      stop.forget();
      await worker.stop(context.config.graceMs);
    });
    if (typeof ended === 'string') {
      context.stderr.write(`Stopped by ${ended}; the same command again goes on from here.\n`);
      context.exitCode = EXIT.someFailed;
      return;
    }
    const after = await workspace.store.status();
    context.stdout.write(describeSummary(ended));
    context.stdout.write(describeStatus(after));
    const failed =
      after.currentFailed - before.currentFailed + sum(after.deadByCode) - sum(before.deadByCode);
    if (ended.problems > 0 || failed > 0) context.exitCode = EXIT.someFailed;
  });
}

async function untilNothingWaits(
  workspace: Workspace,
  progress: { update(pending: number): void },
): Promise<void> {
  for (;;) {
    const pending = await countPending(workspace);
    progress.update(pending);
    if (pending === 0) return;
    await workspace.clock.sleep(POLL_MS);
  }
}

async function countPending({ store }: Workspace): Promise<number> {
  return (await store.countPending('extract')) + (await store.countPending('ocr'));
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
