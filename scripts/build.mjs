import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build as esbuild } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Compiles every file of src/ to the same place under dist/; nothing is bundled, so stack traces stay readable. */
export async function build() {
  const sources = await filesBelow('src', '.ts');
  await esbuild({
    entryPoints: sources.map((file) => join(root, 'src', `${file}.ts`)),
    outdir: join(root, 'dist'),
    outbase: join(root, 'src'),
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
  });
  await removeOrphans(new Set(sources));
  await buildWeb();
}

/** Builds the review app to web/dist where Vite is installed (it is left out of production installs) and something changed. */
async function buildWeb() {
  const vite = await import('vite').catch(() => null);
  const output = await stat(join(root, 'web', 'dist', 'index.html')).catch(() => null);
  if (vite === null || (output && output.mtimeMs > (await newestInput()))) return;
  await vite.build({ configFile: join(root, 'web', 'vite.config.ts'), logLevel: 'warn' });
}

/** When any file that the app is built from last changed, in milliseconds since 1970. */
async function newestInput() {
  const names = await readdir(join(root, 'web'), { recursive: true });
  const inputs = names.filter((name) => !name.startsWith('dist')).map((name) => join(root, 'web', name));
  const stats = await Promise.all([...inputs, join(root, 'package-lock.json')].map((path) => stat(path)));
  return Math.max(...stats.map(({ mtimeMs }) => mtimeMs));
}

async function filesBelow(folder, extension) {
  const files = await readdir(join(root, folder), { recursive: true }).catch(() => []);
  return files.filter((file) => file.endsWith(extension)).map((file) => file.slice(0, -extension.length));
}

/** Output whose source is gone would still be imported and hide the mistake. */
async function removeOrphans(sources) {
  const orphans = (await filesBelow('dist', '.js')).filter(
    (file) => !sources.has(file) && !file.startsWith('web/'),
  );
  await Promise.all(
    orphans.flatMap((file) =>
      ['.js', '.js.map'].map((end) => rm(join(root, 'dist', file + end), { force: true })),
    ),
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await build();
