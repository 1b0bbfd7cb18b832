import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What office documents are converted to: texts to DOCX, sheets to XLSX. */
export type OfficeTarget = 'docx' | 'xlsx';

export interface ConversionLimits {
  /** The program is ended after so many milliseconds. */
  readonly timeoutMs: number;
  /** A result larger than this is not taken. */
  readonly maxBytes: number;
}

/** What came of it; `missing` where LibreOffice is not installed. */
export type Conversion =
  | { readonly kind: 'converted'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Filters by name: the ending alone leaves the choice to LibreOffice. */
const FILTERS: Readonly<Record<OfficeTarget, string>> = {
  docx: 'docx:MS Word 2007 XML',
  xlsx: 'xlsx:Calc MS Excel 2007 XML',
};
/** Looked for on the PATH, in this order. */
export const OFFICE_PROGRAMS: readonly string[] = ['soffice', 'libreoffice'];

/** What the system says of a program that is not there, or stands in a folder that may not be looked into. */
const MISSING: ReadonlySet<string> = new Set(['ENOENT', 'EACCES', 'ENOTDIR']);

/** A new profile's settings: no macro runs, and nothing that a document links to is fetched. */
const PROFILE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
`;

/**
 * Converts an office document with LibreOffice, which is found on the PATH or not at all. Each conversion is a process
 * of its own with a profile of its own in a temporary folder (two processes on one profile lose documents without a
 * word), ended with its children at the time limit. Never throws for what a document holds.
 */
export async function convertOffice(
  bytes: Uint8Array,
  target: OfficeTarget,
  limits: ConversionLimits,
  programs: readonly string[] = OFFICE_PROGRAMS,
): Promise<Conversion> {
  const folder = await mkdtemp(join(tmpdir(), 'gongkai-office-'));
  try {
    await mkdir(join(folder, 'profile', 'user'), { recursive: true });
    await writeFile(join(folder, 'profile', 'user', 'registrymodifications.xcu'), PROFILE);
    await writeFile(join(folder, 'source'), bytes);
    for (const program of programs) {
      const ending = await runProgram(program, argumentsFor(folder, target), limits.timeoutMs);
      if (ending === 'missing') continue;
      return ending === 'ended' ? await takeResult(folder, target, limits) : failed(ending);
    }
    return { kind: 'missing' };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function failed(reason: string): Conversion {
  return { kind: 'failed', reason };
}

function argumentsFor(folder: string, target: OfficeTarget): string[] {
  return [
    `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
    '--headless',
    '--norestore',
    '--nolockcheck',
    '--convert-to',
    FILTERS[target],
    '--outdir',
    folder,
    join(folder, 'source'),
  ];
}

/** Runs a program to its end: `ended`, `missing`, or why it was stopped. Its whole group is ended at the limit. */
function runProgram(program: string, args: readonly string[], timeoutMs: number): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    const timer = setTimeout(() => {
      endGroup(child.pid);
      resolve(`it was ended after ${timeoutMs} ms`);
    }, timeoutMs);
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(MISSING.has(error.code ?? '') ? 'missing' : error.message);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      resolve('ended');
    });
  });
}

/** LibreOffice is a script that starts a program that starts another; all of them are of the group of the first. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

async function takeResult(
  folder: string,
  target: OfficeTarget,
  { maxBytes }: ConversionLimits,
): Promise<Conversion> {
  const path = join(folder, `source.${target}`);
  const found = await stat(path).catch(() => null);
  if (!found) return failed('it does not read this file');
  if (found.size > maxBytes) return failed(`the ${target} is larger than ${maxBytes} bytes`);
  return { kind: 'converted', bytes: new Uint8Array(await readFile(path)) };
}
