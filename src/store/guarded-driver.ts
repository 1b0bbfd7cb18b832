import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely';
import { AppError } from '../errors/app-error.js';

/** PostgreSQL's classes of errors that pass: connection, operator intervention, resources, conflicts between transactions. */
const PASSING_CLASSES = new Set(['08', '53', '57', '40', '55']);
const PASSING_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
  'SQLITE_LOCKED',
  'SQLITE_IOERR',
  'SQLITE_FULL',
  'SQLITE_CANTOPEN',
]);
/** What `pg` says without a code when the server goes away; its wording is stable since version 7. */
const LOST_CONNECTION =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i;

/** Wraps a driver so that a database that does not answer is always the same error: STORE_UNAVAILABLE. */
export class GuardedDriver implements Driver {
  readonly #wrapped = new WeakMap<DatabaseConnection, GuardedConnection>();

  constructor(private readonly inner: Driver) {}

  init(): Promise<void> {
    return guard(() => this.inner.init());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await guard(() => this.inner.acquireConnection());
    const known = this.#wrapped.get(connection) ?? new GuardedConnection(connection);
    this.#wrapped.set(connection, known);
    return known;
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return guard(() => this.inner.beginTransaction(unwrap(connection), settings));
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return guard(() => this.inner.commitTransaction(unwrap(connection)));
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return guard(() => this.inner.rollbackTransaction(unwrap(connection)));
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return guard(() => this.inner.releaseConnection(unwrap(connection)));
  }

  destroy(): Promise<void> {
    return this.inner.destroy();
  }
}

class GuardedConnection implements DatabaseConnection {
  constructor(readonly inner: DatabaseConnection) {}

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return guard(() => this.inner.executeQuery<R>(query));
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}

function unwrap(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof GuardedConnection ? connection.inner : connection;
}

async function guard<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!maySucceedLater(error)) throw error;
    throw new AppError('STORE_UNAVAILABLE', `The database does not answer: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function maySucceedLater(error: unknown): boolean {
  // Errors of system calls come from outside a test's sandbox, where they are no `Error` of its own: look at the shape.
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (PASSING_CODES.has(code) || PASSING_CLASSES.has(pgClass(code))))
    return true;
  return LOST_CONNECTION.test(String(message));
}

/** PostgreSQL's codes have five characters, of which two are the class; other codes have none. */
function pgClass(code: string): string {
  return /^[0-9A-Z]{5}$/.test(code) ? code.slice(0, 2) : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
