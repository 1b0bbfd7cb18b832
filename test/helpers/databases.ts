import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/ports/clock.js';
import { systemClock } from '../../src/ports/clock.js';
import type { RunStore } from '../../src/ports/run-store.js';
import { openRunStore } from '../../src/store/open-stores.js';
import { postgresFolder, startPostgres, type Service } from './services.js';

/** A database that a suite can be run over; every `open` without a name gives an empty one. */
export interface TestDatabase {
  readonly engine: 'sqlite' | 'postgres';
  readonly isInstalled: boolean;
  start(): Promise<void>;
  /** Opens a store; the same name again opens the same data. */
  open(name: string, clock?: Clock): Promise<RunStore>;
  stop(): Promise<void>;
}

export function testDatabases(): TestDatabase[] {
  return [sqlite(), postgres()];
}

function sqlite(): TestDatabase {
  let folder = '';
  return {
    engine: 'sqlite',
    isInstalled: true,
    start: () => {
      folder = mkdtempSync(join(tmpdir(), 'gongkai-sqlite-'));
      return Promise.resolve();
    },
    open: (name, clock = systemClock) =>
      openRunStore({ dataFolder: join(folder, name), databaseUrl: null, s3: null }, clock),
    stop: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
}

function postgres(): TestDatabase {
  let service: Service | null = null;
  const made = new Set<string>();
  return {
    engine: 'postgres',
    isInstalled: postgresFolder() !== null,
    start: async () => {
      service = await startPostgres();
    },
    open: async (name, clock = systemClock) => {
      if (!service) throw new Error('not started');
      if (!made.has(name)) {
        made.add(name);
        await createDatabase(service.url, name);
      }
      const databaseUrl = service.url.replace(/postgres$/, name);
      return openRunStore({ dataFolder: '/nowhere', databaseUrl, s3: null }, clock);
    },
    stop: async () => service?.stop(),
  };
}

/** Makes an empty database beside the one that `url` names. */
export async function createDatabase(url: string, name: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
}
