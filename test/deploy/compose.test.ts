import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describeEnvironment } from '../../src/config.js';
import { runCli } from '../helpers/run-cli.js';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly command?: string | readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as Compose;
const services = Object.entries(compose.services);

describe('docker-compose.yml', () => {
  it('runs Redis, PostgreSQL, an object store, the API and workers', () => {
    expect(Object.keys(compose.services).sort()).toEqual([
      'api',
      'bucket',
      'objects',
      'postgres',
      'redis',
      'worker',
    ]);
  });

  it.each(services)('%s has a pinned version and says whether it is healthy', (_name, service) => {
    expect(service.image).toMatch(/:(?!latest)[\w.-]*\d[\w.-]*$/);
    expect(service.healthcheck?.disable ?? (service.healthcheck?.test?.length ?? 0) > 1).toBe(true);
  });

  it.each(services)(
    '%s waits for services that exist and mounts volumes that are declared',
    (_name, service) => {
      for (const other of Object.keys(service.depends_on ?? {}))
        expect(compose.services).toHaveProperty(other);
      for (const volume of service.volumes ?? [])
        expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '');
    },
  );

  it('keeps every job: Redis appends to a file and evicts nothing', () => {
    expect(compose.services['redis']?.command).toContain('--appendonly yes');
    expect(compose.services['redis']?.command).toContain('--maxmemory-policy noeviction');
  });

  it('holds no password', () => {
    const text = readFileSync('docker-compose.yml', 'utf8');
    const secrets = [...text.matchAll(/(?:PASSWORD|SECRET|TOKENS)[A-Z_]*: (.*)$/gm)].map(
      (match) => match[1] ?? '',
    );
    expect(secrets.length).toBeGreaterThan(3);
    for (const secret of secrets) expect(secret).toMatch(/^\$\{\w+:\?/);
  });

  it('sets only variables that gongkai knows, and starts workers with flags that exist', async () => {
    const known = describeEnvironment().map(({ name }) => name);
    const set = Object.keys(compose.services['worker']?.environment ?? {});
    expect(set.filter((name) => !known.includes(name))).toEqual([]);
    const { stdout } = await runCli(['worker', '--help']);
    const flags = (compose.services['worker']?.command as readonly string[]).filter((word) =>
      word.startsWith('--'),
    );
    for (const flag of flags) expect(stdout).toContain(flag);
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');

  it('holds everything that runs: compiled code, libraries, the review app, samples', () => {
    const image = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM')));
    const copied = image.filter((line) => line.startsWith('COPY')).map((line) => line.split(' ').at(-1));
    expect(copied.sort()).toEqual(['./', './dist', './node_modules', './samples', './web/dist']);
    const built = lines.filter((line) => line.startsWith('COPY')).join(' ');
    for (const folder of ['scripts', 'src', 'web']) expect(built).toContain(` ${folder} ./${folder}`);
  });

  it('pins its base and does not run as root', () => {
    const bases = lines.filter((line) => line.startsWith('FROM')).map((line) => line.split(' ')[1]);
    for (const base of bases) expect(base).toMatch(/^node:\d+\.\d+\.\d+-/);
    const user = lines.filter((line) => line.startsWith('USER')).at(-1);
    expect(user).toBe('USER gongkai');
    expect(lines.findIndex((line) => line === user)).toBeLessThan(
      lines.findIndex((line) => line.startsWith('ENTRYPOINT')),
    );
  });
});
