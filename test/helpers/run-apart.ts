import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import type { CliRun } from './run-cli.js';

const PROGRAM = join(process.cwd(), 'bin', 'gongkai');
/** Tells the process's own peak of resident memory, in kilobytes, on this descriptor as it ends. */
const PEAK_DESCRIPTOR = 3;
const TELL_PEAK = `import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(${PEAK_DESCRIPTOR}, String(process.resourceUsage().maxRSS)));`;

/** What a command printed, and what memory it needed at most, in megabytes. */
export interface ApartRun extends CliRun {
  readonly peakMb: number;
}

/** Runs a command line in a process of its own: a test's process carries the memory of the tests before it. */
export async function runApart(args: readonly string[]): Promise<ApartRun> {
  const hook = `data:text/javascript,${encodeURIComponent(TELL_PEAK)}`;
  const child = spawn(process.execPath, ['--import', hook, PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [stdout, stderr, peak] = child.stdio.slice(1).map((stream) => text(stream as Readable));
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code ?? -1));
  });
  return {
    stdout: (await stdout) ?? '',
    stderr: (await stderr) ?? '',
    exitCode,
    peakMb: Number(await peak) / 1024,
  };
}
