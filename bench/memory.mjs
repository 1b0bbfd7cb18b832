import { processDocument } from '../dist/pipeline/process-document.js';
import { DEFAULT_SETTINGS } from '../dist/pipeline/settings.js';
import { documentsByFormat, inputOf, print, rounded, rssMb, say } from './support.mjs';

/** Resident memory over many documents of all formats in one process; after the first hundred it should not grow. */
const DOCUMENTS = 500;
const SETTLED_AFTER = 100;

const { set, groups } = documentsByFormat();
const documents = Object.values(groups).flat();
const seen = [];
for (let index = 1; index <= DOCUMENTS; index += 1) {
  const { path, bytes } = documents[index % documents.length];
  await processDocument(bytes, inputOf(path), DEFAULT_SETTINGS);
  if (index % SETTLED_AFTER === 0) {
    say(`memory: ${index} of ${DOCUMENTS}`);
    seen.push(rssMb());
  }
}
print({
  question: 'memory',
  set,
  documents: DOCUMENTS,
  rss_mb_after_each_hundred: seen,
  growth_mb_after_first_hundred: rounded(Math.max(...seen) - seen[0]),
});
