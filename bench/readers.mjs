import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { processDocument } from '../dist/pipeline/process-document.js';
import { DEFAULT_SETTINGS } from '../dist/pipeline/settings.js';
import { median, print, rounded, say, textPdfs } from './support.mjs';

/**
 * The whole path beside bare readers, over the same PDFs, in turns: one after the other would measure the weather. Each
 * in a process of its own: what one leaves to be collected is not the others' work.
 */
const TURNS = 7;
/** What each reader compiles while it runs its first turns is not measured; the whole path takes ten of them (some 540 documents). */
const WARM_UP_TURNS = 10;
const PROCESS = fileURLToPath(new URL('reader-process.mjs', import.meta.url));

const { set, documents, pages } = await textPdfs(processDocument, DEFAULT_SETTINGS);
const names = ['gongkai', 'bare pdfium', 'bare pdfjs', ...(hasPdftotext() ? ['pdftotext -layout'] : [])];
const readers = new Map(names.map((name) => [name, fork(PROCESS, [name])]));
const times = Object.fromEntries(names.map((name) => [name, []]));
for (let turn = 1 - WARM_UP_TURNS; turn <= TURNS; turn += 1) {
  say(turn > 0 ? `readers: turn ${turn} of ${TURNS}` : 'readers: warming up');
  for (const [name, reader] of readers) {
    reader.send('read');
    const [taken] = await once(reader, 'message');
    if (turn > 0) times[name].push(taken);
  }
}
for (const reader of readers.values()) reader.disconnect();
const bare = medians(times['bare pdfium']);
for (const reader of names) {
  const { elapsed, processor } = medians(times[reader]);
  // The processor's time of programs that it starts is not a reader's own.
  const isOwn = reader !== 'pdftotext -layout';
  print({
    question: 'readers',
    reader,
    set,
    documents: documents.length,
    pages,
    milliseconds_per_document: rounded(elapsed / documents.length),
    milliseconds_per_page: rounded(elapsed / pages),
    times_bare_pdfium: rounded(elapsed / bare.elapsed),
    ...(isOwn && { processor_times_bare_pdfium: rounded(processor / bare.processor) }),
    ...(reader === 'gongkai' && { target_times_bare_pdfium: 1.5 }),
  });
}

/** `processor` counts all threads of the reader's process, and stays true beside other work. */
function medians(turns) {
  return {
    elapsed: median(turns.map(({ elapsed }) => elapsed)),
    processor: median(turns.map(({ processor }) => processor)),
  };
}

function hasPdftotext() {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    say('readers: pdftotext is not installed and is left out');
    return false;
  }
}
