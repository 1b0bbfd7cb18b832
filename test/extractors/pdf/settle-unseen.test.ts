import { describe, expect, test } from '@jest/globals';
import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { extractPdfWith } from '../../../src/extractors/pdf/index.js';
import { type DrawnCell, drawnPdf, drawTable, print } from '../../helpers/drawn-pdf.js';

const PLACE = { left: 60, top: 700, width: 100, height: 30 };
const X = PLACE.left + PLACE.width + 20;
const Y = PLACE.top - 1.5 * PLACE.height;
const CELLS: DrawnCell[] = [
  { row: 0, column: 0, text: '项目' },
  { row: 0, column: 1, text: '数量' },
  { row: 1, column: 0, text: '申请' },
  { row: 1, column: 1 },
];
const ELSEWHERE = '400 100 50 50 re W n\n';

function patch(left: number, width: number): string {
  return `1 1 1 rg\n${left} ${Y - 4} ${width} 16 re f\n0 0 0 rg\n`;
}

/** The cell in which `content` stands; the page may draw `form` with its origin where the page's is. */
async function cellWith(content: string, form = ''): Promise<unknown> {
  const page = { content: drawTable(CELLS, PLACE) + content, form: `1 0 0 1 -10 -20 cm\n${form}` };
  const { tables } = await extractPdfWith('pdfium', drawnPdf([page]), DEFAULT_EXTRACT_SETTINGS);
  const { text, confidence } = tables[0]?.cells.at(-1) ?? {};
  return { text, confidence };
}

describe('text that is not seen', () => {
  test('is left out under an area painted over it, and not on one painted before', async () => {
    expect(await cellWith(print('77', X, Y) + patch(X - 2, 40) + print('3', X - 1, Y))).toEqual({
      text: '3',
    });
    expect(await cellWith(patch(X - 2, 40) + print('77', X, Y))).toEqual({ text: '77' });
  });

  test('stays in doubt where only part of a number is covered', async () => {
    const half = await cellWith(print('1234', X, Y) + patch(X + 11, 40));
    expect(half).toEqual({ text: '1234', confidence: 0.5 });
    const parts = print('12', X, Y) + print('34', X + 11.12, Y);
    expect(await cellWith(parts + patch(X + 11, 40))).toEqual({ text: '1234', confidence: 0.5 });
  });

  test('is left out beyond its clip, in forms too', async () => {
    expect(await cellWith(`q ${ELSEWHERE}${print('77', X + 20, Y)}Q\n${print('30', X, Y)}`)).toEqual({
      text: '30',
    });
    const form = print('77', X + 20, Y);
    expect(await cellWith(`q ${ELSEWHERE}/Form Do Q\n`, form)).toEqual({ text: '' });
    expect(await cellWith(`q ${X} ${Y - 5} 80 20 re W n\n/Form Do Q\n`, form)).toEqual({ text: '77' });
  });
});
