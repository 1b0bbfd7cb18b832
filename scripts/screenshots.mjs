import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** Writes docs/screenshots/*.png: starts gongkai with the samples in a store of its own and looks at its main views. */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const FOLDER = join(ROOT, 'docs', 'screenshots');
const SIZE = { width: 1280, height: 800 };
const TABLET = { width: 820, height: 1100 };
/** What pages and charts that are on their way take to be drawn. */
const DRAWING_MS = 1_200;
/** Fewer colours make a file a third as large and are hardly seen. */
const COLOURS = '96';

mkdirSync(FOLDER, { recursive: true });
const server = await startServer();
const browser = await chromium.launch({
  executablePath: process.env.GONGKAI_TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const documents = await documentsByName();
  const [slip, pdf, text] = ['wrong-arithmetic.html', 'table-over-page-break.pdf', 'shifted-columns.txt'].map(
    (name) => `#/documents/${documents.get(name)}`,
  );
  await take('review-pdf', pdf, {}, async (page) => {
    await page.click('#tab-applications');
    await page.click('[data-field="field:applications.new.total"]');
    await page.waitForSelector('.mark.selected');
  });
  await take('review-identities', slip, {}, async (page) => {
    await page.click('#tab-applications');
    await page.click('[data-field="field:applications.total.total"]');
    await page.waitForSelector('.identity-lines .selected');
  });
  const chineseAndDark = { colorScheme: 'dark', locale: 'zh-CN' };
  await take('review-text-dark', text, chineseAndDark, async (page) => {
    await page.click('#tab-applications');
    await page.waitForSelector('mark.selected');
  });
  await take('review-tablet', slip, { viewport: TABLET }, async (page) => {
    await page.click('[data-field="field:applications.granted.total"]');
    await page.keyboard.type('11');
    await page.waitForSelector('[data-testid="identities"] [data-state="holds"]');
  });
  await settleSome(slip);
  await take('to-review', '#/review', {}, (page) => page.waitForSelector('table.list tbody tr'));
  await take('documents', '#/documents', {}, (page) => page.waitForSelector('table.list tbody tr'));
  await take('overview', '#/', { viewport: { width: 1280, height: 1180 } }, (page) =>
    page.waitForSelector('.figure'),
  );
} finally {
  await browser.close();
  await server.close();
}

async function take(name, place, options, prepare) {
  const page = await openPage(place, options);
  await prepare(page);
  await page.waitForTimeout(DRAWING_MS);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path });
  spawnSync('convert', [
    path,
    '+dither',
    '-colors',
    COLOURS,
    '-define',
    'png:compression-level=9',
    `png8:${path}`,
  ]);
  await page.close();
}

async function openPage(place, options = {}) {
  const page = await browser.newPage({
    viewport: SIZE,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  await page.goto(`${server.address}/${place}`);
  return page;
}

/** Answers as a person would give them, so that the overview has something to tell. */
async function settleSome(place) {
  const page = await openPage(place);
  await page.waitForSelector('td[aria-selected="true"]');
  for (let answer = 0; answer < 12; answer++) await page.keyboard.press('Enter');
  await page.keyboard.press('e');
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  // Answers stay in the browser until the server has them.
  await page.waitForFunction(
    () => !Object.keys(localStorage).some((key) => key.startsWith('gongkai.draft.')),
  );
  await page.close();
}

/** Ids of the samples' documents by file name. */
async function documentsByName() {
  const response = await fetch(`${server.address}/api/documents?limit=200`);
  const { items } = await response.json();
  return new Map(items.map(({ id, path }) => [path.split('/').at(-1), id]));
}

async function startServer() {
  const data = mkdtempSync(join(tmpdir(), 'gongkai-screenshots-'));
  const words = ['start', '--port', '0', '--data', join(data, 'data'), '--out', join(data, 'records.jsonl')];
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'gongkai'), ...words], { cwd: ROOT });
  const address = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk));
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`gongkai start ended with ${code}`)));
  });
  const close = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  return { address, close };
}
