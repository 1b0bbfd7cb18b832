import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/errors/app-error.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../src/extractors/extractor.js';
import { pdfExtractor } from '../../src/extractors/pdf/index.js';
import { READER_IN_PROCESS, type PageReader } from '../../src/ocr/page-reader.js';
import { toGray, type GrayImage } from '../../src/ocr/raster.js';
import type { TablesResult } from '../../src/pipeline/reconstruct-tables.js';
import { DEFAULT_SETTINGS } from '../../src/pipeline/settings.js';
import { DEFAULT_POOL_SETTINGS, DocumentPool, type PoolSettings } from '../../src/pool/document-pool.js';
import { pdfOf } from '../helpers/odd-pdf.js';
import { gridLines, renderSheet } from '../ocr/render-sheet.js';

const XS = [60, 200, 340];
const YS = [500, 460, 420];
const CELLS_A_PAGE = 4;
/** The number that each scan shows in all its cells. */
const VALUES = ['17', '4203', '586'];

/** A ruled table with this in each cell. */
async function scanOf(value: string): Promise<GrayImage> {
  const texts = [480, 440].flatMap((y) => [110, 250].map((x) => ({ x, y: y - 5, text: value, size: 14 })));
  return toGray(await renderSheet({ lines: gridLines(XS, YS), texts }));
}

/** A PDF whose pages are pictures: `order` names the picture of each. */
function pdfOfScans(scans: readonly GrayImage[], order: readonly number[]): Uint8Array {
  const firstPage = 4 + scans.length;
  const kids = order.map((_, index) => `${firstPage + index} 0 R`);
  const content = 'q 420 0 0 594 0 0 cm /P Do Q';
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${kids.length} /Kids [${kids.join(' ')}] >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ...scans.map(({ width, height, data }) => {
      const pixels = Buffer.from(data).toString('latin1');
      return `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${pixels.length} >>\nstream\n${pixels}\nendstream`;
    }),
    ...order.map(
      (scan) =>
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 594] /Contents 3 0 R /Resources << /XObject << /P ${4 + scan} 0 R >> >> >>`,
    ),
  ]);
}

describe('DocumentPool on scans', () => {
  let pool: DocumentPool | null = null;
  let scans: GrayImage[];
  beforeAll(async () => {
    scans = await Promise.all(VALUES.map(scanOf));
  });
  afterEach(async () => {
    await pool?.close();
    pool = null;
  });

  async function readTables(
    pdfs: readonly Uint8Array[],
    settings: Partial<PoolSettings>,
  ): Promise<TablesResult[]> {
    await pool?.close();
    const opened = (pool = new DocumentPool({ ...DEFAULT_POOL_SETTINGS, ...settings }));
    const input = { path: 'scan.pdf', uri: null, hints: {} };
    return Promise.all(
      pdfs.map((bytes) =>
        opened.readTables({ load: () => Promise.resolve(bytes), input, settings: DEFAULT_SETTINGS }),
      ),
    );
  }

  test('gives the same for pages read side by side, of two documents at once, as for pages read one after the other', async () => {
    const orders = [[0, 1], [2]];
    const pdfs = orders.map((order) => pdfOfScans(scans, order));
    const oneByOne = await readTables(pdfs, { ocrJobs: 1 });
    const sideBySide = await readTables(pdfs, { threads: 2, ocrJobs: 2 });
    expect(sideBySide).toEqual(oneByOne);
    expect(sideBySide.flatMap(valuesOf)).toEqual(VALUES);
  });

  test('keeps the pages before the first that comes too late, and none behind it', async () => {
    const pageReader: PageReader = {
      lookAhead: 4,
      read: (request) =>
        request.place.pageNumber === 2
          ? Promise.reject(new AppError('TIME_LIMIT', 'late'))
          : READER_IN_PROCESS.read(request),
    };
    const settings = { ...DEFAULT_EXTRACT_SETTINGS, pageReader };
    const document = await pdfExtractor.extract(pdfOfScans(scans, [0, 1, 2]), settings, {});
    expect(document.tables.map((table) => table.cells[0]?.text)).toEqual([VALUES[0]]);
    expect(document.diagnostics).toContainEqual(expect.objectContaining({ code: 'TIME_LIMIT', page: 2 }));
  });
});

/** What stands in the first cell of each page: tables that go on over pages are one. */
function valuesOf({ tables }: TablesResult): (string | undefined)[] {
  const cells = tables.flatMap((table) => table.cells);
  return cells.filter((_, index) => index % CELLS_A_PAGE === 0).map(({ text }) => text);
}
