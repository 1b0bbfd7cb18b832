import type { Command } from 'commander';
import { AppError } from '../../errors/app-error.js';
import type { CliContext } from '../context.js';
import { addFilterOptions, parseFilter, type FilterOptions } from '../filter-options.js';
import { addReadingOptions, pipelineSettings, type ReadingOptions } from '../options.js';
import type { DocumentFilter } from '../../ports/run-store.js';
import { plural } from '../plural.js';
import { requestRuns } from '../request-runs.js';
import { addStoreOptions, runSpec, withWorkspace, type StoreOptions, type Workspace } from '../workspace.js';

interface ReprocessOptions extends ReadingOptions, StoreOptions, FilterOptions {
  readonly batch?: string;
  readonly all?: boolean;
  readonly explain?: boolean;
  readonly dryRun?: boolean;
}

const DOCUMENTS_A_PAGE = 500;
const EXAMPLES = `
Examples:
  gongkai reprocess --where "version<2.0.0" --batch after-2.0    everything that an older extractor read
  gongkai reprocess --where form=2021 "confidence<0.9"           what it was not sure of
  gongkai reprocess --where error=any                            what failed or was set aside
Old runs stay as they are; gongkai diff compares two batches.`;

const ALREADY_MADE =
  'The others have their run already: same bytes, same version, same settings give the same record.\n';

/** `gongkai reprocess`: new runs of documents that are in the store. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('reprocess')
    .summary('ask for new runs of documents in the store')
    .description('Asks for new runs, by this version with these settings, of the documents that match.')
    .option('--batch <name>', 'name under which the new runs can be compared and exported')
    .option('--all', 'every document')
    .option('--explain', 'runs say for every field what its confidence is made of')
    .option('-n, --dry-run', 'only count');
  addFilterOptions(command);
  addStoreOptions(addReadingOptions(command, context.config), context.config)
    .addHelpText('after', EXAMPLES)
    .action((options: ReprocessOptions) => reprocess(context, options));
}

async function reprocess(context: CliContext, options: ReprocessOptions): Promise<void> {
  const filter = parseFilter(options);
  if (Object.keys(filter).length === 0 && !options.all) {
    throw new AppError('USAGE', 'Say which documents with --where, or --all for every one.');
  }
  await withWorkspace(context, options, async (workspace) => {
    const batchId = options.batch === undefined ? null : (await workspace.store.batch(options.batch)).id;
    const request = { spec: runSpec(pipelineSettings(options)), batchId, priority: 'batch' } as const;
    let [matched, asked] = [0, 0];
    for await (const ids of pagesOf(workspace, filter)) {
      matched += ids.length;
      if (!options.dryRun) asked += await requestRuns(workspace, ids, request);
    }
    const verb = options.dryRun ? 'would be read again' : `match, ${plural(asked, 'run')} asked for`;
    context.stdout.write(`${plural(matched, 'document')} ${verb}\n`);
    if (!options.dryRun && asked < matched) context.stdout.write(ALREADY_MADE);
  });
}

/**
 * All matching ids, collected before the first run is asked for: new runs change what matches, and pages that are read
 * meanwhile would miss some.
 */
async function* pagesOf({ store }: Workspace, filter: DocumentFilter): AsyncGenerator<string[]> {
  const pages: string[][] = [];
  for (let after: string | null = null; ;) {
    const ids = await store.documentIds(filter, { after, limit: DOCUMENTS_A_PAGE });
    if (ids.length === 0) break;
    pages.push(ids);
    after = ids.at(-1) ?? null;
  }
  yield* pages;
}
