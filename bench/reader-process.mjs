import { execFileSync } from 'node:child_process';
import { processDocument } from '../dist/pipeline/process-document.js';
import { DEFAULT_SETTINGS } from '../dist/pipeline/settings.js';
import { tuneEngine } from '../dist/pool/tune-engine.js';
import { openBarePdfium } from './bare-pdfium.mjs';
import { openBarePdfjs } from './bare-pdfjs.mjs';
import { documentsByFormat, inputOf } from './support.mjs';

/**
 * Reads the text PDFs with the reader named, twice for each message, and answers with how long the second time took, in
 * milliseconds: while it waits for the turns of the others V8 collects, and forgets code that a reader at work keeps.
 */
const READERS = {
  gongkai: () => {
    // As the threads of the pool run.
    tuneEngine();
    return ({ path, bytes }) => processDocument(bytes, inputOf(path), DEFAULT_SETTINGS);
  },
  'bare pdfium': openBarePdfium,
  'bare pdfjs': openBarePdfjs,
  'pdftotext -layout':
    () =>
    ({ path }) =>
      execFileSync('pdftotext', ['-layout', path, '-'], { stdio: ['ignore', 'pipe', 'ignore'] }),
};

const documents = documentsByFormat().groups.pdf;
const read = await READERS[process.argv[2]]();
process.on('message', async () => {
  for (const document of documents) await read(document);
  const [start, before] = [performance.now(), process.cpuUsage()];
  for (const document of documents) await read(document);
  const { user, system } = process.cpuUsage(before);
  process.send({ elapsed: performance.now() - start, processor: (user + system) / 1000 });
});
