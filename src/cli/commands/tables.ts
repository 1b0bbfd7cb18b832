import { Option, type Command } from 'commander';
import type { TablesResult } from '../../pipeline/reconstruct-tables.js';
import type { CliContext } from '../context.js';
import { findSources } from '../find-sources.js';
import { addReadingOptions, pipelineSettings, poolSettings, type ReadingOptions } from '../options.js';
import { readBatch } from '../read-batch.js';
import { escapeHtml, tableToCsv, tableToHtml, tableToMarkdown } from '../render-tables.js';
import { openSink, write } from '../sink.js';

interface TablesOptions extends ReadingOptions {
  readonly format: keyof typeof FORMATS;
  readonly out?: string;
}

/** How the results of a batch become text: something before, one text a document, something after. */
interface TablesFormat {
  readonly head: string;
  readonly tail: string;
  render(result: TablesResult, label: string): string;
}

const FORMATS = {
  jsonl: { head: '', tail: '', render: (result) => `${JSON.stringify(result)}\n` },
  html: {
    head: '<!doctype html>\n<html lang="zh">\n<meta charset="utf-8">\n<title>gongkai tables</title>\n',
    tail: '</html>\n',
    render: (result, label) => `<h1>${escapeHtml(label)}</h1>\n${join(result, tableToHtml)}`,
  },
  md: { head: '', tail: '', render: (result, label) => `# ${label}\n\n${join(result, tableToMarkdown)}` },
  csv: {
    // Excel takes UTF-8 for what it is only behind a byte order mark.
    head: '\uFEFFdocument,table,row,cells\r\n',
    tail: '',
    render: (result, label) =>
      result.tables.map((table, index) => `${tableToCsv(table, [label, String(index)])}\r\n`).join(''),
  },
} as const satisfies Record<string, TablesFormat>;

const EXAMPLES = `
Examples:
  gongkai tables budget.pdf                      the tables of any document as JSON
  gongkai tables report.pdf --format html -o t.html   to look at, merged cells and all
  gongkai tables crawl/ --format csv             a row a line, led by document, table and row`;

/** `gongkai tables`: the reconstructed tables of any document, known form or not. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('tables')
    .summary('print the tables of any document')
    .description('Prints the tables of any document, known form or not, as they were reconstructed.')
    .argument('<path...>', 'files, folders or -')
    .addOption(
      new Option(
        '-f, --format <name>',
        'jsonl: an object a document; html, md, csv: for people and spreadsheets',
      )
        .choices(Object.keys(FORMATS))
        .default('jsonl'),
    )
    .option('-o, --out <file>', 'write there instead of standard output');
  addReadingOptions(command, context.config)
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], options: TablesOptions) => printTables(context, paths, options));
}

async function printTables(
  context: CliContext,
  paths: readonly string[],
  options: TablesOptions,
): Promise<void> {
  const settings = pipelineSettings(options);
  const sources = await findSources(paths, context.stdin, settings.extract.maxBytes);
  const sink = await openSink(options.out, context.stdout);
  const format: TablesFormat = FORMATS[options.format];
  await write(sink.stream, format.head);
  await readBatch<TablesResult>(context, {
    sources,
    pool: poolSettings(options, context.config, sources.length),
    settings,
    read: (pool, request) => pool.readTables(request),
    take: (result, source) => write(sink.stream, format.render(result, source.label)),
  });
  await write(sink.stream, format.tail);
  await sink.finish();
}

function join(result: TablesResult, render: (table: TablesResult['tables'][number]) => string): string {
  return result.tables.map((table) => `${render(table)}\n\n`).join('');
}
