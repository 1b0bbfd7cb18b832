import { join } from 'node:path';
import type { Clock } from '../ports/clock.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { RunStore } from '../ports/run-store.js';
import { postgresDialect, sqliteDialect } from './dialects.js';
import { FileObjectStore } from './file-object-store.js';
import { S3ObjectStore, type S3Settings } from './s3-object-store.js';
import { openSqlRunStore } from './sql-run-store.js';

/** Where things are kept: embedded under `dataFolder` unless a service is named. */
export interface StoreSettings {
  readonly dataFolder: string;
  /** `postgres://…`, or null for SQLite in the data folder. */
  readonly databaseUrl: string | null;
  /** Null for files in the data folder. */
  readonly s3: S3Settings | null;
}

/** Opens the store that the settings ask for. Errors: STORE_UNAVAILABLE, CONFIG_INVALID. */
export function openRunStore(settings: StoreSettings, clock: Clock): Promise<RunStore> {
  if (settings.databaseUrl !== null)
    return openSqlRunStore(postgresDialect(settings.databaseUrl), 'postgres', clock);
  return openSqlRunStore(sqliteDialect(join(settings.dataFolder, 'gongkai.sqlite')), 'sqlite', clock);
}

/** Opens the object store that the settings ask for; nothing is touched before the first call. */
export function openObjectStore(settings: StoreSettings): ObjectStore {
  if (settings.s3 !== null) return new S3ObjectStore(settings.s3);
  return new FileObjectStore(join(settings.dataFolder, 'objects'));
}
