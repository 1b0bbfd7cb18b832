import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/**
 * Writes docs/screenshots/*.png from the samples. Give the address of a running `gongkai serve` to take them from
 * there; otherwise one is started on an empty store and the samples are uploaded to it.
 */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const FOLDER = join(ROOT, 'docs', 'screenshots');
const SAMPLES = ['html/wrong-arithmetic.html', 'pdf/table-over-page-break.pdf', 'text/shifted-columns.txt'];
const SIZE = { width: 1280, height: 800 };
const TABLET = { width: 820, height: 1100 };

mkdirSync(FOLDER, { recursive: true });
const server = process.argv[2] ? { address: process.argv[2], close: async () => {} } : await startServer();
const browser = await chromium.launch({
  executablePath: process.env.GONGKAI_TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const ids = await uploadSamples();
  await take('review-pdf', `#/documents/${ids[1]}`, async (page) => {
    await page.click('#tab-applications');
    await page.click('[data-field="field:applications.new.total"]');
    await page.waitForSelector('.mark.selected');
  });
  await take('review-identities', `#/documents/${ids[0]}`, async (page) => {
    await page.click('#tab-applications');
    await page.click('[data-field="field:applications.granted.total"]');
    await page.waitForSelector('.identity-lines .selected');
  });
  await take('review-text-dark', `#/documents/${ids[2]}`, (page) => page.waitForSelector('mark.selected'), {
    colorScheme: 'dark',
    locale: 'zh-CN',
  });
  await take(
    'review-tablet',
    `#/documents/${ids[1]}`,
    async (page) => {
      await page.waitForSelector('.source-page[data-drawn="yes"]');
      await page.click('#tab-disclosure');
      await page.click('[data-field="field:disclosure.licensing.decisions"]');
    },
    {
      viewport: TABLET,
    },
  );
  await take('documents', '#/documents', (page) => page.waitForSelector('table.list tbody tr'));
  await take('overview', '#/', (page) => page.waitForSelector('.figure'));
} finally {
  await browser.close();
  await server.close();
}

async function take(name, place, prepare, options = {}) {
  const page = await browser.newPage({
    viewport: SIZE,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  await page.goto(`${server.address}/${place}`);
  await prepare(page);
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path });
  // A palette makes them a third as large; without ImageMagick they stay as they are.
  spawnSync('convert', [path, '+dither', '-colors', '128', `png8:${path}`]);
  await page.close();
}

/** Ids of the samples' documents, in order, once they are read. */
async function uploadSamples() {
  const page = await browser.newPage();
  const ids = [];
  for (const sample of SAMPLES) {
    await page.goto(`${server.address}/#/documents`);
    await page.reload();
    await page.setInputFiles('input[type=file]', join(ROOT, 'samples', sample));
    await page.waitForSelector('[data-testid="upload-progress"][data-done="yes"]');
    const href = await page.getAttribute('[data-testid="upload-progress"] a', 'href');
    ids.push(href.split('/').at(-1));
  }
  await page.close();
  return ids;
}

async function startServer() {
  const data = mkdtempSync(join(tmpdir(), 'gongkai-screenshots-'));
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'gongkai'), 'serve', '--port', '0'], {
    cwd: data,
    env: { ...process.env, GONGKAI_DATA: join(data, 'data') },
  });
  const address = await new Promise((resolve, reject) => {
    const look = (chunk) => {
      const found = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(String(chunk));
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', (code) => reject(new Error(`gongkai serve ended with ${code}`)));
  });
  const close = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  return { address, close };
}
