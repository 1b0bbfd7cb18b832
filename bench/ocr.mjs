import { PageRenderer } from '../dist/extractors/pdf/render-page.js';
import { loadOcrModels } from '../dist/ocr/models.js';
import { readScannedPage } from '../dist/ocr/read-scanned-page.js';
import { print, rounded, rssMb, say, scannedPdfs } from './support.mjs';

/** Processor time a scanned page, the longest call into the network, and resident memory over many pages. */
const PAGES = Number(process.env.GONGKAI_BENCH_PAGES ?? 200);
const SETTLED_AFTER = 25;
const FIRST_PAGES = [1, 2, 3, 4];

const { set, scans } = scannedPdfs();
if (scans.length === 0) {
  print({ question: 'ocr', set, skipped: 'the set holds no scans' });
} else {
  const models = await loadOcrModels();
  const { recognition } = models;
  const run = recognition.run.bind(recognition);
  let longestCallMs = 0;
  recognition.run = async (...args) => {
    const start = performance.now();
    const result = await run(...args);
    longestCallMs = Math.max(longestCallMs, performance.now() - start);
    return result;
  };
  const seconds = [];
  const resident = [];
  while (seconds.length < PAGES) {
    for (const bytes of scans) {
      const renderer = await PageRenderer.open(bytes);
      for (const pageNumber of FIRST_PAGES) {
        const image = drawn(renderer, pageNumber);
        if (image === null || seconds.length === PAGES) break;
        const before = process.cpuUsage();
        await readScannedPage(image, { pageNumber, width: 595, height: 842 });
        const { user, system } = process.cpuUsage(before);
        seconds.push((user + system) / 1e6);
        if (seconds.length % SETTLED_AFTER !== 0) continue;
        resident.push(rssMb());
        say(`ocr: ${seconds.length} of ${PAGES} pages`);
      }
      renderer.close();
    }
  }
  const sorted = seconds.toSorted((a, b) => a - b);
  print({
    question: 'ocr',
    set,
    pages: PAGES,
    cpu_seconds_a_page_median: rounded(sorted[PAGES >> 1]),
    cpu_seconds_a_page_most: rounded(sorted.at(-1)),
    longest_call_ms: rounded(longestCallMs),
    [`rss_mb_after_each_${SETTLED_AFTER}_pages`]: resident,
  });
}

/** The page's picture; null behind the last page. */
function drawn(renderer, pageNumber) {
  try {
    return renderer.draw(pageNumber);
  } catch {
    return null;
  }
}
