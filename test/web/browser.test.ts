import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import {
  LONG_MS,
  openForAll,
  type OpenApp,
  openUploaded,
  ROOT,
  seriousViolations,
  uploadFile,
  WHY_SKIPPED,
} from './open-app.js';

const SLIP = join(ROOT, 'samples', 'html', 'wrong-arithmetic.html');
const PDF = join(ROOT, 'samples', 'pdf', 'table-over-page-break.pdf');
const TEXT = join(ROOT, 'samples', 'text', 'shifted-columns.txt');

/** Addresses with what is to be seen there. */
const VIEWS = [
  ['#/documents', 'table.list tbody tr'],
  ['#/review', 'table.list tbody tr'],
  ['#/agencies', 'table.list tbody tr'],
  ['#/queue', '.figure'],
  ['#/compare', 'select'],
  [`#/agencies/${encodeURIComponent('临河县教育体育局')}`, '.chart'],
] as const;

if (WHY_SKIPPED !== null) console.warn(`Browser tests are skipped: ${WHY_SKIPPED}`);
const describeInBrowser = WHY_SKIPPED === null ? describe : describe.skip;

describeInBrowser('the app in a browser', () => {
  let app: OpenApp;
  openForAll((opened) => {
    app = opened;
  });

  test(
    'a report is uploaded, reviewed with keys alone, corrected, and exported as corrected',
    async () => {
      const page = await app.newPage();
      await uploadFile(page, app.address, SLIP);
      await openUploaded(page);
      await page.keyboard.press('j');
      const selected = page.locator('td[aria-selected="true"]');
      const id = (await selected.getAttribute('data-field')) ?? '';
      await page.keyboard.press('e');
      await page.keyboard.press('Escape');
      const doubtful = page.getByTestId('doubtful-count');
      const before = await doubtful.textContent();
      await page.keyboard.type('4711');
      await page.waitForSelector('[data-testid="identities"] [data-state="fails"]');
      await page.keyboard.press('Enter');
      await page.waitForSelector(`td[data-field="${id}"].band-settled`);
      await page.getByTestId('settled-count').waitFor();
      expect(await doubtful.textContent()).not.toBe(before);
      const next = await selected.getAttribute('data-field');
      expect(next).not.toBe(id);
      await page.keyboard.press('Enter');
      await page.waitForSelector(`td[data-field="${next}"].band-settled`);
      await page.keyboard.press('u');
      await page.waitForSelector(`td[data-field="${next}"]:not(.band-settled)`);
      await expectExported(app, id.slice('field:'.length), 4711);
      await page.reload();
      await page.waitForSelector(`td[data-field="${id}"].band-settled`);
      await page.close();
    },
    LONG_MS,
  );

  test(
    'failed sums and unreadable documents are settled with keys alone, and asked about again when that is undone',
    async () => {
      const page = await app.newPage();
      await page.goto(`${app.address}/#/documents`);
      const own = Buffer.from(`${readFileSync(SLIP, 'utf8')}<!-- nobody else has answered anything here -->`);
      await page.setInputFiles('input[type=file]', { name: 'own.html', mimeType: 'text/html', buffer: own });
      await page.waitForSelector('[data-testid="upload-progress"][data-done="yes"]');
      await openUploaded(page);
      await page.click('#tab-checks');
      const checks = page.locator('.checks .check');
      const count = await checks.count();
      expect(count).toBeGreaterThan(1);
      await checks.first().click();
      const question = page.getByTestId('question');
      const first = await question.getAttribute('aria-label');
      await page.waitForSelector('.identity-lines .sums.selected');
      await page.keyboard.press('e');
      await page.keyboard.type('原文如此');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.identity-lines .sums.settled');
      expect(await question.getAttribute('aria-label')).not.toBe(first);
      await page.reload();
      await page.waitForSelector('.identity-lines .sums.settled');
      await page.click('#tab-checks');
      await checks.filter({ hasText: '✓' }).click();
      await question.getByText('settled by local').waitFor();
      await question.getByText('原文如此').waitFor();
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('cell', { name: 'printed like that' }).waitFor();
      expect(await seriousViolations(page)).toEqual([]);

      await page.goto(`${app.address}/#/documents`);
      const cut = { name: 'cut.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 cut') };
      await page.setInputFiles('input[type=file]', cut);
      await page.waitForSelector('[data-testid="upload-progress"][data-done="yes"]');
      await page.click('[data-testid="upload-progress"] a');
      await question.waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await page.keyboard.press('2');
      await question.getByText('settled by local').waitFor();
      await page.keyboard.press('u');
      await question.getByText('settled by local').waitFor({ state: 'detached' });
      await page.keyboard.press('1');
      await question.getByText('settled by local').waitFor();
      await page.close();
    },
    LONG_MS,
  );

  test(
    'the box over a PDF lies on the number that the form shows',
    async () => {
      const page = await app.newPage();
      await uploadFile(page, app.address, PDF);
      await openUploaded(page);
      await page.waitForSelector('.source-page[data-drawn="yes"]');
      for (const key of ['disclosure.licensing.decisions', 'applications.new.total']) {
        await page.click(`[role="tab"][id="tab-${key.split('.')[0]}"]`);
        const cell = page.locator(`td[data-field="field:${key}"]`);
        await cell.click();
        const mark = page.locator(`.source-page .mark.selected[data-cell="field:${key}"]`);
        await mark.waitFor();
        expect(await textUnder(mark)).toBe(await cell.textContent());
      }
      await page.close();
    },
    LONG_MS,
  );

  test(
    'an answer that cannot be sent is kept through a reload and sent then',
    async () => {
      const page = await app.newPage();
      await uploadFile(page, app.address, TEXT);
      await openUploaded(page);
      await page.route('**/corrections', (route) => route.abort());
      const selected = page.locator('td[aria-selected="true"]');
      const id = (await selected.getAttribute('data-field')) ?? '';
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      await page.unroute('**/corrections');
      const sent = page.waitForResponse('**/corrections');
      await page.reload();
      expect((await sent).status()).toBe(201);
      await page.waitForSelector(`td[data-field="${id}"].band-settled`);
      await page.close();
    },
    LONG_MS,
  );

  test(
    'what is being typed is still there after a reload, until it is saved or left',
    async () => {
      const page = await app.newPage();
      await uploadFile(page, app.address, TEXT);
      await openUploaded(page);
      await page.click('#tab-applications');
      const cell = 'td[data-field="field:applications.new.total"]';
      await page.click(cell);
      await page.keyboard.type('31');
      await page.getByLabel('Why (optional)').fill('seal over it');
      await page.reload();
      await page.locator('.editor-value').waitFor();
      expect(await page.locator('.editor-value').inputValue()).toBe('31');
      expect(await page.getByLabel('Why (optional)').inputValue()).toBe('seal over it');
      await page.keyboard.press('Escape');
      await page.locator('.editor-value').waitFor({ state: 'detached' });
      await page.reload();
      await page.waitForSelector('td[data-field]');
      expect(await page.locator('.editor-value').count()).toBe(0);
      await page.close();
    },
    LONG_MS,
  );

  test(
    'two people who have a document open are told, and the second answer to a field is refused',
    async () => {
      const ann = await app.newPage();
      await uploadFile(ann, app.address, SLIP);
      await openUploaded(ann);
      const ben = await app.newPage();
      await ben.route('**/api/events*', (route) => route.abort());
      await ben.goto(ann.url());
      await ben.waitForSelector('td[aria-selected="true"]');
      const key = 'field:applications.granted.natural_person';
      for (const page of [ann, ben]) {
        await page.click('#tab-applications');
        await page.click(`td[data-field="${key}"]`);
      }
      await ann.keyboard.press('Enter');
      await ann.waitForSelector(`td[data-field="${key}"].band-settled`);
      await ben.click(`td[data-field="${key}"]`);
      await ben.keyboard.type('5');
      await ben.keyboard.press('Enter');
      await ben.getByText('Somebody else has settled this field').waitFor();
      await expect(ben.locator(`td[data-field="${key}"]`).textContent()).resolves.toBe('10');
      await ben.unroute('**/api/events*');
      await ben.reload();
      await ann.getByText('also open elsewhere: 1').waitFor();
      await ann.close();
      await ben.close();
    },
    LONG_MS,
  );

  test(
    'n goes through the documents with questions, and the queue remembers what was asked for',
    async () => {
      const page = await app.newPage();
      await page.goto(`${app.address}/#/review`);
      await page.waitForSelector('table.list tbody tr');
      const names = await page.locator('table.list tbody tr a').allTextContents();
      expect(names.length).toBeGreaterThanOrEqual(2);
      await page.keyboard.press('n');
      await page.waitForSelector('td[data-field]');
      const first = page.url();
      await page.keyboard.press('n');
      await page.waitForURL((url) => url.href !== first);
      await page.getByRole('link', { name: 'Review', exact: true }).click();
      await page.getByLabel('Agency or region').fill('没有这样的机关');
      await page.getByText('No open question matches.').waitFor();
      await page.reload();
      await page.getByText('No open question matches.').waitFor();
      await page.close();
    },
    LONG_MS,
  );

  test(
    'text shows the characters that the selected value was read from',
    async () => {
      const page = await app.newPage();
      await uploadFile(page, app.address, TEXT);
      await openUploaded(page);
      const key = 'field:applications.new.total';
      const cell = page.locator(`td[data-field="${key}"]`);
      await page.click('#tab-applications');
      await cell.click();
      // Named by its field: until the click counts, another mark is the selected one.
      const mark = page.locator(`mark.selected[data-cell="${key}"]`);
      await expect(mark.textContent()).resolves.toBe(await cell.textContent());
      await page.close();
    },
    LONG_MS,
  );

  test(
    'speaks both languages and remembers the choice',
    async () => {
      const page = await app.newPage({ locale: 'en-GB' });
      await page.goto(app.address);
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
      await page.getByRole('button', { name: '切换到中文' }).click();
      await page.getByRole('heading', { name: '总览' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: '总览' }).waitFor();
      expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
      await page.close();
    },
    LONG_MS,
  );

  test.each(['light', 'dark'] as const)(
    'axe-core finds no serious violation in the %s theme',
    async (colorScheme) => {
      const page = await app.newPage({ colorScheme });
      await page.goto(app.address);
      await page.waitForSelector('.figure');
      expect(await page.getAttribute('html', 'data-theme')).toBe(colorScheme);
      expect(await seriousViolations(page)).toEqual([]);
      for (const [place, shown] of VIEWS) {
        await page.goto(`${app.address}/${place}`);
        await page.waitForSelector(shown);
        expect(await seriousViolations(page)).toEqual([]);
      }
      for (const batch of ['earlier', 'later']) await readAllAgain(app, batch);
      await page.goto(`${app.address}/#/compare?before=earlier&after=later`);
      await page.getByText('The two runs say the same.').waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await page.goto(`${app.address}/#/documents`);
      await page.click('table.list tbody a');
      await page.waitForSelector('.form-side td');
      expect(await seriousViolations(page)).toEqual([]);
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('cell', { name: /^run / }).waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await page.close();
    },
    LONG_MS,
  );
});

