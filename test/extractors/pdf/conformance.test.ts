import { describe, expect, test } from '@jest/globals';
import type { PdfPage, PdfReader } from '../../../src/extractors/pdf/pdf-reader.js';
import { readWithPdfium } from '../../../src/extractors/pdf/pdfium-reader.js';
import { readWithPdfjs } from '../../../src/extractors/pdf/pdfjs-reader.js';
import type { Box } from '../../../src/model/geometry.js';
import { type DrawnPage, drawnPdf, line, print, printUpwards } from '../../helpers/drawn-pdf.js';
import { emptyPagesPdf, encryptedPdf } from '../../helpers/odd-pdf.js';

const SETTINGS = { maxPages: 100 };
/** How far the engines may differ, in points. */
const TOLERANCE = 1.5;
const READERS: readonly (readonly [string, PdfReader])[] = [
  ['pdfium', readWithPdfium],
  ['pdfjs', readWithPdfjs],
];

async function readPage(read: PdfReader, page: DrawnPage): Promise<PdfPage> {
  const { pages } = await read(drawnPdf([page]), SETTINGS);
  if (!pages[0]) throw new Error('no page was read');
  return pages[0];
}

function textOf(page: PdfPage): string {
  return page.glyphs.map((glyph) => (glyph.isAfterSpace ? ' ' : '') + glyph.text).join('');
}

function expectNear(box: Box | undefined, expected: Box): void {
  for (const side of ['left', 'top', 'right', 'bottom'] as const) {
    expect(Math.abs((box?.[side] ?? Infinity) - expected[side])).toBeLessThanOrEqual(TOLERANCE);
  }
}

