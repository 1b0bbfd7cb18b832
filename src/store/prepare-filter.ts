import type { Kysely } from 'kysely';
import type { DocumentFilter } from '../ports/run-store.js';
import { compareVersions, type PreparedFilter } from './filters.js';
import type { Engine } from './migrations.js';
import type { Schema } from './schema.js';
import { findWords } from './texts.js';

/** Looks up what the databases cannot compare by themselves (versions) or had better be asked for first (words). */
export async function prepareFilter(
  db: Kysely<Schema>,
  engine: Engine,
  filter: DocumentFilter,
): Promise<PreparedFilter> {
  const { versionOlderThan, text } = filter;
  return {
    ...filter,
    olderVersions: versionOlderThan === undefined ? [] : await versionsOlderThan(db, versionOlderThan),
    words: text === undefined ? null : await findWords(db, engine, text),
  };
}

/** Versions in the store older than `version`; there are only a handful. */
async function versionsOlderThan(db: Kysely<Schema>, version: string): Promise<string[]> {
  const rows = await db.selectFrom('runs').select('extractor_version').distinct().execute();
  return rows.map((row) => row.extractor_version).filter((known) => compareVersions(known, version) < 0);
}
