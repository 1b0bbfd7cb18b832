import { Option, type Command } from 'commander';
import { printRecord } from '../../model/print-record.js';
import type { GongkaiRecord } from '../../model/record.js';
import { joinRecords } from '../../reports/join-records.js';
import type { CliContext } from '../context.js';
import { findSources } from '../find-sources.js';
import { addReadingOptions, pipelineSettings, poolSettings, type ReadingOptions } from '../options.js';
import { readBatch } from '../read-batch.js';
import { formatRecordTable, summariseRecord, type RecordRow } from '../record-table.js';
import { openSink, write, type Sink } from '../sink.js';
import { paintFor } from '../style.js';

interface ExtractOptions extends ReadingOptions {
  readonly format: 'jsonl' | 'json' | 'table';
  readonly out?: string;
  readonly explain?: boolean;
  readonly trace?: boolean;
  readonly join?: boolean;
}

const EXAMPLES = `
Examples:
  gongkai extract report.pdf                              one record on standard output
  gongkai extract crawl/ --jobs 4 --out records.jsonl     a folder, four documents at a time
  gongkai extract samples --format table                  a table for people
  curl -s https://example.org/r.html | gongkai extract -  standard input
  gongkai extract odd.docx --explain                      with the causes of every confidence`;

/** `gongkai extract`: documents in, one canonical record each out, in the order of the arguments. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('extract')
    .summary('read reports into records')
    .description('Reads reports (files, folders, - for standard input) into one canonical record each.')
    .argument('<path...>', 'files, folders or -')
    .addOption(
      new Option(
        '-f, --format <name>',
        'jsonl: a record a line; json: one array; table: a summary for people',
      )
        .choices(['jsonl', 'json', 'table'])
        .default('jsonl'),
    )
    .option('-o, --out <file>', 'write the records there; with --format table as JSON lines beside the table')
    .option(
      '--join',
      'join pages with the attachments they point to, and several readings of one report; waits for all documents',
    )
    .option('--explain', 'say for every field what its confidence is made of')
    .option('--trace', 'say in every record how long each stage took');
  addReadingOptions(command, context.config)
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], options: ExtractOptions) => extract(context, paths, options));
}

async function extract(
  context: CliContext,
  paths: readonly string[],
  options: ExtractOptions,
): Promise<void> {
  const settings = pipelineSettings(options);
  const sources = await findSources(paths, context.stdin, settings.extract.maxBytes);
  const printer = await openPrinter(context, options);
  const join = options.join ? new Joiner() : null;
  await readBatch<GongkaiRecord>(context, {
    sources,
    pool: poolSettings(options, context.config, sources.length),
    settings,
    read: (pool, request) => pool.readRecord(request),
    take: (record, source) => (join ? join.keep(record, source.label) : printer.print(record, source.label)),
  });
  await join?.print(printer);
  await printer.finish();
}

/** Keeps records until all are there, since any may say something about any other. */
class Joiner {
  readonly #records: GongkaiRecord[] = [];
  readonly #labels: string[] = [];

  keep(record: GongkaiRecord, label: string): Promise<void> {
    this.#records.push(record);
    this.#labels.push(label);
    return Promise.resolve();
  }

  async print(printer: Printer): Promise<void> {
    for (const [i, record] of joinRecords(this.#records).entries())
      await printer.print(record, this.#labels[i] ?? '');
  }
}

interface Printer {
  print(record: GongkaiRecord, label: string): Promise<void>;
  finish(): Promise<void>;
}

async function openPrinter(context: CliContext, options: ExtractOptions): Promise<Printer> {
  if (options.format === 'table') return tablePrinter(context, options.out);
  const sink = await openSink(options.out, context.stdout);
  return options.format === 'json' ? arrayPrinter(sink) : linePrinter(sink);
}

function linePrinter(sink: Sink): Printer {
  return {
    print: (record) => write(sink.stream, `${printRecord(record)}\n`),
    finish: () => sink.finish(),
  };
}

function arrayPrinter(sink: Sink): Printer {
  let separator = '[\n';
  return {
    async print(record) {
      await write(sink.stream, separator + printRecord(record, 2));
      separator = ',\n';
    },
    async finish() {
      await write(sink.stream, separator === '[\n' ? '[]\n' : '\n]\n');
      await sink.finish();
    },
  };
}

async function tablePrinter(context: CliContext, out: string | undefined): Promise<Printer> {
  const rows: RecordRow[] = [];
  const lines = out === undefined ? null : linePrinter(await openSink(out, context.stdout));
  return {
    async print(record, label) {
      rows.push(summariseRecord(record, label));
      await lines?.print(record, label);
    },
    async finish() {
      await lines?.finish();
      const table = formatRecordTable(rows, paintFor(context.stdout, context.config));
      const where = out === undefined ? 'Records were not kept: add --out FILE.' : `Records: ${out}`;
      await write(context.stdout, `${table.join('\n')}\n\n${where}\n`);
    },
  };
}
