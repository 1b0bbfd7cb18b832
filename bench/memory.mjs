import { processDocument } from '../dist/pipeline/process-document.js';
import { DEFAULT_SETTINGS } from '../dist/pipeline/settings.js';
import { tuneEngine } from '../dist/pool/tune-engine.js';
import { documentsByFormat, inputOf, print, rounded, rssMb, say } from './support.mjs';

/** Resident memory over many documents of all formats in one process; after the first hundred it should not grow. */
const DOCUMENTS = 500;
const SETTLED_AFTER = 100;

const { set, groups } = documentsByFormat();
const documents = Object.values(groups).flat();
const seen = [];
/** The same after a full collection: growth here is a leak, growth of the resident size may be laziness. */
const settled = [];
const held = [];
// As the threads of the pool run.
tuneEngine();
for (let index = 1; index <= DOCUMENTS; index += 1) {
  const { path, bytes } = documents[index % documents.length];
  await processDocument(bytes, inputOf(path), DEFAULT_SETTINGS);
  if (index % SETTLED_AFTER === 0) {
    say(`memory: ${index} of ${DOCUMENTS}`);
    seen.push(rssMb());
    globalThis.gc?.();
    settled.push(rssMb());
    held.push(rounded(process.memoryUsage().heapUsed / 2 ** 20));
  }
}
print({
  question: 'memory',
  set,
  documents: DOCUMENTS,
  rss_mb_after_each_hundred: seen,
  rss_mb_after_each_hundred_collected: settled,
  heap_mb_after_each_hundred: held,
  growth_mb_after_first_hundred: rounded(seen.at(-1) - seen[0]),
  growth_mb_after_first_hundred_collected: rounded(settled.at(-1) - settled[0]),
});
