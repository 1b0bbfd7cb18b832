import type { Command } from 'commander';
import type { CliContext } from '../context.js';
import * as dead from './dead.js';
import * as diff from './diff.js';
import * as exportRecords from './export.js';
import * as inspect from './inspect.js';
import * as reprocess from './reprocess.js';
import * as show from './show.js';
import * as enqueue from './enqueue.js';
import * as evaluate from './eval.js';
import * as extract from './extract.js';
import * as run from './run.js';
import * as serve from './serve.js';
import * as start from './start.js';
import * as status from './status.js';
import * as tables from './tables.js';
import * as worker from './worker.js';

/** What every file beside this one exports. */
export interface CommandModule {
  register(program: Command, context: CliContext): void;
}

/** The only list of commands; help and docs/cli.md follow it. */
export const COMMANDS: readonly CommandModule[] = [
  extract,
  tables,
  evaluate,
  start,
  run,
  serve,
  enqueue,
  worker,
  status,
  reprocess,
  diff,
  inspect,
  show,
  dead,
  exportRecords,
];
