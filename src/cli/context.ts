import type { Readable, Writable } from 'node:stream';
import type { Config } from '../config.js';

/** A stream that may be a terminal. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/**
 * What a command may touch of the outside world, handed to it by main.ts: so a test can run a command without a
 * process, and nothing below main.ts ends one.
 */
export interface CliContext {
  readonly stdin: Readable;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly config: Config;
  /** How the process is to end; the last command to speak wins. */
  exitCode: number;
}

/** What the process tells its caller. */
export const EXIT = { allRead: 0, internal: 1, someFailed: 2, usage: 64, configuration: 78 } as const;
