import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OFFICE_PROGRAMS } from '../../src/converter/convert-office.js';
import { TemporaryFolder } from './temporary-folder.js';

const PROGRAM = OFFICE_PROGRAMS.find((name) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name))),
);

/** Tests that need LibreOffice say so in their name and are skipped without it. */
export const hasOffice = PROGRAM !== undefined;

/** What LibreOffice makes of a file in another format, for tests of readers against it. */
export function officeConvert(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const folder = new TemporaryFolder();
  try {
    const source = folder.write(`source.${from}`, bytes);
    const profile = pathToFileURL(join(folder.path, 'profile')).href;
    const args = [
      `-env:UserInstallation=${profile}`,
      '--headless',
      '--convert-to',
      to,
      '--outdir',
      folder.path,
    ];
    execFileSync(PROGRAM ?? 'soffice', [...args, source], { stdio: 'ignore', timeout: 180_000 });
    return new Uint8Array(readFileSync(join(folder.path, `source.${to.split(':')[0] ?? to}`)));
  } finally {
    folder.remove();
  }
}
