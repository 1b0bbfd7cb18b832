import type { Box, RulingLine } from '../../model/geometry.js';
import type { Turn } from '../../tables/glyph.js';
import type { PrintedPage } from './printed-page.js';

/** Share of a page's characters that stand sideways where the page lies turned; labels of groups stand so too. */
const SIDEWAYS_SHARE = 0.6;
const QUARTER = 90;

/**
 * A page whose print stands sideways or upside down as displayed, turned so that it reads from left to right: a wide
 * table on a tall page. `quarters` tells by how much; every other page comes back as it is.
 */
export function setUpright(page: PrintedPage): PrintedPage {
  const quarters = page.quarters === undefined ? quartersToUpright(page) : 0;
  if (quarters === 0) return page;
  const turned = (box: Box): Box => turnBox(box, page, quarters);
  const isOnSide = quarters !== 2;
  return {
    ...page,
    quarters,
    width: isOnSide ? page.height : page.width,
    height: isOnSide ? page.width : page.height,
    glyphs: page.glyphs.map((glyph) => ({
      ...glyph,
      box: turned(glyph.box),
      turn: ((glyph.turn + quarters * QUARTER) % 360) as Turn,
    })),
    rulings: page.rulings.map((line) => turnRuling(line, turned, isOnSide)),
    fills: page.fills.map(turned),
    ...(page.drawings ? { drawings: page.drawings.map(turned) } : {}),
    ...(page.pictures ? { pictures: page.pictures.map(turned) } : {}),
  };
}

/** Quarter turns clockwise after which most of the page's characters are upright. */
function quartersToUpright({ glyphs }: PrintedPage): 0 | 1 | 2 | 3 {
  const counts = { 0: 0, 90: 0, 180: 0, 270: 0 };
  for (const glyph of glyphs) if (!glyph.isSlanted) counts[glyph.turn]++;
  const turn = ([90, 180, 270] as const).find((one) => counts[one] > SIDEWAYS_SHARE * glyphs.length);
  return turn === undefined ? 0 : ((4 - turn / QUARTER) as 1 | 2 | 3);
}

/** A box on a page of this size (points) on the same page turned clockwise by so many quarters. */
export function turnBox(box: Box, page: Pick<PrintedPage, 'width' | 'height'>, quarters: 1 | 2 | 3): Box {
  const { left, top, right, bottom } = box;
  switch (quarters) {
    case 1:
      return { left: page.height - bottom, top: left, right: page.height - top, bottom: right };
    case 2:
      return {
        left: page.width - right,
        top: page.height - bottom,
        right: page.width - left,
        bottom: page.height - top,
      };
    case 3:
      return { left: top, top: page.width - right, right: bottom, bottom: page.width - left };
  }
}

function turnRuling(line: RulingLine, turned: (box: Box) => Box, isOnSide: boolean): RulingLine {
  const { at, from, to, thickness } = line;
  const isHorizontal = line.direction === 'horizontal';
  const box = turned(
    isHorizontal
      ? { left: from, right: to, top: at, bottom: at }
      : { left: at, right: at, top: from, bottom: to },
  );
  return isHorizontal !== isOnSide
    ? { direction: 'horizontal', at: box.top, from: box.left, to: box.right, thickness }
    : { direction: 'vertical', at: box.left, from: box.top, to: box.bottom, thickness };
}
