import { describe, expect, test } from '@jest/globals';
import { queueFor } from '../../src/queue/open-queues.js';
import { drawnPdf, print } from '../helpers/drawn-pdf.js';
import { pdfOf } from '../helpers/odd-pdf.js';

const NOTHING = { contentType: null, path: null, uri: null };
const NO_BYTES = new Uint8Array(0);

function scannedPdf(packed: string): Uint8Array {
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> >>',
    `<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream${packed}`,
  ]);
}

describe('queueFor', () => {
  test.each([
    ['a picture by its name', { ...NOTHING, path: 'crawl/report.JPG' }, NO_BYTES, 'ocr'],
    ['a picture by its address', { ...NOTHING, uri: 'http://a.gov.cn/b.png?v=1' }, NO_BYTES, 'ocr'],
    ['a picture by its type', { ...NOTHING, contentType: 'image/tiff' }, NO_BYTES, 'ocr'],
    ['a PDF of pictures without a font', { ...NOTHING, path: 'scan.pdf' }, scannedPdf(''), 'ocr'],
    [
      'a PDF with text',
      { ...NOTHING, path: 'text.pdf' },
      drawnPdf([{ content: print('12', 9, 9) }]),
      'extract',
    ],
    ['a PDF whose objects are packed', NOTHING, scannedPdf('\n% /Type /ObjStm'), 'extract'],
    ['a page', { ...NOTHING, contentType: 'text/html' }, Buffer.from('<p>/Image %PDF-'), 'extract'],
    ['what is known by name only', { ...NOTHING, path: 'report.pdf' }, null, 'extract'],
  ])('sends %s where it belongs', (_, document, bytes, queue) => {
    expect(queueFor(document, bytes)).toBe(queue);
  });
});
