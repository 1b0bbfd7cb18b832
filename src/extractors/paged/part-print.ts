import type { Glyph } from '../../tables/glyph.js';

/** A page's characters by the layer they belong to. */
export interface PrintLayers {
  /** What the page says. */
  readonly body: readonly Glyph[];
  /** Watermarks: printed at a slant, or large over other text. Each run of characters in the order of the source. */
  readonly watermarks: readonly (readonly Glyph[])[];
}

/** Characters so much larger than the page's usual ones may be a watermark. */
const LARGE_SHARE = 1.8;
/** … where at least this share of their run stands on smaller characters. */
const COVERING_SHARE = 0.25;
/** Hidden characters are a copy of those that are drawn where at least this share of them stands on such. */
const COPY_SHARE = 0.5;
/** Places of characters are looked up in squares of this side (points). */
const SQUARE = 12;

/**
 * Parts what a page says from what is printed over it and hidden under it: slanted and oversized watermarks, and hidden
 * copies of the drawn text. Hidden text without a drawn original stays: it may be all there is.
 */
export function partPrint(glyphs: readonly Glyph[]): PrintLayers {
  const shown = withoutCopies(glyphs);
  const level = shown.some((glyph) => glyph.isSlanted) ? shown.filter((glyph) => !glyph.isSlanted) : shown;
  const slanted = level === shown ? [] : runsOf(shown.filter((glyph) => glyph.isSlanted));
  const covering = findCovering(level);
  if (covering.length === 0) return { body: level, watermarks: slanted };
  const gone = new Set(covering.flat());
  return { body: level.filter((glyph) => !gone.has(glyph)), watermarks: [...slanted, ...covering] };
}

function withoutCopies(glyphs: readonly Glyph[]): readonly Glyph[] {
  const hidden = glyphs.filter((glyph) => glyph.isHidden);
  if (hidden.length === 0 || hidden.length === glyphs.length) return glyphs;
  const drawn = glyphs.filter((glyph) => !glyph.isHidden);
  const isTaken = placesOf(drawn);
  const copies = hidden.filter((glyph) => isTaken(glyph)).length;
  return copies >= COPY_SHARE * hidden.length ? drawn : glyphs;
}

/** Runs of large characters that stand over smaller ones. */
function findCovering(glyphs: readonly Glyph[]): Glyph[][] {
  const limit = LARGE_SHARE * usualSize(glyphs);
  const large = glyphs.filter((glyph) => glyph.size >= limit);
  if (large.length === 0) return [];
  const top = Math.min(...large.map(({ box }) => box.top));
  const bottom = Math.max(...large.map(({ box }) => box.bottom));
  const isTaken = placesOf(
    glyphs.filter(({ size, box }) => size < limit && box.bottom > top && box.top < bottom),
  );
  return runsOf(large).filter((run) => run.filter(isTaken).length >= COVERING_SHARE * run.length);
}

function usualSize(glyphs: readonly Glyph[]): number {
  const counts = new Map<number, number>();
  for (const { size } of glyphs) counts.set(size, (counts.get(size) ?? 0) + 1);
  let passed = 0;
  for (const [size, count] of [...counts].sort((a, b) => a[0] - b[0])) {
    passed += count;
    if (passed > glyphs.length / 2) return size;
  }
  return Infinity;
}

/** Characters of one size that follow each other in the source. */
function runsOf(glyphs: readonly Glyph[]): Glyph[][] {
  const runs: Glyph[][] = [];
  for (const glyph of glyphs) {
    const before = runs.at(-1)?.at(-1);
    const follows = before && before.size === glyph.size && (glyph.order ?? 0) - (before.order ?? 0) === 1;
    if (follows) runs.at(-1)?.push(glyph);
    else runs.push([glyph]);
  }
  return runs;
}

/** Tells whether the middle of any of `glyphs` lies within a character. */
function placesOf(glyphs: readonly Glyph[]): (glyph: Glyph) => boolean {
  const squares = new Map<number, Glyph[]>();
  for (const glyph of glyphs) {
    const { x, y } = middleOf(glyph);
    const key = keyOf(Math.floor(x / SQUARE), Math.floor(y / SQUARE));
    const square = squares.get(key);
    if (square) square.push(glyph);
    else squares.set(key, [glyph]);
  }
  return ({ box }) => {
    for (let column = Math.floor(box.left / SQUARE); column <= box.right / SQUARE; column++) {
      for (let row = Math.floor(box.top / SQUARE); row <= box.bottom / SQUARE; row++) {
        if (squares.get(keyOf(column, row))?.some((other) => holds(box, middleOf(other)))) return true;
      }
    }
    return false;
  };
}

function keyOf(column: number, row: number): number {
  return column * 100_000 + row;
}

function middleOf({ box }: Glyph): { x: number; y: number } {
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

function holds(box: Glyph['box'], { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x > box.left && x < box.right && y > box.top && y < box.bottom;
}
