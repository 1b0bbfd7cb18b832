// Brings Redis, PostgreSQL and Chromium for the tests from the system's packages where they are missing, and says so. The
// tests start them themselves, on free ports and in temporary folders; those that need a missing one are skipped.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const POSTGRES_ROOT = '/usr/lib/postgresql';
/** As in test/web/open-app.ts. */
const CHROMIUM = process.env.GONGKAI_TEST_CHROMIUM ?? '/usr/bin/chromium';

const services = [
  { name: 'Redis', package: 'redis-server', isThere: () => onPath('redis-server') },
  { name: 'PostgreSQL', package: 'postgresql', isThere: hasPostgres },
  { name: 'Chromium', package: 'chromium', isThere: () => existsSync(CHROMIUM) },
];

const missing = services.filter((service) => !service.isThere());
if (missing.length > 0) bring(missing);

/** One after the other, so that what this system does not have keeps nothing else away. */
function bring(wanted) {
  const packages = wanted.map((service) => service.package);
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    const names = wanted.map((service) => service.name).join(', ');
    const command = `apt-get install ${packages.join(' ')}`;
    console.error(`${names} not found: tests that need them are skipped. To have them: sudo ${command}`);
    return;
  }
  console.error(`Installing ${packages.join(', ')} from the system's packages for the tests.`);
  let isUpdated = false;
  for (const service of wanted) {
    if (aptGet('install', service.package)) continue;
    if (!isUpdated) aptGet('update');
    isUpdated = true;
    if (!aptGet('install', service.package)) {
      console.error(`${service.name} could not be installed: tests that need it are skipped.`);
    }
  }
}

function aptGet(action, name) {
  const words = name === undefined ? [action] : [action, '-y', '--no-install-recommends', name];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  return spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}

function hasPostgres() {
  if (!existsSync(POSTGRES_ROOT)) return false;
  return readdirSync(POSTGRES_ROOT).some((version) => existsSync(join(POSTGRES_ROOT, version, 'bin/initdb')));
}

function onPath(program) {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
