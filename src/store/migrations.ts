import { sql, type Kysely, type Transaction } from 'kysely';
import { AppError, asAppError } from '../errors/app-error.js';
import type { Schema } from './schema.js';
import { fillTexts } from './texts.js';

export type Engine = 'sqlite' | 'postgres';

interface Migration {
  readonly name: string;
  /** One list where both databases understand it. */
  readonly statements: readonly string[] | Readonly<Record<Engine, readonly string[]>>;
  /** What is to be done with the rows that are there. */
  readonly fill?: (tx: Transaction<Schema>, engine: Engine) => Promise<void>;
}

/** Any number, the same for every gongkai: it names the lock under which PostgreSQL lets one process migrate. */
const MIGRATION_LOCK = 7_146_221;

/** In order, forwards only; a released migration is never edited. */
const MIGRATIONS: readonly Migration[] = [
  {
    name: 'first tables',
    statements: [
      `create table sources (
        sha256 text primary key, bytes bigint not null, media_type text, current_run text, first_seen_at text not null)`,
      `create index sources_current_run on sources (current_run)`,
      `create table documents (
        id text primary key, sha256 text not null references sources (sha256), uri text, path text, content_type text,
        crawled_at text, meta text not null, admitted_at text not null)`,
      `create index documents_sha256 on documents (sha256)`,
      `create index documents_uri on documents (uri)`,
      `create table settings (hash text primary key, json text not null)`,
      `create table requests (
        run_key text primary key, sha256 text not null, document_id text not null, extractor_version text not null,
        settings_hash text not null, priority text not null, queue text not null, starts integer not null, worker text,
        requested_at text not null)`,
      `create index requests_queue on requests (queue, run_key)`,
      `create table runs (
        run_key text primary key, sha256 text not null references sources (sha256), document_id text not null,
        extractor_version text not null, settings_hash text not null, state text not null, error_code text,
        extractor text not null, form text, year integer, agency_id text, agency text,
        confidence double precision not null, doubtful_fields integer not null, failed_checks integer not null,
        requested_at text not null, finished_at text not null, duration_ms double precision not null,
        worker text not null, record text not null)`,
      `create index runs_sha256 on runs (sha256)`,
      `create index runs_finished_at on runs (finished_at)`,
      `create index runs_form_year on runs (form, year)`,
      `create index runs_agency on runs (agency_id)`,
      `create index runs_confidence on runs (confidence)`,
      `create table batches (id text primary key, name text not null unique, created_at text not null)`,
      `create table batch_items (
        batch_id text not null references batches (id), document_id text not null references documents (id),
        run_key text not null, primary key (batch_id, document_id))`,
      `create index batch_items_run_key on batch_items (run_key)`,
      `create table review_items (
        id text primary key, run_key text not null references runs (run_key), sha256 text not null,
        document_id text not null, kind text not null, key text not null, confidence double precision not null,
        reason text not null, seen text not null, open integer not null)`,
      `create index review_items_open on review_items (open, confidence, id)`,
      `create index review_items_sha256 on review_items (sha256)`,
      `create table corrections (
        id text primary key, sha256 text not null references sources (sha256), target text not null, key text not null,
        value text not null, status text, seen text not null, author text not null, reason text,
        created_at text not null)`,
      `create index corrections_sha256 on corrections (sha256, created_at)`,
      `create table dead_letters (
        run_key text primary key, sha256 text not null, document_id text not null, extractor_version text not null,
        settings_hash text not null, queue text not null, code text not null, message text not null, tries integer not null,
        worker text not null, died_at text not null)`,
      `create index dead_letters_sha256 on dead_letters (sha256)`,
      `create table agencies (id text primary key, name text not null, first_seen_at text not null)`,
    ],
  },
  {
    name: 'browsing and answers taken back',
    statements: [
      `create table retractions (
        correction_id text primary key references corrections (id), author text not null, created_at text not null)`,
      `create table judgements (
        correction_id text primary key references corrections (id), confidence double precision not null,
        is_right integer not null)`,
      `create index documents_admitted_at on documents (admitted_at, id)`,
      `create index requests_sha256 on requests (sha256)`,
      `create index review_items_run_key on review_items (run_key, open)`,
      `create index review_items_document on review_items (document_id, open)`,
      `create index agencies_name on agencies (name, id)`,
    ],
  },
  {
    name: 'listings in order of their indexes',
    statements: [
      // Many runs share a value, so that what breaks the tie must stand in the index too.
      `create index runs_by_confidence on runs (confidence, document_id)`,
      `create index runs_by_year on runs (year, document_id)`,
      `create index runs_by_agency on runs (agency, document_id)`,
      `drop index runs_confidence`,
      `create index review_items_worst on review_items (confidence, id) where open = 1`,
      `create index review_items_key on review_items (key, kind, confidence, id) where open = 1`,
      `create index review_items_kind on review_items (kind) where open = 1`,
      `create index review_items_run on review_items (run_key, confidence, id) where open = 1`,
      `drop index review_items_open`,
    ],
  },
  {
    name: 'words of the texts',
    statements: {
      postgres: [
        `create table texts (
          sha256 text primary key references sources (sha256), body text not null, grams integer[] not null)`,
        `create index texts_grams on texts using gin (grams)`,
      ],
      sqlite: [
        `create table texts (id integer primary key, sha256 text not null unique, body text not null)`,
        `create virtual table text_grams using fts5(
          grams, content='', contentless_delete=1, detail=none, tokenize='ascii')`,
      ],
    },
    fill: fillTexts,
  },
  {
    name: 'sources of an agency',
    statements: [
      // A search for a common part of a name reads thousands of runs; their rows need not be touched for it.
      `create index runs_agency_source on runs (agency_id, sha256)`,
      `drop index runs_agency`,
    ],
  },
];

