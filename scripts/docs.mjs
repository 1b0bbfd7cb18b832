import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { build } from './build.mjs';
import { checksPage, cliPage, Collector, errorsPage, formatsPage, readSamples } from './docs/pages.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Every generated page: [path below the project, text]. The code must be built. */
export async function makePages() {
  const [codes, program, config, registry, detect, checks, forms] = await Promise.all(
    [
      'errors/codes',
      'cli/program',
      'config',
      'extractors/registry',
      'extractors/detect-format',
      'checks/registry',
      'forms/registry',
    ].map((name) => import(pathToFileURL(join(ROOT, 'dist', `${name}.js`)).href)),
  );
  const output = new Collector();
  const context = {
    stdin: process.stdin,
    stdout: output,
    stderr: output,
    config: config.loadConfig({}),
    exitCode: 0,
  };
  const pages = {
    errors: errorsPage(codes.CATALOGUE),
    cli: cliPage(program.buildProgram(context), config.describeEnvironment()),
    formats: formatsPage(registry.EXTRACTORS, detect.usualEndings, readSamples(join(ROOT, 'samples'))),
    checks: checksPage(checks.CHECKS, forms.FORMS),
  };
  const settings = await resolveConfig(join(ROOT, 'docs', 'cli.md'));
  const written = Object.entries(pages).map(async ([name, text]) => {
    return [`docs/${name}.md`, await format(text, { ...settings, parser: 'markdown' })];
  });
  return Promise.all(written);
}

/** Writes the pages, or with --check only says which are stale. */
async function main() {
  await build();
  const isChecking = process.argv.includes('--check');
  for (const [path, text] of await makePages()) {
    const found = await readFile(join(ROOT, path), 'utf8').catch(() => '');
    if (found === text) continue;
    if (isChecking) process.exitCode = 1;
    else await writeFile(join(ROOT, path), text);
    console.log(isChecking ? `stale: ${path} (npm run docs writes it)` : `written: ${path}`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
