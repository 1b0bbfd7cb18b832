import { Readable, Writable } from 'node:stream';
import { CommanderError } from 'commander';
import type { CliContext } from '../../src/cli/context.js';
import { buildProgram } from '../../src/cli/program.js';
import { loadConfig } from '../../src/config.js';
import type { GongkaiRecord } from '../../src/model/record.js';

/** What a command printed, and how it would have ended. */
export interface CliRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs a command line in this process, with streams in memory; a usage error counts as exit 64, as in main.ts. */
export async function runCli(
  args: readonly string[],
  {
    stdin = '',
    environment = {},
    isTerminal = false,
  }: { stdin?: string | Uint8Array; environment?: Record<string, string>; isTerminal?: boolean } = {},
): Promise<CliRun> {
  const stdout = new Collector(isTerminal);
  const stderr = new Collector(isTerminal);
  const context: CliContext = {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
    config: loadConfig(environment),
    exitCode: 0,
  };
  try {
    await buildProgram(context).parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    context.exitCode = error.exitCode === 0 ? 0 : 64;
  }
  return { stdout: stdout.text, stderr: stderr.text, exitCode: context.exitCode };
}

/** The records of JSON lines. */
export function parseRecords(text: string): GongkaiRecord[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as GongkaiRecord);
}

class Collector extends Writable {
  text = '';

  constructor(readonly isTTY: boolean) {
    super();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}