/**
 * Brings the schema up to date. Safe when several processes start at once: one does the work under a lock, the others
 * find it done. Errors: CONFIG_INVALID where the store was made by a newer gongkai.
 */
export async function migrate(db: Kysely<Schema>, engine: Engine): Promise<void> {
  // Nothing is written where nothing is to be done, so that a read replica can be opened too.
  if ((await newestApplied(db)) === MIGRATIONS.length) return;
  await db.transaction().execute(async (tx) => {
    // SQLite transactions begin as writers (see dialects), which is the same lock.
    if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tx);
    await sql`create table if not exists migrations (
      id integer primary key, name text not null, applied_at text not null)`.execute(tx);
    const applied = await tx.selectFrom('migrations').select('id').execute();
    const newest = Math.max(0, ...applied.map((row) => row.id));
    if (newest > MIGRATIONS.length) {
      throw new AppError(
        'CONFIG_INVALID',
        'The store was made by a newer version of gongkai; update this one.',
      );
    }
    for (const [index, migration] of MIGRATIONS.entries()) {
      if (index < newest) continue;
      for (const statement of statementsFor(migration, engine)) await sql.raw(statement).execute(tx);
      await migration.fill?.(tx, engine);
      const row = { id: index + 1, name: migration.name, applied_at: new Date().toISOString() };
      await tx.insertInto('migrations').values(row).execute();
    }
  });
}

function statementsFor({ statements }: Migration, engine: Engine): readonly string[] {
  return 'postgres' in statements ? statements[engine] : statements;
}

/** The number of the newest migration; 0 where there is no table yet, whatever the database says about that. */
async function newestApplied(db: Kysely<Schema>): Promise<number> {
  try {
    const row = await db
      .selectFrom('migrations')
      .select(sql<number | null>`max(id)`.as('newest'))
      .executeTakeFirst();
    return row?.newest ?? 0;
  } catch (error) {
    if (asAppError(error, 'INVARIANT_BROKEN').code === 'STORE_UNAVAILABLE') throw error;
    return 0;
  }
}
