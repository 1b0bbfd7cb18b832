import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boxAsShown } from '../../../src/extractors/paged/as-shown.js';
import { setUpright } from '../../../src/extractors/paged/set-upright.js';
import type { Glyph, Turn } from '../../../src/tables/glyph.js';
import { printedPage } from '../../helpers/printed-pages.js';

function glyph(text: string, left: number, top: number, turn: Turn): Glyph {
  return {
    text,
    box: { left, top, right: left + 10, bottom: top + 10 },
    size: 10,
    turn,
    isAfterSpace: false,
  };
}

describe('A page whose print stands sideways', () => {
  test('is turned with its lines, so that what follows in reading stands to the right', () => {
    const upwards = printedPage([glyph('a', 100, 500, 270), glyph('b', 100, 490, 270)], {
      rulings: [{ direction: 'vertical', at: 120, from: 200, to: 700, thickness: 1 }],
    });
    const upright = setUpright(upwards);
    expect(upright).toMatchObject({ quarters: 1, width: 800, height: 600 });
    expect(upright.glyphs.map(({ box, turn }) => [box.left, box.top, turn])).toEqual([
      [290, 100, 0],
      [300, 100, 0],
    ]);
    expect(upright.rulings).toEqual([{ direction: 'horizontal', at: 120, from: 100, to: 600, thickness: 1 }]);
  });

  test('keeps its place as displayed, whichever way it was turned', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Turn>(90, 180, 270),
        fc.integer({ min: 0, max: 590 }),
        fc.integer({ min: 0, max: 790 }),
        (turn, left, top) => {
          const shown = glyph('a', left, top, turn);
          const upright = setUpright(printedPage([shown]));
          const [only] = upright.glyphs;
          expect(only?.turn).toBe(0);
          expect(only && boxAsShown(upright, only.box)).toEqual(shown.box);
        },
      ),
    );
  });

  test('is told by most of its print: labels that stand sideways in a table do not turn the page', () => {
    const mixed = printedPage([glyph('a', 0, 0, 0), glyph('b', 10, 0, 0), glyph('c', 50, 90, 90)]);
    expect(setUpright(mixed)).toBe(mixed);
  });
});
