import { estimateWarp } from './deskew.js';
import { dropRed, hasRed } from './drop-red.js';
import { dropSpecks } from './drop-specks.js';
import { dropSurroundings } from './drop-surroundings.js';
import { findGrids, type Grid } from './find-cells.js';
import { findRulingLines } from './find-ruling-lines.js';
import { findInkClusters, tighten, typicalHeight } from './find-text-bands.js';
import { invertDarkFills } from './invert-dark-fills.js';
import type { Matrix } from './matrix.js';
import {
  findInk,
  pixelsPerInch,
  toGray,
  warp,
  whitenPaper,
  type ColorImage,
  type GrayImage,
  type InkMap,
  type PixelBox,
} from './raster.js';
import type { SealTraces } from './reading.js';

/** Expected height of a character in inches, until the page has shown its own. */
const USUAL_CHARACTER_INCHES = 0.15;
/** Distance kept from ruling lines inside a cell, in inches and at least in pixels. */
const CELL_INSET_INCHES = 0.012;
const CELL_INSET_PIXELS = 2;
/** A row or column at a cell's edge with this share of ink belongs to the ruling line. */
const EDGE_INK_SHARE = 0.6;
const EDGE_PIXELS = 5;
/** Strips in which the height of lines is measured, in inches: as wide as a few characters. */
const STRIP_INCHES = 0.6;
/** Lines that seem so many times as high as their pieces are lines side by side that do not stand at one height. */
const STAGGERED = 1.4;
/** Band around tables that is not searched for text, in inches. */
const TABLE_MARGIN_INCHES = 0.03;
const PAPER = 255;

/** A table drawn on a page: its cells' insides, in their order, and the usual height of a character in them (pixels). */
export interface TableArea {
  readonly grid: Grid;
  readonly insides: readonly PixelBox[];
  readonly characterHeight: number;
}

/** A page without its tables: the ink outside them, and the usual height of a character there (pixels). */
export interface OutsideArea {
  readonly ink: InkMap;
  readonly whole: PixelBox;
  readonly characterHeight: number;
}

/** A page's picture cleaned and straightened, and what it holds. */
export interface PreparedPage {
  readonly image: GrayImage;
  readonly ink: InkMap;
  readonly seal: SealTraces | null;
  readonly tables: readonly TableArea[];
  readonly outside: OutsideArea;
  /** Where a place on the straightened page lies on the picture; null where that was straight. */
  readonly toSource: Matrix | null;
}

/**
 * Cleans a page's picture: what lies around the sheet and seals dropped, light print on dark fills made dark, skew and
 * slant undone, specks taken away; and finds its ruled tables.
 */
export function preparePage(picture: ColorImage): PreparedPage {
  const image = dropSurroundings(picture);
  const isRed = hasRed(image);
  const plain = invertDarkFills(toGray(image));
  const cleaned = isRed ? dropRed(image, plain) : { gray: plain, stains: null };
  let { gray } = cleaned;
  let ink = findInk(gray);
  const toSource = estimateWarp(ink);
  if (toSource) {
    gray = warp(gray, toSource);
    ink = findInk(gray);
  }
  ({ gray, ink } = dropSpecks(gray, ink, pixelsPerInch(image)));
  // A seal over a ruling line takes the line with it, so lines are looked for with the red left in.
  const stamped = cleaned.stains ? straighten(plain, toSource) : gray;
  const grids = findGrids(findRulingLines(ink, cleaned.stains ? findInk(stamped) : ink, gray), ink);
  return {
    image: whitenPaper(gray),
    ink,
    seal: cleaned.stains && {
      stains: straightenMarks(cleaned.stains, toSource),
      stamped: whitenPaper(stamped),
    },
    tables: grids.map((grid) => areaOf(ink, grid)),
    outside: outsideOf(ink, grids),
    toSource,
  };
}

/** Marks of single pixels, straightened with the page. */
function straightenMarks(marks: InkMap, toSource: Matrix | null): InkMap {
  if (!toSource) return marks;
  const shades = new Uint8Array(marks.data.length);
  for (let i = 0; i < shades.length; i++) shades[i] = marks.data[i] === 1 ? 0 : PAPER;
  const drawn = warp({ ...marks, data: shades }, toSource);
  const data = new Uint8Array(shades.length);
  for (let i = 0; i < data.length; i++) if ((drawn.data[i] ?? PAPER) < PAPER / 2) data[i] = 1;
  return { ...drawn, data };
}

function straighten(gray: GrayImage, toSource: Matrix | null): GrayImage {
  return toSource ? warp(gray, toSource) : gray;
}

function areaOf(ink: InkMap, grid: Grid): TableArea {
  const inch = pixelsPerInch(ink);
  const insides = grid.cells.map((cell) => withoutOverflow(ink, insideOf(ink, cell.box, inch), inch));
  return {
    grid,
    insides,
    characterHeight: typicalHeight(ink, insides) ?? USUAL_CHARACTER_INCHES * inch,
  };
}

