import { execFileSync } from 'node:child_process';
import { processDocument } from '../dist/pipeline/process-document.js';
import { DEFAULT_SETTINGS } from '../dist/pipeline/settings.js';
import { openBarePdfium } from './bare-pdfium.mjs';
import { openBarePdfjs } from './bare-pdfjs.mjs';
import { inputOf, median, print, rounded, say, textPdfs } from './support.mjs';

/** The whole path beside bare readers, over the same PDFs, in turns: one after the other would measure the weather. */
const TURNS = 5;
/** What each reader compiles while it runs its first turns is not measured; the whole path takes ten of them (some 270 documents). */
const WARM_UP_TURNS = 10;

const { set, documents, pages } = await textPdfs(processDocument, DEFAULT_SETTINGS);
const readers = {
  gongkai: ({ path, bytes }) => processDocument(bytes, inputOf(path), DEFAULT_SETTINGS),
  'bare pdfium': await openBarePdfium(),
  'bare pdfjs': await openBarePdfjs(),
  ...pdftotext(),
};

const times = Object.fromEntries(Object.keys(readers).map((name) => [name, []]));
for (let turn = 1 - WARM_UP_TURNS; turn <= TURNS; turn += 1) {
  say(turn > 0 ? `readers: turn ${turn} of ${TURNS}` : 'readers: warming up');
  for (const [name, read] of Object.entries(readers)) {
    const start = performance.now();
    for (const document of documents) await read(document);
    if (turn > 0) times[name].push(performance.now() - start);
  }
}
const bare = median(times['bare pdfium']);
for (const [reader, all] of Object.entries(times)) {
  const total = median(all);
  print({
    question: 'readers',
    reader,
    set,
    documents: documents.length,
    pages,
    milliseconds_per_document: rounded(total / documents.length),
    milliseconds_per_page: rounded(total / pages),
    times_bare_pdfium: rounded(total / bare),
    ...(reader === 'gongkai' && { target_times_bare_pdfium: 1.5 }),
  });
}

function pdftotext() {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
  } catch {
    say('readers: pdftotext is not installed and is left out');
    return {};
  }
  const read = ({ path }) =>
    execFileSync('pdftotext', ['-layout', path, '-'], { stdio: ['ignore', 'pipe', 'ignore'] });
  return { 'pdftotext -layout': read };
}
