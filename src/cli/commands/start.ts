import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { printRecord } from '../../model/print-record.js';
import type { GongkaiRecord } from '../../model/record.js';
import { currentRecords } from '../../exports/current-records.js';
import { AppError } from '../../errors/app-error.js';
import { EXIT, type CliContext } from '../context.js';
import { enqueuePaths } from '../enqueue-paths.js';
import { loadTokens, openServer, type OpenServer } from '../open-server.js';
import {
  addReadingOptions,
  pipelineSettings,
  poolSettings,
  wholeNumber,
  type ReadingOptions,
} from '../options.js';
import { formatRecordTable, rowWithoutRecord, summariseRecord } from '../record-table.js';
import { ROOT } from '../root.js';
import { openSink, write } from '../sink.js';
import { startWorker, stopSignal, type StartedWorker } from '../start-worker.js';
import { paintFor } from '../style.js';
import { addStoreOptions, withWorkspace, type StoreOptions, type Workspace } from '../workspace.js';
import { DEFAULT_PORT, HIGHEST_PORT } from './serve.js';

interface StartOptions extends ReadingOptions, StoreOptions {
  readonly port: number;
  readonly out: string;
  readonly serve: boolean;
}

const BATCH = 'samples';
const HOST = '127.0.0.1';
const POLL_MS = 100;
/** Where nobody can press Ctrl-C, the server ends by itself when it was not asked anything for so long. */
const IDLE_MS = 60_000;

const EXAMPLES = `
Examples:
  gongkai start                     reads the samples, prints what they became, and serves the app
  gongkai start --no-serve          the same without the app: ends when all is printed
  gongkai start --data try --port 0 another store, a free port
Where standard output is no terminal, the app goes when nobody has asked for anything for a minute.`;

/** `gongkai start`: the first thing that somebody runs; samples in, records and a page to look at them out. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('start')
    .summary('read the samples, print what they became, serve the app')
    .description(
      'Reads the sample documents into the store, prints what they became, and serves the review app.',
    )
    .option(
      '--port <n>',
      'port to listen on; a free one where it is taken',
      wholeNumber(0, HIGHEST_PORT),
      DEFAULT_PORT,
    )
    .option('-o, --out <file>', 'write the records there, one a line', join('gongkai-out', 'records.jsonl'))
    .option('--no-serve', 'end when everything is printed (also: GONGKAI_NO_SERVE=1)');
  addStoreOptions(addReadingOptions(command, context.config), context.config)
    .addHelpText('after', EXAMPLES)
    .action((options: StartOptions) => start(context, options));
}

async function start(context: CliContext, options: StartOptions): Promise<void> {
  await withWorkspace(context, options, async (workspace) => {
    const stop = stopSignal();
    const pool = poolSettings(options, context.config, options.jobs ?? context.config.jobs);
    const worker = await startWorker(workspace, pool, { queues: ['extract', 'ocr'], jobsPerSecond: null });
    try {
      await printOutcomes(context, options, await readSamples(workspace, options));
      if (options.serve && context.config.serves)
        await serveUntilDone(context, workspace, options, worker, stop.received);
      else await write(context.stdout, 'To review them in the browser: bin/gongkai serve\n');
    } finally {
      stop.forget();
      await worker.stop(context.config.graceMs);
    }
  });
}

/** What became of a sample: its record, corrections applied, or the code of what kept it from being read. */
interface Outcome {
  readonly name: string;
  readonly record: GongkaiRecord | null;
  readonly code: string | null;
}

/** Every sample in the order of their names; what was read before is not read again. */
async function readSamples(workspace: Workspace, options: StartOptions): Promise<Outcome[]> {
  const { store, clock } = workspace;
  const ids = new Set<string>();
  const settings = pipelineSettings({ ...options, explain: true });
  const request = {
    paths: [join(ROOT, 'samples')],
    settings,
    batch: BATCH,
    priority: 'interactive',
  } as const;
  await enqueuePaths(workspace, request, {
    progress: (_, admissions) => admissions.forEach(({ documentId }) => ids.add(documentId)),
  });
  while ((await store.batch(BATCH)).pending > 0) await clock.sleep(POLL_MS);
  const records = new Map<string, GongkaiRecord>();
  for await (const { documentId, record } of currentRecords(store, { documentIds: [...ids] })) {
    records.set(documentId, record);
  }
  const documents = await store.documents([...ids]);
  const outcomes = documents.map(async ({ documentId, document }): Promise<Outcome> => {
    const name = relative(ROOT, document.path ?? '');
    const record = records.get(documentId);
    if (record) return { name, record, code: null };
    return { name, record: null, code: (await store.deadLetterOf(document.sha256))?.code ?? null };
  });
  return (await Promise.all(outcomes)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function printOutcomes(
  context: CliContext,
  { out }: StartOptions,
  outcomes: readonly Outcome[],
): Promise<void> {
  const { stdout, config } = context;
  const sink = await openSink(out, stdout);
  for (const { record } of outcomes) if (record) await write(sink.stream, `${printRecord(record)}\n`);
  await sink.finish();
  const rows = outcomes.map(({ name, record, code }) =>
    record ? summariseRecord(record, name) : rowWithoutRecord(name, code ?? 'none'),
  );
  const table = formatRecordTable(rows, paintFor(stdout, config));
  await write(stdout, `${table.join('\n')}\n\nRecords: ${out}\n`);
  if (outcomes.some(({ record }) => record === null || record.error)) context.exitCode = EXIT.someFailed;
}

async function serveUntilDone(
  { stdout, config }: CliContext,
  workspace: Workspace,
  { port }: StartOptions,
  worker: StartedWorker,
  stopped: Promise<unknown>,
): Promise<void> {
  const tokens = await loadTokens(config, HOST);
  const open = (at: number): Promise<OpenServer> =>
    openServer(workspace, { host: HOST, port: at, tokens }, worker);
  const server = await open(port).catch((error: unknown) => {
    if (port === 0 || !(error instanceof AppError)) throw error;
    return open(0);
  });
  const isWatched = stdout.isTTY === true;
  const end = isWatched
    ? 'Ctrl-C ends it.'
    : 'It ends when nobody has asked for anything for a minute; to keep it: bin/gongkai serve';
  await write(stdout, `\nReview them in the browser: ${server.address}\n${end}\n`);
  await Promise.race(isWatched ? [stopped] : [stopped, server.idle(IDLE_MS)]);
  await server.close();
}
