import type { GongkaiRecord } from '../model/record.js';
import type { Paint } from './style.js';
import { formatTable, type TableColumn } from './text-table.js';

/** What of a record stands in one line of a table. */
export interface RecordRow {
  readonly cells: readonly string[];
  readonly tone: 'good' | 'doubtful' | 'failed';
}

const COLUMNS: readonly TableColumn[] = [
  { title: 'document', maxWidth: 44 },
  { title: 'agency', maxWidth: 40 },
  { title: 'year' },
  { title: 'form' },
  { title: 'numbers', align: 'right' },
  { title: 'confidence', align: 'right' },
  { title: 'failed checks', maxWidth: 44 },
];
const MOST_CHECKS_NAMED = 2;
const TONES = { good: 'green', doubtful: 'yellow', failed: 'red' } as const;

/** One line for `record`: the numbers found are those printed, of all that its form asks for. */
export function summariseRecord(record: GongkaiRecord, label: string): RecordRow {
  const fields = Object.values(record.fields);
  const reported = fields.filter((field) => field.status === 'reported').length;
  const failed = record.checks.filter((check) => check.status === 'failed').map((check) => check.id);
  const cells = [
    label,
    String(record.meta.agency_name?.value ?? '–'),
    String(record.meta.year?.value ?? '–'),
    record.form ?? '–',
    fields.length > 0 ? `${reported}/${fields.length}` : '–',
    record.form ? record.confidence.toFixed(3) : '–',
    record.error ? record.error.code : nameChecks(failed),
  ];
  return { cells, tone: toneOf(record, failed.length) };
}

/** One line for a document that nothing came of. */
export function rowWithoutRecord(label: string, code: string): RecordRow {
  return { cells: [label, '–', '–', '–', '–', '–', code], tone: 'failed' };
}

/** The lines of the table for a person, painted by how much each document needs a look. */
export function formatRecordTable(rows: readonly RecordRow[], paint: Paint): string[] {
  return formatTable(
    COLUMNS,
    rows.map((row) => row.cells),
    (text, rowIndex, columnIndex) => {
      const row = rows[rowIndex];
      if (!row) return paint('bold', text);
      return columnIndex >= COLUMNS.length - 2 ? paint(TONES[row.tone], text) : text;
    },
  );
}

function nameChecks(failed: readonly string[]): string {
  if (failed.length === 0) return 'none';
  const more = failed.length - MOST_CHECKS_NAMED;
  const named = failed.slice(0, MOST_CHECKS_NAMED).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}

function toneOf(record: GongkaiRecord, failedChecks: number): RecordRow['tone'] {
  if (record.error) return 'failed';
  return failedChecks > 0 || record.review.needed || record.extraction.partial ? 'doubtful' : 'good';
}
