import type { Command } from 'commander';
import type { QueueName } from '../../model/run.js';
import type { QueueDepth } from '../../ports/job-queue.js';
import type { CliContext } from '../context.js';
import { describeStatus } from '../status-text.js';
import { addStoreOptions, withWorkspace, type StoreOptions, type Workspace } from '../workspace.js';

interface StatusOptions extends StoreOptions {
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  gongkai status                               for people
  gongkai status --json                        for programs`;

/** `gongkai status`: what is in store and queue. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('status')
    .summary('queue depths, rates, failures by code, dead letters')
    .description(
      'Says what is in the store and the queue: documents, records, failures by code, dead letters, rates.',
    )
    .option('--json', 'as JSON');
  addStoreOptions(command, context.config)
    .addHelpText('after', EXAMPLES)
    .action((options: StatusOptions) => status(context, options));
}

async function status(context: CliContext, options: StatusOptions): Promise<void> {
  await withWorkspace(context, options, async ({ store, queues }) => {
    const facts = await store.status();
    // A queue in memory belongs to the process that works on it; this one's is empty and says nothing.
    const depths = queues.isShared ? await depthsOf(queues) : null;
    const text = options.json
      ? `${JSON.stringify({ ...facts, queue: depths })}\n`
      : describeStatus(facts, depths);
    context.stdout.write(text);
  });
}

async function depthsOf(queues: Workspace['queues']): Promise<Record<QueueName, QueueDepth>> {
  const [extract, ocr] = await Promise.all([queues.of('extract').depth(), queues.of('ocr').depth()]);
  return { extract, ocr };
}
