import type { Command } from 'commander';
import type { CliContext } from '../context.js';
import * as evaluate from './eval.js';
import * as extract from './extract.js';
import * as tables from './tables.js';

/** What every file beside this one exports. */
export interface CommandModule {
  register(program: Command, context: CliContext): void;
}

/** The only list of commands; help and docs/cli.md follow it. */
export const COMMANDS: readonly CommandModule[] = [extract, tables, evaluate];
