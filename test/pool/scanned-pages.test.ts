import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
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
/** Far more pages than are recognised before `SHORT_MS`, which is ample for the first. */
const MANY_PAGES = 600;
const SHORT_MS = 8_000;

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
  let pool: DocumentPool;
  let scans: GrayImage[];
  beforeAll(async () => {
    scans = await Promise.all(VALUES.map(scanOf));
  });
  afterEach(() => pool.close());

  function open(settings: Partial<PoolSettings>): void {
    pool = new DocumentPool({ ...DEFAULT_POOL_SETTINGS, ...settings });
  }

  function readTables(bytes: Uint8Array): Promise<TablesResult> {
    const input = { path: 'scan.pdf', uri: null, hints: {} };
    return pool.readTables({ load: () => Promise.resolve(bytes), input, settings: DEFAULT_SETTINGS });
  }

  test('gives the same for pages read side by side, of two documents at once, as for pages read one after the other', async () => {
    const orders = [[0, 1], [2]];
    const pdfs = orders.map((order) => pdfOfScans(scans, order));
    open({ ocrJobs: 1 });
    const oneByOne = await Promise.all(pdfs.map(readTables));
    await pool.close();
    open({ threads: 2, ocrJobs: 2 });
    const sideBySide = await Promise.all(pdfs.map(readTables));
    expect(sideBySide).toEqual(oneByOne);
    expect(sideBySide.flatMap(valuesOf)).toEqual(VALUES);
  });

  test('keeps the first pages at the time limit, without a gap, and reads the next document', async () => {
    open({ ocrJobs: 2, timeoutMs: SHORT_MS });
    const order = Array.from({ length: MANY_PAGES }, (_, index) => index % 3);
    const cut = await readTables(pdfOfScans(scans, order));
    expect(cut.error).toBeUndefined();
    const late = cut.diagnostics?.find(({ code }) => code === 'TIME_LIMIT');
    const finished = order.slice(0, (late?.page ?? 0) - 1);
    expect(valuesOf(cut)).toEqual(finished.map((scan) => VALUES[scan]));
    expect(cut.partial).toBe(true);
    expect(valuesOf(await readTables(pdfOfScans(scans, [2])))).toEqual(['586']);
  });
});

/** What stands in the first cell of each page: tables that go on over pages are one. */
function valuesOf({ tables }: TablesResult): (string | undefined)[] {
  const cells = tables.flatMap((table) => table.cells);
  return cells.filter((_, index) => index % CELLS_A_PAGE === 0).map(({ text }) => text);
}
