import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  CompiledQuery,
  PostgresDialect,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';
import Libsql from 'libsql';
import pg from 'pg';
import { AppError } from '../errors/app-error.js';
import { GuardedDriver } from './guarded-driver.js';
import { withPreparedStatements } from './prepared-statements.js';

/** SQLite's own waiting blocks the whole process, so it is short; the rest is waited for with pauses in between. */
const SQLITE_BUSY_TIMEOUT_MS = 20;
/** How long a writer waits for other processes' transactions, which last milliseconds, before it gives up. */
const SQLITE_PATIENCE_MS = 15_000;
const SQLITE_PAUSE_MS = 5;
const STATEMENTS_KEPT = 200;
const POSTGRES_CONNECTIONS = 10;
const POSTGRES_CONNECT_TIMEOUT_MS = 5_000;
/** Type number of bigint in PostgreSQL; ours are counts and sizes, far below 2^53. */
const POSTGRES_BIGINT = 20;

/** Embedded SQLite in one file, shared by processes through its write-ahead log. */
export function sqliteDialect(file: string): Dialect {
  const dialect = new SqliteDialect({ database: () => Promise.resolve(openSqlite(file)) });
  return guarded(
    dialect,
    () => new ImmediateSqliteDriver({ database: () => Promise.resolve(openSqlite(file)) }),
  );
}

/** PostgreSQL through a pool of connections. */
export function postgresDialect(url: string): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: POSTGRES_CONNECTIONS,
    connectionTimeoutMillis: POSTGRES_CONNECT_TIMEOUT_MS,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === POSTGRES_BIGINT ? Number : (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
    },
  });
  // A connection that breaks is replaced by the pool, and whoever uses it hears of it by the next statement. Without
  // listeners on the pool (for idle ones) and on each connection (for those in use) it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  // Compiling a plan takes longer than anything that is asked here.
  pool.on('connect', (client) => void client.query('set jit = off').catch(() => undefined));
  const dialect = new PostgresDialect({ pool: withPreparedStatements(pool) });
  return guarded(dialect, () => dialect.createDriver());
}

/**
 * A transaction that reads first and writes later is refused by SQLite when another process wrote in between, so every
 * transaction takes the writer's place at once and waits for it.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return new PatientConnection(await super.acquireConnection());
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/**
 * Tries again while another process writes. Only the beginning of a transaction and statements outside of one can
 * find the database locked, so trying again never repeats half a transaction.
 */
class PatientConnection implements DatabaseConnection {
  constructor(private readonly inner: DatabaseConnection) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const deadline = Date.now() + SQLITE_PATIENCE_MS;
    for (;;) {
      try {
        return await this.inner.executeQuery<R>(query);
      } catch (error) {
        if (!isBusy(error) || Date.now() > deadline) throw error;
      }
      await setTimeout(SQLITE_PAUSE_MS);
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize ?? 1);
  }
}

function isBusy(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
}

function guarded(dialect: Dialect, createDriver: () => Driver): Dialect {
  return {
    createDriver: () => new GuardedDriver(createDriver()),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/**
 * Keeps prepared statements by their text. That saves time; and a statement that found the database locked stays half
 * begun in libsql, which blocks every later commit, until the very same statement is run again.
 */
function withStatementCache(database: Libsql.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => {
      statements.clear();
      database.close();
    },
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known) return known;
      if (statements.size >= STATEMENTS_KEPT) statements.clear();
      const statement: SqliteStatement = database.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
  };
}

/** Changing the journal's mode needs the file alone, so it is done once in its life, and waited for. */
function makeShared(database: Libsql.Database): void {
  const deadline = Date.now() + SQLITE_PATIENCE_MS;
  for (;;) {
    try {
      const [mode] = database.pragma('journal_mode') as { journal_mode: string }[];
      if (mode?.journal_mode !== 'wal') database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      // Each try waits a moment by itself (see SQLITE_BUSY_TIMEOUT_MS).
      if (!isBusy(error) || Date.now() > deadline) throw error;
    }
  }
}

function openSqlite(file: string): SqliteDatabase {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const database = new Libsql(file, { timeout: SQLITE_BUSY_TIMEOUT_MS });
    makeShared(database);
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    return withStatementCache(database);
  } catch (error) {
    throw new AppError('STORE_UNAVAILABLE', `The store ${file} cannot be opened: ${String(error)}`, {
      cause: error,
    });
  }
}
