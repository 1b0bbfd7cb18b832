import type { Box } from '../../model/geometry.js';
import { type Glyph, type Turn } from '../../tables/glyph.js';

/** Share of the em square above the base line; the rest is below. Holds for CJK fonts and nearly for Latin ones. */
const ASCENT_EM = 0.88;
const DESCENT_EM = 0.12;
/** No character is wider than this (em); a font that says so has wrong widths (fonts for vertical writing do). */
const WIDEST_EM = 1.6;

/** Text rendering mode of text that is there to be searched only (ISO 32000-1, 9.3.6). */
export const INVISIBLE = 3;

/** Where an engine found a character: origin on the base line and advance, on the page as displayed. */
export interface GlyphPlace {
  readonly x: number;
  readonly y: number;
  readonly advance: number;
  readonly size: number;
  readonly turn: Turn;
}

/** The character's box by the rule of `Glyph.box`. */
export function glyphBox({ x, y, advance: stated, size, turn }: GlyphPlace): Box {
  const advance = stated > WIDEST_EM * size ? size : stated;
  const above = size * ASCENT_EM;
  const below = size * DESCENT_EM;
  switch (turn) {
    case 0:
      return { left: x, top: y - above, right: x + advance, bottom: y + below };
    case 180:
      return { left: x - advance, top: y - below, right: x, bottom: y + above };
    case 90:
      return { left: x - below, top: y, right: x + above, bottom: y + advance };
    case 270:
      return { left: x - above, top: y - advance, right: x + below, bottom: y };
  }
}

/** White space, joiners and marks without ink: they become `isAfterSpace` of the next character, or nothing. */
export function isBlank(codePoint: number): boolean {
  return (
    codePoint <= 32 ||
    codePoint === 0xa0 ||
    codePoint === 0x3000 ||
    (codePoint >= 0x2000 && codePoint <= 0x200b) ||
    codePoint === 0xfeff
  );
}

/** False for characters that the page's crop box hides entirely. */
export function isVisible(glyph: Glyph, width: number, height: number): boolean {
  const { left, top, right, bottom } = glyph.box;
  return right > 0 && left < width && bottom > 0 && top < height;
}
