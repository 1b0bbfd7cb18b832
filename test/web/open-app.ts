import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from '@jest/globals';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Debian's Chromium; another one may be named. */
export const CHROMIUM = process.env['GONGKAI_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
/** Why browser tests are skipped, null where they run. */
export const WHY_SKIPPED = existsSync(CHROMIUM) ? null : `${CHROMIUM} is missing (apt-get install chromium)`;

/** How long a whole test may take on a busy machine. */
export const LONG_MS = 600_000;
/** How long a server or a page may take on a busy machine. */
const PATIENCE_MS = 110_000;

/** A server of its own with an empty store, and a browser. */
export interface OpenApp {
  readonly address: string;
  readonly browser: Browser;
  /** A fresh page, as a person who has never been here; refuses to go anywhere but to the server. */
  newPage(options?: Parameters<Browser['newPage']>[0]): Promise<Page>;
  close(): Promise<void>;
}

/** Starts `gongkai serve` on a free port, and Chromium. */
async function openApp(): Promise<OpenApp> {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-web-'));
  const server = spawn(process.execPath, [join(ROOT, 'bin', 'gongkai'), 'serve', '--port', '0'], {
    cwd: folder,
    env: { ...process.env, GONGKAI_DATA: join(folder, 'data'), GONGKAI_JOBS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = await addressOf(server);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox'],
    // It keeps caches in the user's home, and needs one that can be written.
    env: { ...process.env, HOME: folder, XDG_CACHE_HOME: folder, XDG_CONFIG_HOME: folder },
    timeout: PATIENCE_MS,
  });
  return {
    address,
    browser,
    newPage: async (options) => {
      const page = await browser.newPage({
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
        ...options,
      });
      page.setDefaultTimeout(PATIENCE_MS);
      return page;
    },
    close: async () => {
      await browser.close();
      if (server.exitCode === null) {
        const ended = once(server, 'exit');
        server.kill('SIGTERM');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens the app once for the tests of a suite, and closes it after them. */
export function openForAll(use: (app: OpenApp) => void): void {
  let app: OpenApp | undefined;
  beforeAll(async () => {
    app = await openApp();
    use(app);
  }, LONG_MS);
  afterAll(async () => app?.close());
}

/** The address that the server prints once it listens. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(
      () => reject(new Error(`no address after ${PATIENCE_MS} ms: ${printed}`)),
      PATIENCE_MS,
    );
    const look = (chunk: Buffer): void => {
      printed += chunk.toString();
      const found = /http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+/.exec(printed)?.[0];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    server.stdout?.on('data', look);
    server.stderr?.on('data', look);
    server.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`the server ended: ${printed}`));
    });
  });
}

/** Sends a file through the app's own upload and waits until it is read. */
export async function uploadFile(page: Page, address: string, path: string): Promise<void> {
  await page.goto(`${address}/#/documents`);
  await page.setInputFiles('input[type=file]', path);
  await page.waitForSelector('[data-testid="upload-progress"][data-done="yes"]');
}

/** Opens the document that was just uploaded. */
export async function openUploaded(page: Page): Promise<void> {
  await page.click('[data-testid="upload-progress"] a');
  await page.waitForSelector('td[data-field]');
}

/** What axe-core finds that is serious or critical, as `rule: where`. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    interface Axe {
      run(): Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>;
    }
    const inPage = globalThis as unknown as { axe: Axe };
    const { violations } = await inPage.axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}
