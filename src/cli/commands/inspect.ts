import { InvalidArgumentError, Option, type Command } from 'commander';
import { FORM_IDS, type FormId, type GongkaiRecord } from '../../model/record.js';
import type { ReviewFilter, ReviewRow, RunStore } from '../../ports/run-store.js';
import type { CliContext } from '../context.js';
import { describeEvidence } from '../describe-evidence.js';
import { wholeNumber } from '../options.js';
import { formatTable } from '../text-table.js';
import { addStoreOptions, withWorkspace, type StoreOptions } from '../workspace.js';

interface InspectOptions extends StoreOptions {
  readonly below?: number;
  readonly form?: FormId;
  readonly agency?: string;
  readonly year?: number;
  readonly batch?: string;
  readonly limit: number;
  readonly json?: boolean;
}

const DEFAULT_LIMIT = 50;
/** Enough of an id for gongkai show. */
const SHORT_ID = 10;
const MOST_ROWS = 100_000;
const COLUMNS = [
  { title: 'confidence', align: 'right' },
  { title: 'document', maxWidth: 10 },
  { title: 'agency', maxWidth: 24 },
  { title: 'year' },
  { title: 'what', maxWidth: 44 },
  { title: 'value', align: 'right' },
  { title: 'printed', maxWidth: 24 },
  { title: 'where', maxWidth: 28 },
  { title: 'why', maxWidth: 60 },
] as const;

const EXAMPLES = `
Examples:
  gongkai inspect --below 0.9                  the worst first
  gongkai inspect --agency 教育 --year 2023    of some bodies in one year`;

/** `gongkai inspect`: what is doubtful, worst first. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('inspect')
    .summary('the doubtful fields, worst first')
    .description(
      'Lists what nobody has settled yet, worst first: value, printed text, where it stands, and why.',
    )
    .option('--below <confidence>', 'only what is less sure than this', share)
    .addOption(new Option('--form <id>', 'only reports of this form').choices([...FORM_IDS]))
    .option('--agency <part>', 'only agencies whose name holds this')
    .option('--year <year>', 'only reports on this year', wholeNumber(1990, 2100))
    .option('--batch <name>', 'only runs of this batch')
    .option('--limit <n>', 'at most so many', wholeNumber(1, MOST_ROWS), DEFAULT_LIMIT)
    .option('--json', 'as JSON lines');
  addStoreOptions(command, context.config)
    .addHelpText('after', EXAMPLES)
    .action((options: InspectOptions) => inspect(context, options));
}

async function inspect(context: CliContext, options: InspectOptions): Promise<void> {
  await withWorkspace(context, options, async ({ store }) => {
    const { below, form, agency, year, batch } = options;
    const filter: ReviewFilter = {
      ...(below === undefined ? {} : { below }),
      ...(form === undefined ? {} : { form }),
      ...(agency === undefined ? {} : { agency }),
      ...(year === undefined ? {} : { year }),
      ...(batch === undefined ? {} : { batch }),
    };
    const rows = await store.reviewItems(filter, { offset: 0, limit: options.limit });
    const records = await recordsOf(store, rows);
    const described = rows.map((row) => describeRow(row, records.get(row.runKey)));
    const lines = options.json
      ? described.map((row) => JSON.stringify(row))
      : formatTable(
          COLUMNS,
          described.map((row) =>
            Object.values({ ...row, document: row['document']?.slice(0, SHORT_ID) ?? '' }),
          ),
        );
    context.stdout.write(`${lines.join('\n')}\n`);
  });
}

async function recordsOf(store: RunStore, rows: readonly ReviewRow[]): Promise<Map<string, GongkaiRecord>> {
  const records = new Map<string, GongkaiRecord>();
  for (const runKey of new Set(rows.map((row) => row.runKey))) {
    const found = await store.run(runKey);
    if (found) records.set(runKey, found.record);
  }
  return records;
}

/** One question in the order of the columns, all as text. */
function describeRow(row: ReviewRow, record: GongkaiRecord | undefined): Record<string, string> {
  const field = row.kind === 'field' ? record?.fields[row.key] : undefined;
  const meta =
    row.kind === 'meta'
      ? Object.entries(record?.meta ?? {}).find(([key]) => key === row.key)?.[1]
      : undefined;
  const value = field ? (field.value ?? field.status) : (meta?.value ?? '');
  return {
    confidence: row.confidence.toFixed(3),
    document: row.documentId,
    agency: row.agency ?? '–',
    year: String(row.year ?? '–'),
    what: `${row.kind} ${row.key}`,
    value: String(value),
    printed: field?.raw ?? '',
    where: describeEvidence(field?.evidence ?? meta?.evidence ?? []),
    why: row.reason,
  };
}

function share(text: string): number {
  const number = Number(text);
  if (text !== '' && number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('It takes a number from 0 to 1.');
}
