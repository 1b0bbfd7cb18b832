// Brings Redis and PostgreSQL for the tests from the system's packages where they are missing, and says so. The tests
// start both themselves, on free ports and in temporary folders; those that need a missing one are skipped.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const POSTGRES_ROOT = '/usr/lib/postgresql';

const services = [
  { name: 'Redis', package: 'redis-server', isThere: () => onPath('redis-server') },
  { name: 'PostgreSQL', package: 'postgresql', isThere: hasPostgres },
];

const missing = services.filter((service) => !service.isThere());
if (missing.length > 0) bring(missing);

function bring(wanted) {
  const names = wanted.map((service) => service.name).join(' and ');
  const packages = wanted.map((service) => service.package);
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    const command = `apt-get install ${packages.join(' ')}`;
    console.error(`${names} not found: tests that need them are skipped. To have them: sudo ${command}`);
    return;
  }
  console.error(
    `${names} not found: installing ${packages.join(', ')} from the system's packages for the tests.`,
  );
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const run = (...words) =>
    spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  if (run(...install).status === 0) return;
  run('update');
  if (run(...install).status !== 0)
    console.error(`${names} could not be installed: tests that need them are skipped.`);
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
