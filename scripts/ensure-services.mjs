import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What the tests start for themselves and Debian provides: no mock stands in for a database or a queue. */
const SERVICES = [
  { package: 'redis-server', isPresent: () => onPath('redis-server') },
  { package: 'postgresql', isPresent: () => onPath('postgres') || hasDebianPostgres() },
];

const missing = SERVICES.filter((service) => !service.isPresent()).map((service) => service.package);
if (missing.length > 0) install(missing);

function install(packages) {
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0) {
    console.log(
      `Missing: ${packages.join(', ')}. Tests that need them are skipped; to run them: sudo ${command}`,
    );
    return;
  }
  console.log(`Missing: ${packages.join(', ')}. Installing them from the system's packages.`);
  try {
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    execFileSync('apt-get', ['update', '-q'], options);
    execFileSync('apt-get', command.split(' ').slice(1), options);
  } catch {
    console.log(`They could not be installed; tests that need them are skipped. By hand: ${command}`);
  }
}

function onPath(program) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)));
}

/** Debian keeps the server's programs off the path, a folder a version. */
function hasDebianPostgres() {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return false;
  return readdirSync(root).some((version) => existsSync(join(root, version, 'bin', 'initdb')));
}
