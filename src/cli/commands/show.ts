import type { Command } from 'commander';
import { AppError } from '../../errors/app-error.js';
import type { Field, GongkaiRecord, Settlement } from '../../model/record.js';
import type { CurrentRecord, RunStore } from '../../ports/run-store.js';
import { linksOf, toCandidate } from '../../reports/candidate.js';
import { describeDisagreements } from '../../reports/join-report.js';
import { findDisagreements, isSameContent } from '../../reports/settle-reports.js';
import { applyCorrections, latestCorrections } from '../../review/apply-corrections.js';
import { REVIEW_BELOW } from '../../review/select-review-items.js';
import { formTables } from '../form-tables.js';
import type { CliContext } from '../context.js';
import { describeEvidence } from '../describe-evidence.js';
import { plural } from '../plural.js';
import { paintFor, type Paint } from '../style.js';
import { formatTable } from '../text-table.js';
import { addStoreOptions, withWorkspace, type StoreOptions } from '../workspace.js';

interface ShowOptions extends StoreOptions {
  readonly json?: boolean;
}

const FIELD_COLUMNS = [
  { title: 'field', maxWidth: 56 },
  { title: 'value', align: 'right' },
  { title: 'printed', maxWidth: 24 },
  { title: 'confidence', align: 'right' },
  { title: 'where' },
] as const;

const EXAMPLES = `
Examples:
  gongkai show 3f2a                            by the beginning of its id
  gongkai show report.pdf --json               by its name, as a record`;

/** `gongkai show`: one document's record as people know the form. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('show')
    .summary('the form of one document as a table, doubtful cells marked')
    .description(
      'Shows the current record of a document: who, when, the form as a table, doubtful cells marked with "?".',
    )
    .argument('<document>', 'id or its beginning, SHA-256, address, path or file name')
    .option('--json', 'the record as JSON, corrections applied');
  addStoreOptions(command, context.config)
    .addHelpText('after', EXAMPLES)
    .action((name: string, options: ShowOptions) => show(context, name, options));
}

async function show(context: CliContext, name: string, options: ShowOptions): Promise<void> {
  await withWorkspace(context, options, async ({ store }) => {
    const current = await findCurrent(store, name);
    const record = applyCorrections(current.record, current.corrections);
    if (options.json) return void context.stdout.write(`${JSON.stringify(record)}\n`);
    const text = describeRecord(current, record, paintFor(context.stdout, context.config));
    const others = await describeOtherSources(store, current, record);
    context.stdout.write(`${[text, ...others].join('\n')}\n`);
  });
}

/** Where a page without a report points, and what other sources of the same report in the store say. */
async function describeOtherSources(
  store: RunStore,
  current: CurrentRecord,
  record: GongkaiRecord,
): Promise<string[]> {
  const links = linksOf(record).map((link) => `points to ${link}`);
  const { form, agency, year } = toCandidate(current.documentId, record);
  if (form === null || agency === null || year === null) return links;
  const exceptSha256 = current.document.sha256;
  const readings = await store.readingsOfReport({ agency, year, form, exceptSha256 });
  return readings
    .filter((reading) => isSameContent(record, reading.record))
    .map(({ documentId, record: other }) => {
      const differing = findDisagreements(record, documentId, other);
      const verdict = differing.length === 0 ? 'agrees' : describeDisagreements(differing);
      return `the same report in ${documentId}, ${other.source.uri ?? other.source.path ?? ''}: ${verdict}`;
    });
}

async function findCurrent(store: RunStore, name: string): Promise<CurrentRecord> {
  const found = await store.findDocuments(name);
  const [newest] = found;
  if (!newest) throw new AppError('NOT_FOUND', `No document is called "${name}" here.`);
  const page = { after: null, limit: 1 };
  const [current] = await store.current({ documentIds: [newest.documentId] }, page);
  if (current) return current;
  throw new AppError('NOT_FOUND', `${newest.documentId} is known, but has no finished run yet.`);
}

function describeRecord(current: CurrentRecord, record: GongkaiRecord, paint: Paint): string {
  const { documentId, run, corrections } = current;
  const head = [
    paint('bold', String(record.meta.title?.value ?? record.source.uri ?? record.source.path ?? documentId)),
    `document ${documentId}, source ${record.source.uri ?? record.source.path ?? run.sha256}`,
    `${String(record.meta.agency_name?.value ?? 'agency unknown')}, ${String(record.meta.year?.value ?? 'year unknown')}`,
    `form ${record.form ?? 'none'}, confidence ${record.confidence.toFixed(3)}, version ${run.extractorVersion}, run ${run.finishedAt}`,
    ...(record.error ? [paint('red', `${record.error.code}: ${record.error.message}`)] : []),
    ...(record.settled ? [describeSettlement(record.settled)] : []),
    ...(corrections.length > 0
      ? [`${plural(latestCorrections(corrections).size, 'question')} settled by people`]
      : []),
  ];
  const doubt = (field: Field) => field.confidence < REVIEW_BELOW;
  const tables = formTables(record).map(({ columns, rows }) => {
    const cells = rows.map((row) =>
      row.map((cell) => cell.text + (cell.field && doubt(cell.field) ? '?' : '')),
    );
    return formatTable(
      columns.map(
        (title, index) => ({ title, align: index === 0 ? 'left' : 'right', maxWidth: 40 }) as const,
      ),
      cells,
      (padded, rowIndex, columnIndex) => {
        const field = rows[rowIndex]?.[columnIndex]?.field;
        return field && doubt(field) ? paint('yellow', padded) : padded;
      },
    ).join('\n');
  });
  return [
    ...head,
    '',
    ...tables.flatMap((table) => [table, '']),
    ...describeDoubts(record, doubt),
    ...describeChecks(record, paint),
  ].join('\n');
}

function describeDoubts(record: GongkaiRecord, doubt: (field: Field) => boolean): string[] {
  const doubtful = Object.entries(record.fields)
    .filter(([, field]) => doubt(field))
    .sort(([, a], [, b]) => a.confidence - b.confidence)
    .map(([key, field]) => [
      key,
      String(field.value ?? field.status),
      field.raw ?? '',
      field.confidence.toFixed(3),
      describeEvidence(field.evidence),
    ]);
  if (doubtful.length === 0) return ['Nothing here is doubtful.'];
  return [
    `${plural(doubtful.length, 'doubtful field')}, worst first:`,
    ...formatTable(FIELD_COLUMNS, doubtful),
  ];
}

function describeChecks(record: GongkaiRecord, paint: Paint): string[] {
  const failed = record.checks.filter((check) => check.status === 'failed');
  return failed.map(({ id, left, right, note = '', settled }) => {
    const said = settled ? `(${describeSettlement(settled)})` : '';
    const line = `check ${id} failed: ${left} is not ${right} ${note} ${said}`.replace(/ +/g, ' ').trimEnd();
    return paint(settled ? 'yellow' : 'red', line);
  });
}

/** `printed like that, says 王芳: the report adds up wrongly`. */
function describeSettlement({ answer, author, reason }: Settlement): string {
  const words = answer === 'as_printed' ? 'printed like that' : answer.replaceAll('_', ' ');
  return `${words}, says ${author}${reason === null ? '' : `: ${reason}`}`;
}
