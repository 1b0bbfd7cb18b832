import type { Command } from 'commander';
import { QUEUE_NAMES } from '../../model/run.js';
import type { StoreStatus } from '../../ports/run-store.js';
import type { EnqueueSummary } from '../../workers/enqueue-documents.js';
import { EXIT, type CliContext } from '../context.js';
import { describeSummary, enqueuePaths, type EnqueueRequest } from '../enqueue-paths.js';
import { plural } from '../plural.js';
import { addReadingOptions, pipelineSettings, poolSettings, type ReadingOptions } from '../options.js';
import { startRunProgress, type RunProgress } from '../run-progress.js';
import { startWorker, stopSignal, type RunsMade, type StartedWorker } from '../start-worker.js';
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
const MS = 1_000;

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
  const progress = startRunProgress(context);
  const work = async (workspace: Workspace) => {
    const stop = stopSignal();
    const before = await workspace.store.status();
    const worker = await startWorker(workspace, poolSettings(options, context.config, threads), {
      queues: QUEUE_NAMES,
      jobsPerSecond: null,
    });
    const request = {
      paths,
      settings: pipelineSettings(options),
      batch: options.batch,
      priority: 'batch',
    } as const;
    const startedAt = workspace.clock.now();
    const worked = enqueueAndWait(workspace, request, worker, progress);
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
    const seconds = (workspace.clock.now() - startedAt) / MS;
    context.stdout.write(describeSummary(ended) + describeRuns(worker.made, seconds));
    const after = await workspace.store.status();
    context.stdout.write(describeStatus(after));
    if (ended.problems > 0 || countFailed(after) > countFailed(before)) context.exitCode = EXIT.someFailed;
  };
  await withWorkspace(context, options, work, progress.log).finally(progress.stop);
}

/** Enqueues, and resolves when nothing waits any more; progress is told from the first document on. */
async function enqueueAndWait(
  workspace: Workspace,
  request: EnqueueRequest,
  { made }: StartedWorker,
  progress: RunProgress,
): Promise<EnqueueSummary> {
  let sums: EnqueueSummary | null = null;
  const enqueued = enqueuePaths(workspace, request, {}).then((all) => (sums = all));
  for (;;) {
    const summary = sums;
    const pending = await countPending(workspace);
    progress.update(made, pending);
    if (summary !== null && pending === 0) return summary;
    const pause = workspace.clock.sleep(POLL_MS);
    // A failure to enqueue ends the waiting at once.
    await (summary === null ? Promise.race([pause, enqueued]) : pause);
  }
}

async function countPending({ store }: Workspace): Promise<number> {
  const counts = await Promise.all(QUEUE_NAMES.map((name) => store.countPending(name)));
  return counts.reduce((total, count) => total + count, 0);
}

/** Also what other workers on the same store failed with. */
function countFailed({ currentFailed, deadByCode }: StoreStatus): number {
  return Object.values(deadByCode).reduce((total, count) => total + count, currentFailed);
}

function describeRuns({ done, failed }: RunsMade, seconds: number): string {
  const rate = ((done + failed) / Math.max(seconds, 1 / MS)).toFixed(1);
  return `${plural(done + failed, 'run')} made in ${seconds.toFixed(1)} s (${rate} a second), ${failed} of them failed\n\n`;
}
