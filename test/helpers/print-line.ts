import type { Glyph } from '../../src/tables/glyph.js';

/** The characters of `text` from `left` on, in points and each as wide and high as `size`; `marks` hold for all of them. */
export function printLine(
  text: string,
  left: number,
  top: number,
  size = 10,
  marks: Partial<Glyph> = {},
): Glyph[] {
  return [...text].map((character, i) => ({
    text: character,
    box: { left: left + i * size, top, right: left + (i + 1) * size, bottom: top + size },
    size,
    turn: 0,
    isAfterSpace: false,
    ...marks,
  }));
}
