import type { Generated } from 'kysely';

/**
 * The tables, one shape for SQLite and PostgreSQL: text, integers and doubles only (the index of words apart). What is filtered on is a column;
 * records, settings and metadata are JSON texts. Times are ISO 8601 in UTC, which sorts as text.
 */
export interface Schema {
  readonly migrations: { id: number; name: string; applied_at: string };
  readonly sources: SourceTable;
  readonly documents: DocumentTable;
  readonly settings: { hash: string; json: string };
  readonly requests: RequestTable;
  readonly runs: RunTable;
  readonly batches: { id: string; name: string; created_at: string };
  readonly batch_items: { batch_id: string; document_id: string; run_key: string };
  readonly review_items: ReviewItemTable;
  readonly corrections: CorrectionTable;
  /** Answers that were taken back. */
  readonly retractions: { correction_id: string; author: string; created_at: string };
  /** How sure the answered reading was, and whether the person left it as it was (1). */
  readonly judgements: { correction_id: string; confidence: number; is_right: number };
  readonly dead_letters: DeadLetterTable;
  readonly agencies: { id: string; name: string; first_seen_at: string };
  readonly texts: TextTable;
  /** SQLite's index of the grams of `texts` (FTS5), by their id; PostgreSQL's stands on the column itself. */
  readonly text_grams: { rowid: number; grams: string };
}

/** A source's words as its current run found them, folded; `id` is SQLite's alone, `grams` PostgreSQL's. */
interface TextTable {
  id: Generated<number>;
  sha256: string;
  body: string;
  grams: Generated<number[]>;
}

/** The bytes, known by their SHA-256; `current_run` is the run that speaks for them. */
interface SourceTable {
  sha256: string;
  bytes: number;
  media_type: string | null;
  current_run: string | null;
  first_seen_at: string;
}

/** A source at a URI at a time. `id` is a hash of what makes it unique, so that it can be admitted twice. */
interface DocumentTable {
  id: string;
  sha256: string;
  uri: string | null;
  path: string | null;
  content_type: string | null;
  crawled_at: string | null;
  meta: string;
  admitted_at: string;
}

/** A run that should exist and does not yet: the row goes when the run is finished or set aside. */
interface RequestTable {
  run_key: string;
  sha256: string;
  document_id: string;
  extractor_version: string;
  settings_hash: string;
  priority: string;
  queue: string;
  starts: number;
  worker: string | null;
  requested_at: string;
}

/** Inserted once, never updated. */
interface RunTable {
  run_key: string;
  sha256: string;
  document_id: string;
  extractor_version: string;
  settings_hash: string;
  state: string;
  error_code: string | null;
  extractor: string;
  form: string | null;
  year: number | null;
  agency_id: string | null;
  agency: string | null;
  confidence: number;
  doubtful_fields: number;
  failed_checks: number;
  requested_at: string;
  finished_at: string;
  duration_ms: number;
  worker: string;
  record: string;
}

/** `open` is 1 while nobody has answered and the run is current. */
interface ReviewItemTable {
  id: string;
  run_key: string;
  sha256: string;
  document_id: string;
  kind: string;
  key: string;
  confidence: number;
  reason: string;
  seen: string;
  open: number;
}

interface CorrectionTable {
  id: string;
  sha256: string;
  target: string;
  key: string;
  value: string;
  status: string | null;
  seen: string;
  author: string;
  reason: string | null;
  created_at: string;
}

interface DeadLetterTable {
  run_key: string;
  sha256: string;
  document_id: string;
  extractor_version: string;
  settings_hash: string;
  queue: string;
  code: string;
  message: string;
  tries: number;
  worker: string;
  died_at: string;
}
