import type { Command } from 'commander';
import { EXIT, type CliContext } from '../context.js';
import { describeSummary, enqueuePaths } from '../enqueue-paths.js';
import { addReadingOptions, pipelineSettings, type ReadingOptions } from '../options.js';
import { addStoreOptions, withWorkspace, type StoreOptions } from '../workspace.js';

interface EnqueueOptions extends ReadingOptions, StoreOptions {
  readonly batch?: string;
  readonly interactive?: boolean;
  readonly explain?: boolean;
}

const EXAMPLES = `
Examples:
  gongkai enqueue crawl/ 2024.zip night.warc.gz --batch night   folders and archives
  gongkai enqueue manifest.jsonl                                lines of {uri, path|url, crawled_at, meta}
  gongkai enqueue https://www.example.gov.cn/nb/2023.html       one page
The same documents again are known and cost nothing.`;

/** `gongkai enqueue`: documents into store and queue, for workers to read. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('enqueue')
    .summary('put documents into the store and ask for their runs')
    .description('Puts documents into the store and asks for their runs, which workers then make.')
    .argument(
      '<path...>',
      'files, folders, ZIP, TAR(.gz), WARC(.gz), manifests (.jsonl) or http(s) addresses',
    )
    .option('--batch <name>', 'name under which these runs can be compared and exported')
    .option('--interactive', 'before everything that waits without this flag')
    .option('--explain', 'runs say for every field what its confidence is made of');
  addStoreOptions(addReadingOptions(command, context.config), context.config)
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], options: EnqueueOptions) => enqueue(context, paths, options));
}

async function enqueue(
  context: CliContext,
  paths: readonly string[],
  options: EnqueueOptions,
): Promise<void> {
  await withWorkspace(context, options, async (workspace) => {
    const request = {
      paths,
      settings: pipelineSettings(options),
      batch: options.batch,
      priority: options.interactive ? 'interactive' : 'batch',
    } as const;
    const sums = await enqueuePaths(workspace, request, {});
    context.stdout.write(describeSummary(sums));
    if (sums.problems > 0) context.exitCode = EXIT.someFailed;
  });
}
