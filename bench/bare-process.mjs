import { openBarePdfium } from './bare-pdfium.mjs';
import { documentsByFormat } from './support.mjs';

/** Reads PDFs with bare pdfium for the milliseconds given, once told to start, and tells how many a second. */
const milliseconds = Number(process.argv[2]);
const WARM_UP_DOCUMENTS = 60;

const documents = documentsByFormat().groups.pdf;
const read = await openBarePdfium();
const readNext = (at) => read(documents[at % documents.length]);
for (let at = 0; at < WARM_UP_DOCUMENTS; at += 1) readNext(at);
process.once('message', () => {
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < milliseconds) {
    readNext(done);
    done += 1;
  }
  process.send((done / (performance.now() - start)) * 1000, () => process.disconnect());
});
process.send('ready');