describe.each(READERS)('%s', (name, read) => {
  test('says which engine read', async () => {
    expect((await read(emptyPagesPdf(1), SETTINGS)).engine).toBe(name);
  });

  test('reads characters with their spaces', async () => {
    const page = await readPage(read, { content: print('Total 1,295 (x)', 50, 700) });
    expect(textOf(page)).toBe('Total 1,295 (x)');
  });

  test('reads Chinese whose font is not embedded', async () => {
    const page = await readPage(read, { content: print('政府信息公开', 50, 700, 12) });
    expect(textOf(page)).toBe('政府信息公开');
    expectNear(page.glyphs[5]?.box, { left: 110, top: 131.4, right: 122, bottom: 143.4 });
  });

  test('places characters from the top left, from 0.12 em below their base line to 0.88 em above', async () => {
    const page = await readPage(read, { content: print('mm', 100, 742, 20) });
    expectNear(page.glyphs[0]?.box, { left: 100, top: 82.4, right: 116.7, bottom: 102.4 });
    expectNear(page.glyphs[1]?.box, { left: 116.7, top: 82.4, right: 133.3, bottom: 102.4 });
  });

  test('scales characters with the text matrix and with the page', async () => {
    const page = await readPage(read, {
      content: 'q 2 0 0 2 0 0 cm BT /F1 1 Tf 10 0 0 10 50 100 Tm (m) Tj ET Q',
    });
    expect(page.glyphs[0]?.size).toBeCloseTo(20, 3);
    expectNear(page.glyphs[0]?.box, { left: 100, top: 624.4, right: 116.7, bottom: 644.4 });
  });

  test('honours spacing, scaling and kerning of text', async () => {
    const page = await readPage(read, {
      content: 'BT /F1 10 Tf 2 Tc 50 Tz 1 0 0 1 50 700 Tm [(mm) -1000 (m)] TJ ET',
    });
    const lefts = page.glyphs.map((glyph) => Math.round(glyph.box.left * 10) / 10);
    expect(lefts[0]).toBeCloseTo(50, 0);
    expect(lefts[1]).toBeCloseTo(55.2, 0);
    expect(lefts[2]).toBeCloseTo(65.3, 0);
  });

  test('tells text that runs upwards', async () => {
    const page = await readPage(read, { content: printUpwards('mm', 100, 700, 20) });
    expect(page.glyphs.map((glyph) => glyph.turn)).toEqual([270, 270]);
    expectNear(page.glyphs[0]?.box, { left: 82.4, top: 125.3, right: 102.4, bottom: 142 });
  });

  test.each([
    [0, 595, 842, { left: 100, top: 124.4, right: 116.7, bottom: 144.4 }, 0],
    [90, 842, 595, { left: 697.6, top: 100, right: 717.6, bottom: 116.7 }, 90],
    [180, 595, 842, { left: 478.3, top: 697.6, right: 495, bottom: 717.6 }, 180],
    [270, 842, 595, { left: 124.4, top: 478.3, right: 144.4, bottom: 495 }, 270],
  ])('applies the rotation of a page turned by %d degrees', async (turn, width, height, box, textTurn) => {
    const page = await readPage(read, {
      content: print('m', 100, 700, 20) + line(50, 600, 250, 600),
      entries: `/Rotate ${turn}`,
    });
    expect([page.width, page.height]).toEqual([width, height]);
    expect(page.glyphs[0]?.turn).toBe(textTurn);
    expectNear(page.glyphs[0]?.box, box);
    expect(page.rulings[0]?.direction).toBe(turn % 180 === 0 ? 'horizontal' : 'vertical');
  });

  test('marks characters that run at a slant or are not drawn', async () => {
    const page = await readPage(read, {
      content:
        `${print('a', 50, 700)}BT /F1 20 Tf 0.87 0.5 -0.5 0.87 100 100 Tm (b) Tj ET\n` +
        'BT 3 Tr /F1 10 Tf 1 0 0 1 50 600 Tm (c) Tj ET\n',
    });
    const marks = page.glyphs.map(({ text, isSlanted = false, isHidden = false }) => [
      text,
      isSlanted,
      isHidden,
    ]);
    expect(marks.sort()).toEqual([
      ['a', false, false],
      ['b', true, false],
      ['c', false, true],
    ]);
  });

  test('takes heavy borders for lines and rows of colour for areas', async () => {
    const page = await readPage(read, { content: '50 700 4 40 re f 60 700 200 4 re f 60 600 200 12 re f' });
    expect(page.rulings.map(({ direction }) => direction).sort()).toEqual(['horizontal', 'vertical']);
    expect(page.fills).toHaveLength(1);
  });

  test('counts from the corner of the crop box and leaves out what it hides', async () => {
    const content = print('m', 150, 700, 20) + print('hidden', 10, 10, 10);
    const page = await readPage(read, { content, entries: '/CropBox [100 100 400 800]' });
    expect([page.width, page.height]).toEqual([300, 700]);
    expect(textOf(page)).toBe('m');
    expectNear(page.glyphs[0]?.box, { left: 50, top: 82.4, right: 66.7, bottom: 102.4 });
  });

  test('reads ruling lines from strokes, thin areas and frames', async () => {
    const stroke = await readPage(read, { content: line(50, 700, 250, 700) });
    expect(stroke.rulings).toEqual([
      expect.objectContaining({ direction: 'horizontal', at: 142, from: 50, to: 250 }),
    ]);
    const thin = await readPage(read, { content: '50 700 1 100 re f' });
    expect(thin.rulings).toEqual([
      expect.objectContaining({ direction: 'vertical', at: 50.5, from: 42, to: 142 }),
    ]);
    const frame = await readPage(read, { content: '50 700 200 40 re S' });
    expect(frame.rulings).toHaveLength(4);
    expect(frame.fills).toHaveLength(0);
  });

  test('keeps backgrounds of cells apart from lines, and paths that only clip out of both', async () => {
    const page = await readPage(read, { content: '50 700 200 40 re f 0 0 10 10 re W n' });
    expect(page.rulings).toHaveLength(0);
    expect(page.fills).toEqual([{ left: 50, top: 102, right: 250, bottom: 142 }]);
  });

  test('follows form XObjects with their matrix', async () => {
    const page = await readPage(read, {
      content: 'q 1 0 0 1 5 5 cm /Form Do Q',
      form: print('m', 85, 675, 20) + line(0, 0, 100, 0),
    });
    expectNear(page.glyphs[0]?.box, { left: 100, top: 124.4, right: 116.7, bottom: 144.4 });
    expect(page.rulings[0]).toMatchObject({ direction: 'horizontal', from: 15, to: 115, at: 817 });
  });

  test.each([
    ['FreeText', 4, 'm'],
    ['FreeText', 2, ''],
    ['Widget', 4, 'm'],
    ['Stamp', 4, ''],
  ])('takes what a %s with the flags %d shows as %j of the page', async (kind, flags, text) => {
    const appearance = '/Rect [10 20 2010 2020] /AP << /N 9 0 R >>';
    const page = await readPage(read, {
      content: line(0, 0, 1, 1),
      form: print('m', 90, 680, 20),
      entries: `/Annots [<< /Type /Annot /Subtype /${kind} /FT /Tx /T (a) /F ${flags} ${appearance} >>]`,
    });
    expect(textOf(page)).toBe(text);
    if (text !== '') expectNear(page.glyphs[0]?.box, { left: 100, top: 124.4, right: 116.7, bottom: 144.4 });
  });

  test('reads pages up to the limit, says so, and reports each', async () => {
    const seen: number[] = [];
    const reading = await read(emptyPagesPdf(5), { maxPages: 3, onPage: (page) => seen.push(page) });
    expect(reading.pages.map((page) => page.pageNumber)).toEqual([1, 2, 3]);
    expect(seen).toEqual([1, 2, 3]);
    expect(reading.diagnostics.map((one) => one.code)).toEqual(['TRUNCATED_READ']);
  });

  test('leaves out a page of more characters than any page has, says so, and keeps the others', async () => {
    const line = `(${'abc'.repeat(100)}) Tj`;
    const crowded = Array.from(
      { length: 350 },
      (_, i) => `BT /F1 1 Tf 1 0 0 1 ${i % 200} ${2 * i + 20} Tm ${line} ET`,
    );
    const reading = await read(
      drawnPdf([{ content: print('1', 50, 700) }, { content: crowded.join('\n') }]),
      SETTINGS,
    );
    expect(reading.pages.map((page) => page.glyphs.length)).toEqual([1, 0]);
    expect(reading.pages[1]).toMatchObject({ width: 595, height: 842 });
    expect(reading.diagnostics).toMatchObject([{ code: 'TRUNCATED_READ', page: 2 }]);
  });

  test('leaves the built-in functions as they were', async () => {
    // pdf.js brings its own for old browsers, which would slow down everything else in the thread.
    const before = [JSON.parse, JSON.stringify];
    const push = Object.getOwnPropertyDescriptor(Array.prototype, 'push');
    await read(drawnPdf([{ content: print('1', 50, 700) }]), SETTINGS);
    expect(Object.getOwnPropertyDescriptor(Array.prototype, 'push')).toEqual(push);
    expect([JSON.parse, JSON.stringify]).toEqual(before);
  });

  test('says that a password is needed', async () => {
    await expect(read(encryptedPdf(), SETTINGS)).rejects.toMatchObject({ code: 'SOURCE_ENCRYPTED' });
  });

  test.each([
    ['no PDF at all', Buffer.from('<html>404</html>')],
    ['a head without a body', Buffer.from('%PDF-1.4\n')],
  ])('says that %s is damaged', async (_, bytes) => {
    await expect(read(bytes, SETTINGS)).rejects.toMatchObject({ code: 'SOURCE_CORRUPT' });
  });

  test('leaves the bytes as they are', async () => {
    const bytes = drawnPdf([{ content: print('m', 50, 700) }]);
    const copy = Uint8Array.from(bytes);
    await read(bytes, SETTINGS);
    expect(Buffer.from(bytes).equals(Buffer.from(copy))).toBe(true);
  });
});
