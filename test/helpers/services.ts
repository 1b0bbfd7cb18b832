import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real service, started for one test file in a temporary folder on a free port. */
export interface Service {
  readonly url: string;
  readonly port: number;
  /**
   * Ends it the hard way or the polite way and starts it again on the same port and data. PostgreSQL takes SIGQUIT for
   * a crash: it drops what it had not written yet and recovers from its log.
   */
  restart(signal: 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  stop(): Promise<void>;
}

/** A little less than a test may take, so that what was waited for is named. */
const PATIENCE_MS = 280_000;
const POLL_MS = 25;
/**
 * Below the ports that systems hand out to connections (32768 and up on Linux, 49152 elsewhere). Of those, any could be
 * taken between its choice and its use, and a client that tries to reach one where nobody listens for the moment may be
 * given that very port for its own end, which keeps the service behind it from starting again.
 */
const PORTS = { first: 20_000, last: 32_000 } as const;

/** Where Debian keeps PostgreSQL's programs, newest version; null where it is not installed. */
export function postgresFolder(): string | null {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return null;
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  const folder = versions
    .map((version) => join(root, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
  return folder ?? null;
}

export function hasRedis(): boolean {
  return ['/usr/bin', '/usr/local/bin'].some((folder) => existsSync(join(folder, 'redis-server')));
}

/** Redis with an append-only file, as in production. */
export async function startRedis(): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-redis-'));
  const port = await freePort();
  const start = () =>
    spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', ''],
      { stdio: 'ignore' },
    );
  return runService(`redis://127.0.0.1:${port}`, port, folder, start, () => answersRedis(port));
}

/** PostgreSQL with a fresh cluster; it refuses to run as root, so root starts it as `postgres`. */
export async function startPostgres(): Promise<Service> {
  const bin = postgresFolder();
  if (bin === null) throw new Error('PostgreSQL is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-postgres-'));
  const isRoot = process.getuid?.() === 0;
  const user: { uid?: number; gid?: number } = isRoot ? userIds('postgres') : {};
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', 'gongkai', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(bin, 'initdb'), initdb, { stdio: 'ignore', cwd: folder, ...user });
  const port = await freePort();
  const options = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off'];
  const start = () => spawn(join(bin, 'postgres'), options, { stdio: 'ignore', cwd: folder, ...user });
  const url = `postgres://gongkai@127.0.0.1:${port}/postgres`;
  return runService(url, port, folder, start, () => answersPostgres(port));
}

async function runService(
  url: string,
  port: number,
  folder: string,
  start: () => ChildProcess,
  isReady: () => Promise<boolean>,
): Promise<Service> {
  let child = start();
  const stop = async () => {
    // Immediate shutdown for PostgreSQL, plain for Redis: the data is thrown away.
    await end(child, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(child, isReady);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    port,
    restart: async (signal) => {
      await end(child, signal);
      child = start();
      await untilReady(child, isReady);
    },
    stop,
  };
}

async function untilReady(child: ChildProcess, isReady: () => Promise<boolean>): Promise<void> {
  await until(async () => hasEnded(child) || (await isReady()));
  if (hasEnded(child)) throw new Error(`${child.spawnfile} ended before it was ready`);
}

/** A port that was free a moment ago, and that nobody is given who does not ask for it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.first, PORTS.last);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Waits for `condition` by asking again, and fails after `timeoutMs`. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  timeoutMs = PATIENCE_MS,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not so after ${timeoutMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function userIds(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, name]).toString());
  return { uid: id('-u'), gid: id('-g') };
}

function answersRedis(port: number): Promise<boolean> {
  return exchange(port, Buffer.from('PING\r\n'), (answer) => answer.toString().startsWith('+PONG'));
}

/** A start-up message; a cluster that is still starting answers with an error. */
function answersPostgres(port: number): Promise<boolean> {
  const body = Buffer.from('\0\x03\0\0user\0gongkai\0database\0postgres\0\0', 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return exchange(port, Buffer.concat([length, body]), (answer) => answer[0] === 'R'.charCodeAt(0));
}

function exchange(port: number, question: Buffer, isRight: (answer: Buffer) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(question));
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (answer) => done(isRight(answer)));
    socket.once('error', () => done(false));
    socket.once('end', () => done(false));
  });
}
