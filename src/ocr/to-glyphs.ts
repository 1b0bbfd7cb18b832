import type { Box } from '../model/geometry.js';
import type { Glyph } from '../tables/glyph.js';
import type { TextLine } from '../tables/text-line.js';
import type { PixelBox } from './raster.js';
import type { LineReading } from './reading.js';

const CJK = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;
/** Height of the ink of a line in ems: Chinese characters nearly fill their square, digits do not. */
const INK_EMS = { cjk: 0.9, latin: 0.73 } as const;
/** Sizes this close to the usual one are the usual one: ink is measured in whole pixels. */
const USUAL_SHARE = 0.15;

/** A line as read becomes a line of characters; `usualHeight` is the height of a Chinese character's ink, in pixels. */
export function toTextLine(
  line: LineReading,
  usualHeight: number,
  toPoints: (box: PixelBox) => Box,
): TextLine {
  const em = emOf(line, usualHeight);
  const glyphs = toGlyphs(line, em, toPoints);
  const middle = (line.box.top + line.box.bottom) / 2;
  const box = toPoints({ ...line.box, top: middle - em / 2, bottom: middle + em / 2 });
  return { text: line.text, box, size: glyphs[0]?.size ?? box.bottom - box.top, turn: 0, glyphs };
}

/** The ink of these tells the size of print; that of dashes and points does not. */
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Size of the line's em square in pixels. */
function emOf(line: LineReading, usualHeight: number): number {
  const usual = usualHeight / INK_EMS.cjk;
  if (!LETTER_OR_DIGIT.test(line.text)) return usual;
  const own = (line.box.bottom - line.box.top) / (CJK.test(line.text) ? INK_EMS.cjk : INK_EMS.latin);
  return Math.abs(own - usual) <= USUAL_SHARE * usual ? usual : own;
}

/**
 * Characters with boxes that reach half way to their neighbours: the network tells where a character is, not how wide.
 * White space read between characters becomes a mark on the one behind it.
 */
function toGlyphs(line: LineReading, em: number, toPoints: (box: PixelBox) => Box): Glyph[] {
  const { left, right, top, bottom } = line.box;
  const printed = line.characters.filter((character) => character.text.trim() !== '');
  const middles = printed.map((c) =>
    Math.min(right, Math.max(left, line.cropLeft + c.place * line.cropWidth)),
  );
  const middle = (top + bottom) / 2;
  const scale = toPoints({ left: 0, top: 0, right: 0, bottom: em });
  const size = scale.bottom - scale.top;
  return printed.map((character, i) => {
    const at = middles[i] ?? left;
    const before = i === 0 ? left : ((middles[i - 1] ?? left) + at) / 2;
    const after = i === printed.length - 1 ? right : (at + (middles[i + 1] ?? right)) / 2;
    const previous = line.characters[line.characters.indexOf(character) - 1];
    return {
      text: character.text,
      box: toPoints({ left: before, right: after, top: middle - em / 2, bottom: middle + em / 2 }),
      size,
      turn: 0,
      isAfterSpace: previous?.text.trim() === '',
      certainty: line.confidence,
    };
  });
}
