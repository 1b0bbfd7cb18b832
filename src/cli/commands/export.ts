import { Option, type Command } from 'commander';
import { currentRecords } from '../../exports/current-records.js';
import { currentReports } from '../../exports/current-reports.js';
import { dictionaryMarkdown } from '../../exports/dictionary.js';
import { EXPORTERS } from '../../exports/registry.js';
import { AppError } from '../../errors/app-error.js';
import type { CliContext, Output } from '../context.js';
import { addFilterOptions, parseFilter, type FilterOptions } from '../filter-options.js';
import { openSink } from '../sink.js';
import { addStoreOptions, withWorkspace, type StoreOptions } from '../workspace.js';

interface ExportCommandOptions extends StoreOptions, FilterOptions {
  readonly format: string;
  readonly out?: string;
  readonly bom?: boolean;
  readonly dictionary?: boolean;
  readonly eachDocument?: boolean;
}

const BINARY = new Set(['parquet', 'xlsx']);

const EXAMPLES = `
Examples:
  gongkai export --format csv --bom -o reports.csv     a row a report, for Excel
  gongkai export --format parquet -o fields.parquet    a row a field
  gongkai export --where "year>=2021" "form=2021"      some of them, as JSON lines`;

/** `gongkai export`: the current records, corrections applied. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('export')
    .summary('the current records as JSON lines, CSV, Parquet or XLSX')
    .description(
      'Writes the current record of every report in the documents that match, corrections applied.',
    )
    .addOption(
      new Option('-f, --format <name>', 'csv and xlsx: a row a report; csv-long and parquet: a row a field')
        .choices(EXPORTERS.map((exporter) => exporter.id))
        .default('jsonl'),
    )
    .option('-o, --out <file>', 'write it there')
    .option('--bom', 'CSV with a byte order mark, so that Excel shows the Chinese')
    .option(
      '--each-document',
      'a record a document, also where page, PDF and DOCX are one report (otherwise joined, the best reading first)',
    )
    .option('--dictionary', 'write what the columns mean instead');
  addFilterOptions(command);
  addStoreOptions(command, context.config)
    .addHelpText('after', EXAMPLES)
    .action((options: ExportCommandOptions) => exportRecords(context, options));
}

async function exportRecords(context: CliContext, options: ExportCommandOptions): Promise<void> {
  if (options.dictionary) return void context.stdout.write(dictionaryMarkdown());
  const exporter = EXPORTERS.find(({ id }) => id === options.format);
  if (!exporter) throw new AppError('USAGE', `There is no export "${options.format}".`);
  const stdout: Output = context.stdout;
  if (BINARY.has(exporter.id) && options.out === undefined && stdout.isTTY) {
    throw new AppError('USAGE', `${exporter.id} is not for a terminal; say where it goes with --out.`);
  }
  await withWorkspace(context, options, async ({ store }) => {
    const sink = await openSink(options.out, stdout);
    const rows = options.eachDocument ? currentRecords : currentReports;
    await exporter.write(rows(store, parseFilter(options)), sink.stream, {
      bom: options.bom ?? false,
    });
    await sink.finish();
  });
}
