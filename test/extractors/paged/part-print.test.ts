import { describe, expect, test } from '@jest/globals';
import { partPrint } from '../../../src/extractors/paged/part-print.js';
import type { Glyph } from '../../../src/tables/glyph.js';
import { printLine } from '../../helpers/print-line.js';

/** Characters of one line; `order` counts on from `first`. */
function print(
  text: string,
  left: number,
  top: number,
  size: number,
  first = 0,
  marks: Partial<Glyph> = {},
): Glyph[] {
  const line = printLine(text, left, top, size, marks);
  return line.map((glyph, i) => ({ ...glyph, order: first + i }));
}

function textOf(glyphs: readonly Glyph[]): string {
  return glyphs.map(({ text }) => text).join('');
}

const BODY = print('规章2件行政规范性文件9件', 50, 100, 10);

describe('What a page prints over its text', () => {
  test('is a watermark where it stands at a slant', () => {
    const layers = partPrint([...BODY, ...print('内部资料', 60, 60, 40, 20, { isSlanted: true })]);
    expect(textOf(layers.body)).toBe(textOf(BODY));
    expect(layers.watermarks.map(textOf)).toEqual(['内部资料']);
  });

  test('is a watermark as a whole where it is large and part of it covers smaller text', () => {
    const layers = partPrint([...BODY, ...print('政务公开水印', 20, 90, 40, 20)]);
    expect(textOf(layers.body)).toBe(textOf(BODY));
    expect(layers.watermarks.map(textOf)).toEqual(['政务公开水印']);
  });

  test('is none where large text keeps clear of other text', () => {
    const layers = partPrint([...print('年度报告', 50, 20, 22), ...BODY]);
    expect(layers.watermarks).toEqual([]);
    expect(textOf(layers.body)).toBe(`年度报告${textOf(BODY)}`);
  });
});

describe('Hidden text', () => {
  test('is left out where it copies the drawn text', () => {
    const copy = BODY.map((glyph) => ({ ...glyph, isHidden: true as const }));
    expect(textOf(partPrint([...BODY, ...copy]).body)).toBe(textOf(BODY));
  });

  test('stays where nothing is drawn in its place', () => {
    const hidden = print('行政处罚115', 50, 400, 10, 20, { isHidden: true });
    expect(textOf(partPrint([...BODY, ...hidden]).body)).toBe(textOf([...BODY, ...hidden]));
  });
});