function outsideOf(page: InkMap, grids: readonly Grid[]): OutsideArea {
  const inch = pixelsPerInch(page);
  const ink = blankOut(page, grids, inch);
  const whole = { left: 0, top: 0, right: ink.width, bottom: ink.height };
  const lines = typicalHeight(ink, [whole]);
  const pieces = typicalHeight(ink, stripsOf(whole, STRIP_INCHES * inch));
  const isStaggered = lines !== null && pieces !== null && lines > STAGGERED * pieces;
  const height = isStaggered ? pieces : (lines ?? pieces);
  return { ink, whole, characterHeight: height ?? USUAL_CHARACTER_INCHES * inch };
}

/** Upright strips of a page: lines that stand side by side at different heights run together seen across the page. */
function stripsOf(page: PixelBox, width: number): PixelBox[] {
  const count = Math.max(1, Math.floor(page.right / width));
  const edge = (i: number): number => Math.round((page.right * i) / count);
  return Array.from({ length: count }, (_, i) => ({ ...page, left: edge(i), right: edge(i + 1) }));
}

/** The inside of a cell: clear of the lines around it, and of what of them reaches in where they are thick or slant. */
function insideOf(ink: InkMap, cell: PixelBox, inch: number): PixelBox {
  const inset = Math.max(CELL_INSET_PIXELS, CELL_INSET_INCHES * inch);
  let left = Math.max(0, Math.ceil(cell.left + inset));
  let top = Math.max(0, Math.ceil(cell.top + inset));
  let right = Math.min(ink.width, Math.floor(cell.right - inset));
  let bottom = Math.min(ink.height, Math.floor(cell.bottom - inset));
  const row = (y: number): number => inkShare(ink, { left, right, top: y, bottom: y + 1 });
  const column = (x: number): number => inkShare(ink, { left: x, right: x + 1, top, bottom });
  for (let i = 0; i < EDGE_PIXELS && top < bottom && row(top) > EDGE_INK_SHARE; i++) top++;
  for (let i = 0; i < EDGE_PIXELS && top < bottom && row(bottom - 1) > EDGE_INK_SHARE; i++) bottom--;
  for (let i = 0; i < EDGE_PIXELS && left < right && column(left) > EDGE_INK_SHARE; i++) left++;
  for (let i = 0; i < EDGE_PIXELS && left < right && column(right - 1) > EDGE_INK_SHARE; i++) right--;
  return { left, top, right: Math.max(left, right), bottom: Math.max(top, bottom) };
}

/** Print of the next cell may run over the border: so far (inches) into this one, with paper behind it as wide as this. */
const OVERFLOW_INCHES = { most: 0.1, gap: 0.04, beyond: 0.05 } as const;

/** The inside of a cell without the rest of a character that starts on the other side of its left or right border. */
function withoutOverflow(ink: InkMap, inside: PixelBox, inch: number): PixelBox {
  const clusters = findInkClusters(ink, inside);
  const [first, second, last] = [clusters[0], clusters[1], clusters.at(-1)];
  const width = inside.right - inside.left;
  if (!first || !last) return inside;
  const most = OVERFLOW_INCHES.most * inch;
  const gap = OVERFLOW_INCHES.gap * inch;
  const behind = (second?.from ?? width) - first.to;
  const before = last.from - (clusters.at(-2)?.to ?? 0);
  const beyond = Math.round(OVERFLOW_INCHES.beyond * inch);
  const comesFrom = (left: number, right: number, cluster: { from: number; to: number }): boolean => {
    const piece = tighten(ink, {
      ...inside,
      left: inside.left + cluster.from,
      right: inside.left + cluster.to,
    });
    return piece !== null && inkShare(ink, { ...piece, left: Math.max(0, left), right }) > BEYOND_INK_SHARE;
  };
  const isLeft =
    first.from <= 1 &&
    first.to <= most &&
    behind >= gap &&
    comesFrom(inside.left - 2 * beyond, inside.left - beyond, first);
  const isRight =
    last.to >= width - 1 &&
    width - last.from <= most &&
    before >= gap &&
    comesFrom(inside.right + beyond, inside.right + 2 * beyond, last);
  return {
    ...inside,
    left: inside.left + (isLeft ? first.to : 0),
    right: inside.left + (isRight ? last.from : width),
  };
}

/** Share of ink on the other side of the border from which there is a character. */
const BEYOND_INK_SHARE = 0.1;

function inkShare(ink: InkMap, box: PixelBox): number {
  let count = 0;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) count += ink.data[y * ink.width + x] ?? 0;
  }
  return count / Math.max(1, (box.right - box.left) * (box.bottom - box.top));
}

/** The ink outside tables. */
function blankOut(ink: InkMap, grids: readonly Grid[], inch: number): InkMap {
  const data = ink.data.slice();
  const margin = TABLE_MARGIN_INCHES * inch;
  for (const { box } of grids) {
    const left = Math.max(0, Math.floor(box.left - margin));
    const right = Math.min(ink.width, Math.ceil(box.right + margin));
    for (
      let y = Math.max(0, Math.floor(box.top - margin));
      y < Math.min(ink.height, box.bottom + margin);
      y++
    ) {
      data.fill(0, y * ink.width + left, y * ink.width + right);
    }
  }
  return { ...ink, data };
}
