import { beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { pdfExtractor } from '../../../src/extractors/pdf/index.js';
import type { Document } from '../../../src/model/document.js';
import { toGray, type GrayImage } from '../../../src/ocr/raster.js';
import { pdfOf } from '../../helpers/odd-pdf.js';
import { gridLines, renderSheet } from '../../ocr/render-sheet.js';

const XS = [30, 120, 210, 300, 390];
const YS = [500, 470, 440, 410];
const VALUES = [
  ['1', '11', '100', '2024'],
  ['0', '', '-', '/'],
  ['38', '7', '1,295', '0.25'],
];

/** A PDF page with a picture called /Picture, a Latin font /F1 and a font without any character map /F2. */
function pdfWith(picture: GrayImage, content: string): Uint8Array {
  const pixels = Buffer.from(picture.data).toString('latin1');
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 594] /Contents 4 0 R /Resources << /XObject << /Picture 5 0 R >> /Font << /F1 6 0 R /F2 7 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `<< /Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${pixels.length} >>\nstream\n${pixels}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /Font /Subtype /Type0 /BaseFont /Lost /Encoding /Identity-H /DescendantFonts [8 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Lost /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 9 0 R >>',
    '<< /Type /FontDescriptor /FontName /Lost /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 /ItalicAngle 0 >>',
  ]);
}

function read(bytes: Uint8Array): Promise<Document> {
  return pdfExtractor.extract(bytes, DEFAULT_EXTRACT_SETTINGS, {});
}

function texts(document: Document): string[][] {
  const [table] = document.tables;
  return Array.from({ length: table?.rowCount ?? 0 }, (_, row) =>
    (table?.cells ?? []).filter((cell) => cell.rowIndex === row).map((cell) => cell.text),
  );
}

function codes(document: Document): string[] {
  return document.diagnostics.map((diagnostic) => diagnostic.code);
}

const WHOLE_PAGE = 'q 420 0 0 594 0 0 cm /Picture Do Q';

describe('pictures on PDF pages', () => {
  let picture: GrayImage;
  beforeAll(async () => {
    const cells = VALUES.flatMap((row, r) =>
      row.map((text, c) => ({ x: (XS[c] ?? 0) + 35, y: (YS[r + 1] ?? 0) + 10, text })),
    );
    const sheet = { lines: gridLines(XS, YS), texts: cells.filter(({ text }) => text !== '') };
    picture = toGray(await renderSheet(sheet));
  });

  test('count where an invisible text layer says something else', async () => {
    const layer =
      'BT 3 Tr /F1 11 Tf 65 480 Td (7 77 700 7024) Tj 0 -60 Td (wrong words of another program) Tj ET';
    const document = await read(pdfWith(picture, `${layer}\n${WHOLE_PAGE}`));
    expect(texts(document)).toEqual(VALUES);
    expect(codes(document)).toEqual(['TEXT_LAYER_USELESS', 'OCR_USED']);
    expect(document.diagnostics[0]?.message).toMatch(/^The invisible text of the page agrees with \d+ %/);
  });

  test('are read without a complaint where the invisible text says the same', async () => {
    const rows = VALUES.map((row, r) => `1 0 0 1 65 ${480 - 30 * r} Tm (${row.join(' ')}) Tj`);
    const document = await read(pdfWith(picture, `BT 3 Tr /F1 11 Tf ${rows.join(' ')} ET\n${WHOLE_PAGE}`));
    expect(texts(document)).toEqual(VALUES);
    expect(codes(document)).toEqual(['OCR_USED']);
  });

  test('are left alone behind text that shows', async () => {
    const document = await read(
      pdfWith(picture, `${WHOLE_PAGE}\nBT /F1 11 Tf 65 300 Td (printed over a picture) Tj ET`),
    );
    expect(codes(document)).not.toContain('OCR_USED');
  });

  test('are read where the text has no character map', async () => {
    const codesOfNothing = Array.from({ length: 80 }, (_, i) => (0xe100 + i).toString(16)).join('');
    const layer = `BT /F2 6 Tf 10 20 Td <${codesOfNothing}> Tj ET`;
    const document = await read(pdfWith(picture, `${layer}\n${WHOLE_PAGE}`));
    expect(texts(document)).toEqual(VALUES);
    expect(codes(document)).toEqual(['TEXT_LAYER_USELESS', 'OCR_USED']);
  });

  test('give their tables between the lines of text they stand between', async () => {
    const content = [
      'BT /F1 11 Tf 40 570 Td (Above stands a line of text) Tj ET',
      'q 378 0 0 534.6 20 20 cm /Picture Do Q',
      'BT /F1 11 Tf 40 8 Td (Below stands another line) Tj ET',
    ];
    const document = await read(pdfWith(picture, content.join('\n')));
    expect(texts(document)).toEqual(VALUES);
    expect(codes(document)).toEqual(['OCR_USED']);
    expect(document.blocks.map((block) => block.kind === 'table')).toEqual([false, true, false]);
    const cell = document.tables[0]?.cells[0];
    expect(cell?.confidence).toBeGreaterThan(0.9);
  });
});
