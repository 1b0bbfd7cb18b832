import { Option, type Command } from 'commander';
import type { CliContext } from '../context.js';
import { diffBatches, findBatch, type DiffSummary, type DocumentDiff } from '../diff-batches.js';
import { diffHtmlDocument, diffHtmlEnd, diffHtmlHead } from '../diff-html.js';
import { openSink, write } from '../sink.js';
import { formatTable } from '../text-table.js';
import { addStoreOptions, withWorkspace, type StoreOptions } from '../workspace.js';

interface DiffOptions extends StoreOptions {
  readonly format: 'table' | 'json' | 'html';
  readonly out?: string;
}

/** How a comparison is written: head, documents that changed, sums. */
interface DiffPrinter {
  head(before: string, after: string): string;
  document(diff: DocumentDiff): string;
  end(summary: DiffSummary): string;
}

const EXAMPLES = `
Examples:
  gongkai diff 2025-night 2025-night-v2        as a table
  gongkai diff a b --format html -o diff.html  to look at`;

/** `gongkai diff`: what changed between two batches. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('diff')
    .summary('what changed between two batches')
    .description(
      'Compares the runs of two batches: which fields changed value, status or confidence, which checks turned.',
    )
    .argument('<before>', 'name of a batch')
    .argument('<after>', 'name of another')
    .addOption(
      new Option('-f, --format <name>', 'how it is written')
        .choices(['table', 'json', 'html'])
        .default('table'),
    )
    .option('-o, --out <file>', 'write it there');
  addStoreOptions(command, context.config)
    .addHelpText('after', EXAMPLES)
    .action((before: string, after: string, options: DiffOptions) => diff(context, before, after, options));
}

async function diff(context: CliContext, before: string, after: string, options: DiffOptions): Promise<void> {
  await withWorkspace(context, options, async ({ store }) => {
    const [a, b] = [await findBatch(store, before), await findBatch(store, after)];
    const printer = PRINTERS[options.format];
    const sink = await openSink(options.out, context.stdout);
    await write(sink.stream, printer.head(before, after));
    const documents = diffBatches(store, a, b);
    for (;;) {
      const next = await documents.next();
      await write(sink.stream, next.done ? printer.end(next.value) : printer.document(next.value));
      if (next.done) break;
    }
    await sink.finish();
  });
}

const COLUMNS = [
  { title: 'where', maxWidth: 60 },
  { title: 'what' },
  { title: 'before' },
  { title: 'after' },
];

const PRINTERS: Readonly<Record<DiffOptions['format'], DiffPrinter>> = {
  table: {
    head: () => '',
    document: ({ source, documentId, versions, changes }) => {
      const rows = changes.map((change) => [
        `${change.kind} ${change.key}`,
        change.what,
        change.before,
        change.after,
      ]);
      const title = `${source} (${documentId}, ${versions[0] ?? 'none'} → ${versions[1] ?? 'none'})`;
      return `${title}\n${formatTable(COLUMNS, rows).join('\n')}\n\n`;
    },
    end: ({ documents, changedDocuments, changes }) => {
      const counts = Object.entries(changes).map(([kind, count]) => `  ${kind}: ${count}\n`);
      return `${changedDocuments} of ${documents} documents changed\n${counts.join('')}`;
    },
  },
  json: {
    head: () => '',
    document: (document) => `${JSON.stringify(document)}\n`,
    end: (summary) => `${JSON.stringify({ summary })}\n`,
  },
  html: { head: diffHtmlHead, document: diffHtmlDocument, end: diffHtmlEnd },
};
