import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * npm leaves the optional packages of other platforms out of the lock where its registry does not offer them at the
 * time, and `npm ci` then refuses the lock on every machine. This puts them back: a name, a version and a platform
 * are all that npm needs to pass over them here and to install them there. Run it after every `npm install`.
 */
const FILE = join(dirname(fileURLToPath(import.meta.url)), '..', 'package-lock.json');
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/** The optional packages that the lock names and does not hold, as lock entries by their path. */
export function missingEntries(lock) {
  const missing = {};
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const place = `node_modules/${name}`;
      const isHeld = place in lock.packages || `${path}/${place}` in lock.packages;
      if (!isHeld) missing[place] = { version, ...(dev && { dev }), ...platformOf(name), optional: true };
    }
  }
  return missing;
}

/** What a package's name says of the machines that it is for; without that nobody could tell that it may be missing. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu) throw new Error(`${name} is optional, missing from the lock, and not for one platform`);
  return { cpu: [cpu], os: [os] };
}

function main() {
  const lock = JSON.parse(readFileSync(FILE, 'utf8'));
  const missing = missingEntries(lock);
  const packages = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
  console.log(`${Object.keys(missing).length} packages of other platforms put back into the lock.`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main();
