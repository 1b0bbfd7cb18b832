import { Option, type Command } from 'commander';
import { score, scoreBy, type Figures, type ScoredError } from '../../evaluation/score.js';
import type { GongkaiRecord } from '../../model/record.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../context.js';
import { fileSource } from '../find-sources.js';
import { loadTruths } from '../load-truth.js';
import {
  addReadingOptions,
  pipelineSettings,
  poolSettings,
  wholeNumber,
  type ReadingOptions,
} from '../options.js';
import { readBatch } from '../read-batch.js';
import { openSink, write } from '../sink.js';

interface EvalOptions extends ReadingOptions {
  readonly by?: 'format' | 'family' | 'form';
  readonly errors: number;
  readonly json?: boolean;
  readonly out?: string;
}

const NAME_WIDTH = 28;
const MOST_ERRORS = 100_000;

const EXAMPLES = `
Examples:
  gongkai eval samples                                  the project's own samples
  gongkai eval ../shared/corpus --by family --errors 20 where the wrong values are
  gongkai eval ../shared/seeds --json                   for a program to read

DIR holds truth.jsonl (file, form, meta, fields a line), or <name>.expected.json beside each document.
The figures are those of shared/bench/score.py: fields, nonzero, exact_docs and meta are shares that are right,
silent_errors@t counts wrong fields among those with a confidence of t or more, ece and brier tell calibration.`;

/** `gongkai eval`: how right the extractor is on documents whose contents are known. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('eval')
    .summary('measure accuracy against known truth')
    .description('Extracts the documents that DIR/truth.jsonl names and scores the records against it.')
    .argument('<dir>', 'folder with truth.jsonl or *.expected.json')
    .addOption(new Option('--by <property>', 'also by this property').choices(['format', 'family', 'form']))
    .option('--errors <n>', 'name the first n wrong values', wholeNumber(0, MOST_ERRORS), 0)
    .option('--json', 'print one JSON object')
    .option('-o, --out <file>', 'keep the records there, one a line');
  addReadingOptions(command, context.config)
    .addHelpText('after', EXAMPLES)
    .action((folder: string, options: EvalOptions) => evaluate(context, folder, options));
}

async function evaluate(context: CliContext, folder: string, options: EvalOptions): Promise<void> {
  const settings = pipelineSettings(options);
  const placed = await loadTruths(folder);
  const records = new Map<string, GongkaiRecord>();
  const kept = options.out === undefined ? null : await openSink(options.out, context.stdout);
  await readBatch<GongkaiRecord>(context, {
    sources: placed.map(({ path }) => fileSource(path, settings.extract.maxBytes)),
    pool: poolSettings(options, context.config, placed.length),
    settings,
    read: (pool, request) => pool.readRecord(request),
    async take(record, source) {
      records.set(source.label, record);
      if (kept) await write(kept.stream, `${JSON.stringify(record)}\n`);
    },
  });
  await kept?.finish();
  // A document that cannot be read is a wrong answer here, and counted as such: the evaluation itself has succeeded.
  context.exitCode = EXIT.allRead;
  const pathOf = new Map(placed.map(({ truth, path }) => [truth.file, path]));
  const recordOf = (file: string): GongkaiRecord | undefined => records.get(pathOf.get(file) ?? '');
  const truths = placed.map(({ truth }) => truth);
  const figures = scoreBy(truths, recordOf, options.by ?? null);
  const errors = score(truths, recordOf).errors.slice(0, options.errors);
  await write(context.stdout, options.json ? `${JSON.stringify(figures)}\n` : formatFigures(figures));
  await write(options.json ? context.stderr : context.stdout, errors.map(formatError).join(''));
}

function formatFigures(rows: Readonly<Record<string, Figures>>): string {
  const lines = Object.entries(rows).map(([name, figures]) => {
    const values = Object.entries(figures).map(([key, value]) => `${key}=${value ?? '-'}`);
    return `${name.padEnd(NAME_WIDTH)} ${values.join(' ')}\n`;
  });
  return lines.join('');
}

function formatError({ file, family, key, wanted, got, confidence }: ScoredError): string {
  return `  wrong: ${file} ${family} ${key} wanted ${JSON.stringify(wanted)} got ${JSON.stringify(got)} (${confidence.toFixed(4)})\n`;
}