/** Puts the runs that all documents have by now under the name of a batch. */
async function readAllAgain(app: OpenApp, batch: string): Promise<void> {
  const response = await fetch(`${app.address}/api/reprocess`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filter: {}, batch }),
  });
  expect(response.status).toBe(200);
}

/** The number under this key in the records that the API exports. */
async function expectExported(app: OpenApp, key: string, value: number): Promise<void> {
  const response = await fetch(`${app.address}/api/exports/jsonl`);
  const lines = (await response.text()).trim().split('\n');
  const records = lines.map((line) => JSON.parse(line) as { fields: Record<string, { value: number }> });
  expect(records.map(({ fields }) => fields[key]?.value)).toContain(value);
}

/** The text that pdf.js finds in the source where the app has drawn the box, without white space. */
async function textUnder(mark: ReturnType<Page['locator']>): Promise<string> {
  const drawn = await mark.boundingBox();
  const frame = mark.locator('xpath=..');
  const paper = await frame.boundingBox();
  if (!drawn || !paper) throw new Error('the box is not drawn');
  const pageNumber = Number(await frame.getAttribute('data-page'));
  const share = {
    left: (drawn.x - paper.x) / paper.width,
    right: (drawn.x + drawn.width - paper.x) / paper.width,
    top: (drawn.y - paper.y) / paper.height,
    bottom: (drawn.y + drawn.height - paper.y) / paper.height,
  };
  const cMapUrl = `${join(ROOT, 'node_modules', 'pdfjs-dist', 'cmaps')}/`;
  const task = getDocument({ data: new Uint8Array(readFileSync(PDF)), verbosity: 0, cMapUrl });
  const page = await (await task.promise).getPage(pageNumber);
  const { width, height } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const found = items.flatMap((item) => {
    if (!('str' in item)) return [];
    const [x, y] = [item.transform[4] as number, item.transform[5] as number];
    const middle = { x: (x + item.width / 2) / width, y: 1 - (y + item.height / 2) / height };
    const isInside =
      middle.x > share.left && middle.x < share.right && middle.y > share.top && middle.y < share.bottom;
    return isInside ? [item.str] : [];
  });
  await task.destroy();
  return found.join('').replace(/\s/g, '');
}
