import { fieldsOf, type FieldDefinition } from '../forms/form.js';
import { FORMS } from '../forms/registry.js';
import { META_KEYS, type GongkaiRecord } from '../model/record.js';

/** A record to be exported, with corrections applied, and what the store knows beside it. */
export interface ExportRecord {
  readonly documentId: string;
  readonly crawledAt: string | null;
  readonly extractorVersion: string;
  readonly record: GongkaiRecord;
  /** Keys that people settled, as `field:key`, `meta:key`, `check:id` and `run:code`. */
  readonly corrected: ReadonlySet<string>;
}

export type CellValue = string | number | boolean | null;
export type ColumnType = 'text' | 'number' | 'boolean';

/** A column of a flat export and what it means. */
export interface ExportColumn<T> {
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning: string;
  readonly value: (row: T) => CellValue;
}

/** One field of one record: a row of the long exports. */
export interface FieldRow extends ExportRecord {
  readonly key: string;
}

/** Every field key of every form, in printed order, the newest form's wording where several have it. */
export const FIELD_DEFINITIONS: ReadonlyMap<string, FieldDefinition> = new Map(
  FORMS.flatMap((form) => fieldsOf(form)).map((field) => [field.key, field]),
);

const SOURCE_COLUMNS: readonly ExportColumn<ExportRecord>[] = [
  text('document_id', 'the document in this store', (row) => row.documentId),
  text('sha256', 'SHA-256 of the source', ({ record }) => record.source.sha256),
  text('uri', 'where it was found', ({ record }) => record.source.uri),
  text('path', 'file, or file in an archive', ({ record }) => record.source.path),
  text('crawled_at', 'when it was crawled (ISO 8601, UTC)', (row) => row.crawledAt),
  text('form', 'official form: 2014, 2019, 2021, or nothing', ({ record }) => record.form),
];

const RECORD_COLUMNS: readonly ExportColumn<ExportRecord>[] = [
  ...SOURCE_COLUMNS,
  number('confidence', 'probability that all fields are right', ({ record }) => record.confidence),
  text('error', 'why there is no record, by code', ({ record }) => record.error?.code ?? null),
  {
    name: 'review_needed',
    type: 'boolean',
    meaning: 'a person should look',
    value: ({ record }) => record.review.needed,
  },
  text('failed_checks', 'identities that do not hold, with spaces between', ({ record }) =>
    failedChecks(record),
  ),
  text('settled_checks', 'those among them that a person found printed like that', ({ record }) =>
    settledChecks(record),
  ),
  text(
    'verdict',
    'what a person said of a document without a form: not_a_report, unusable, report_2014, …',
    ({ record }) => record.settled?.answer ?? null,
  ),
  text('joined_with', 'other sources of the same report, with spaces between', ({ record }) =>
    joinedWith(record),
  ),
  text('extractor_version', 'version that read it', (row) => row.extractorVersion),
  ...META_KEYS.map((key) =>
    text<ExportRecord>(
      key,
      `${key.replaceAll('_', ' ')}, as the report names it`,
      ({ record }) => record.meta[key]?.value ?? null,
    ),
  ),
];

/** A row a report: what is known of it, then every field of every form by its key. */
export const WIDE_COLUMNS: readonly ExportColumn<ExportRecord>[] = [
  ...RECORD_COLUMNS,
  ...[...FIELD_DEFINITIONS.values()].map((field) =>
    number<ExportRecord>(
      field.key,
      `${field.row} · ${field.column} (${field.unit})`,
      ({ record }) => record.fields[field.key]?.value ?? null,
    ),
  ),
];

/** A row a field: its value, which null it is, how sure it is, and the checks it stands in. */
export const LONG_COLUMNS: readonly ExportColumn<FieldRow>[] = [
  ...SOURCE_COLUMNS,
  text('agency_name', 'the body that reports', ({ record }) => record.meta.agency_name?.value ?? null),
  number('year', 'the year reported on', ({ record }) => Number(record.meta.year?.value ?? NaN) || null),
  text('field', 'key of the field', (row) => row.key),
  text('label', 'row and column of the official form', ({ key }) => labelOf(key)),
  text('unit', 'unit of the value', ({ key }) => FIELD_DEFINITIONS.get(key)?.unit ?? null),
  number('value', 'the number, or nothing', ({ record, key }) => record.fields[key]?.value ?? null),
  text(
    'status',
    'reported, blank, marked or absent',
    ({ record, key }) => record.fields[key]?.status ?? null,
  ),
  text('raw', 'as printed', ({ record, key }) => record.fields[key]?.raw ?? null),
  number(
    'confidence',
    'probability that the value is what is printed',
    ({ record, key }) => record.fields[key]?.confidence ?? null,
  ),
  {
    name: 'corrected',
    type: 'boolean',
    meaning: 'settled by a person',
    value: ({ corrected, key }) => corrected.has(`field:${key}`),
  },
  text('failed_checks', 'failed identities that it stands in', ({ record, key }) =>
    failedChecks(record, key),
  ),
];

/** The rows of the long exports: the fields of a record in its own order. */
export function fieldRows(row: ExportRecord): FieldRow[] {
  return Object.keys(row.record.fields).map((key) => ({ ...row, key }));
}

function joinedWith({ joined }: GongkaiRecord): string | null {
  return joined?.map(({ uri, path, sha256 }) => uri ?? path ?? sha256).join(' ') ?? null;
}

function failedChecks(record: GongkaiRecord, key?: string): string | null {
  const failed = record.checks.filter(
    (check) => check.status === 'failed' && (key === undefined || check.fields.includes(key)),
  );
  return failed.length === 0 ? null : failed.map((check) => check.id).join(' ');
}

function settledChecks({ checks }: GongkaiRecord): string | null {
  const settled = checks.filter((check) => check.settled !== undefined);
  return settled.length === 0 ? null : settled.map((check) => check.id).join(' ');
}

function labelOf(key: string): string | null {
  const field = FIELD_DEFINITIONS.get(key);
  return field ? `${field.row} · ${field.column}` : null;
}

function text<T>(name: string, meaning: string, value: (row: T) => CellValue): ExportColumn<T> {
  return { name, type: 'text', meaning, value: (row) => nullable(value(row)) };
}

function number<T>(name: string, meaning: string, value: (row: T) => number | null): ExportColumn<T> {
  return { name, type: 'number', meaning, value };
}

function nullable(value: CellValue): CellValue {
  return value === null ? null : String(value);
}
