import { resolve } from 'node:path';
import type { Command } from 'commander';
import { DEFAULT_ARCHIVE_LIMITS } from '../archives/archive-item.js';
import { DEFAULT_FETCH_SETTINGS, fetchUrl } from '../archives/fetch-url.js';
import type { SourceReading } from '../archives/read-sources.js';
import type { Config } from '../config.js';
import type { RunSpec } from '../model/run.js';
import { EXTRACTOR_VERSION, type PipelineSettings } from '../pipeline/settings.js';
import { systemClock, type Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { RunStore } from '../ports/run-store.js';
import type { Queues } from '../queue/open-queues.js';
import { runSettings } from '../store/keys.js';
import type { CliContext } from './context.js';

/** Flags that every command on the store shares. */
export interface StoreOptions {
  readonly data?: string;
}

/** The opened store, objects and queues that the environment and the flags name. */
export interface Workspace {
  readonly store: RunStore;
  readonly objects: ObjectStore;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly config: Config;
  /** Folder of the embedded store, whether it is used or not. */
  readonly dataFolder: string;
}

/** Adds the shared flags. */
export function addStoreOptions(command: Command, config: Config): Command {
  return command.option('--data <folder>', `folder of the embedded store (default: ${config.dataFolder})`);
}

/** Opens the workspace, runs `action` and closes everything, however it ends; `log` takes the lines of the log. */
export async function withWorkspace(
  context: CliContext,
  options: StoreOptions,
  action: (workspace: Workspace) => Promise<void>,
  log = (line: string): void => void context.stderr.write(line),
): Promise<void> {
  const { config } = context;
  const { createLogger, openObjectStore, openQueues, openRunStore, openTelemetry } = await loadOpeners();
  const clock = systemClock;
  const logger = createLogger(config, log);
  const settings = { ...config, dataFolder: options.data ?? config.dataFolder };
  const telemetry = await openTelemetry(config.traceEndpoint);
  const store = await openRunStore(settings, clock);
  const objects = openObjectStore(settings);
  const queues = openQueues(
    { ...config, ...(telemetry ? { telemetry: telemetry.hook } : {}) },
    clock,
    logger,
  );
  try {
    await action({ store, objects, queues, clock, logger, config, dataFolder: settings.dataFolder });
  } finally {
    await queues.close();
    await Promise.all([store.close(), objects.close()]);
    await telemetry?.close();
  }
}

/** The drivers of stores and queues, which take most of a command's start, loaded by those that use them. */
async function loadOpeners() {
  const [logger, queues, stores, telemetry] = await Promise.all([
    import('./logger.js'),
    import('../queue/open-queues.js'),
    import('../store/open-stores.js'),
    import('../queue/telemetry.js'),
  ]);
  return { ...logger, ...queues, ...stores, ...telemetry };
}

/** What runs are made with: this version of the extractor and `settings`. */
export function runSpec(settings: PipelineSettings): RunSpec {
  return { extractorVersion: EXTRACTOR_VERSION, settings: runSettings(settings) };
}

/** How paths and addresses of the command line are read; never the store itself, which may lie in a crawl's folder. */
export function sourceReading(settings: PipelineSettings, dataFolder: string): SourceReading {
  const limits = { ...DEFAULT_ARCHIVE_LIMITS, maxBytes: settings.extract.maxBytes };
  const fetchPage = (url: string) => fetchUrl(url, { ...DEFAULT_FETCH_SETTINGS, limits });
  return { limits, fetchPage, leftOut: new Set([resolve(dataFolder)]) };
}
