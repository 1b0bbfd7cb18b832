import { readWithPdfium } from '../dist/extractors/pdf/pdfium-reader.js';
import { processDocument } from '../dist/pipeline/process-document.js';
import { DEFAULT_SETTINGS } from '../dist/pipeline/settings.js';
import { documentsByFormat, inputOf, print, rounded, say } from './support.mjs';

/** Milliseconds a page by stage, the best of several turns over the same documents. */
const TURNS = 5;

const { set, groups } = documentsByFormat();
const settings = { ...DEFAULT_SETTINGS, trace: true };
for (const [format, documents] of Object.entries(groups)) {
  say(`stages: ${format}`);
  let pages = 0;
  const best = {};
  for (const { path, bytes } of documents) {
    const laps = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      const { extraction } = await processDocument(bytes, inputOf(path), settings);
      laps.push(await splitExtraction(format, bytes, extraction.stages_ms ?? {}));
      if (turn === 0) pages += extraction.pages;
    }
    for (const stage of new Set(laps.flatMap((one) => Object.keys(one)))) {
      best[stage] = (best[stage] ?? 0) + Math.min(...laps.map((one) => one[stage] ?? 0));
    }
  }
  const perPage = Object.entries(best).map(([stage, total]) => [stage, rounded(total / Math.max(1, pages))]);
  print({ question: 'stages', format, set, pages, milliseconds_per_page: Object.fromEntries(perPage) });
}

/**
 * In a PDF, parsing and the reconstruction of tables are two steps: the first is timed on its own and taken off. The
 * other formats bring their tables along.
 */
async function splitExtraction(format, bytes, { extract = 0, ...stages }) {
  if (format !== 'pdf') return { parse_and_tables: extract, ...stages };
  const start = performance.now();
  await readWithPdfium(bytes, settings.extract);
  const parse = performance.now() - start;
  return { parse, tables: Math.max(0, extract - parse), ...stages };
}
