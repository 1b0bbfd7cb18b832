import type { Box } from '../model/geometry.js';
import type { Glyph } from '../tables/glyph.js';
import type { PageTable } from '../tables/page-table.js';
import { estimateSkew } from './deskew.js';
import { dropRed, hasRed } from './drop-red.js';
import { dropSpecks } from './drop-specks.js';
import { findGrids, type Grid } from './find-cells.js';
import { findRulingLines } from './find-ruling-lines.js';
import { findTextBands, splitAtWideGaps, typicalHeight } from './find-text-bands.js';
import { loadOcrModels, withDeadline } from './models.js';
import {
  findInk,
  pixelsPerInch,
  rotate,
  toGray,
  unrotateBox,
  whitenPaper,
  type ColorImage,
  type GrayImage,
  type InkMap,
  type PixelBox,
} from './raster.js';
import { readRegions, type RegionReading } from './read-cells.js';
import type { ReadingContext, SealTraces } from './reading.js';
import { findNumberClasses } from './read-number.js';
import { toTextLine } from './to-glyphs.js';

/** The page an image shows: its number and its size in points. */
export interface ScannedPagePlace {
  readonly pageNumber: number;
  readonly width: number;
  readonly height: number;
  /** When the reading has to be over (milliseconds since 1970); past it TIME_LIMIT is thrown. */
  readonly deadline?: number | undefined;
}

/** What OCR finds on a page: tables, and the characters outside them from top to bottom. */
export interface ScannedPage {
  readonly tables: readonly PageTable[];
  readonly glyphs: readonly Glyph[];
}

/** Expected height of a character in inches, until the page has shown its own. */
const USUAL_CHARACTER_INCHES = 0.15;
/** Distance kept from ruling lines inside a cell, in inches and at least in pixels. */
const CELL_INSET_INCHES = 0.012;
const CELL_INSET_PIXELS = 2;
/** A row or column at a cell's edge with this share of ink belongs to the ruling line. */
const EDGE_INK_SHARE = 0.6;
const EDGE_PIXELS = 5;
/** Band around tables that is not searched for text, in inches. */
const TABLE_MARGIN_INCHES = 0.03;
/** Confidence in rows and columns of a grid found in an image. */
const SOUND_GRID_CONFIDENCE = 0.98;
const UNSOUND_GRID_CONFIDENCE = 0.5;

const PAPER = 255;

interface PreparedPage {
  readonly image: GrayImage;
  readonly ink: InkMap;
  readonly seal: SealTraces | null;
  readonly grids: readonly Grid[];
  readonly skew: number;
}

/**
 * Reads the picture of a page: seals dropped, skew undone, cells from the ruling lines, every line of text recognised
 * on its own. Boxes are in points of `place` on the page as it lies, skew included.
 */
export async function readScannedPage(image: ColorImage, place: ScannedPagePlace): Promise<ScannedPage> {
  const models = withDeadline(await loadOcrModels(), place.deadline);
  const page = preparePage(image);
  const inch = pixelsPerInch(image);
  const base = {
    models,
    numbers: findNumberClasses(models.characters),
    image: page.image,
    ink: page.ink,
    seal: page.seal,
  };
  const toStraightPoints = (box: PixelBox): Box => scaleBox(box, image, place);
  const toPoints = (box: PixelBox): Box => scaleBox(unrotateBox(box, image, page.skew), image, place);
  const tables: PageTable[] = [];
  for (const grid of page.grids) {
    const insides = grid.cells.map((cell) => insideOf(page.ink, cell.box, inch));
    const characterHeight = typicalHeight(page.ink, insides) ?? USUAL_CHARACTER_INCHES * inch;
    const readings = await readRegions({ ...base, characterHeight }, insides);
    tables.push(
      toPageTable(grid, readings, place.pageNumber, characterHeight, { toPoints, toStraightPoints }),
    );
  }
  const outside = blankOut(page.ink, page.grids, inch);
  const glyphs = await readOutside(
    { ...base, ink: outside, characterHeight: USUAL_CHARACTER_INCHES * inch },
    toPoints,
  );
  return { tables, glyphs };
}

function preparePage(image: ColorImage): PreparedPage {
  const isRed = hasRed(image);
  const plain = toGray(image);
  const cleaned = isRed ? dropRed(image, plain) : { gray: plain, stains: null };
  let { gray } = cleaned;
  let ink = findInk(gray);
  const skew = estimateSkew(ink);
  if (skew !== 0) {
    gray = rotate(gray, -skew);
    ink = findInk(gray);
  }
  ({ gray, ink } = dropSpecks(gray, ink, pixelsPerInch(image)));
  // A seal over a ruling line takes the line with it, so lines are looked for with the red left in.
  const stamped = cleaned.stains ? rotateWhere(plain, skew) : gray;
  return {
    image: whitenPaper(gray),
    ink,
    seal: cleaned.stains && { stains: turnMarks(cleaned.stains, skew), stamped: whitenPaper(stamped) },
    grids: findGrids(findRulingLines(ink, cleaned.stains ? findInk(stamped) : ink), ink),
    skew: -skew,
  };
}

/** Marks of single pixels, turned with the page. */
function turnMarks(marks: InkMap, skew: number): InkMap {
  const drawn = { ...marks, data: marks.data.map((mark) => (mark === 1 ? 0 : PAPER)) };
  const turned = rotateWhere(drawn, skew);
  return { ...turned, data: turned.data.map((value) => Number(value < PAPER / 2)) };
}

function rotateWhere(gray: GrayImage, skew: number): GrayImage {
  return skew === 0 ? gray : rotate(gray, -skew);
}

function scaleBox(box: PixelBox, image: { width: number; height: number }, place: ScannedPagePlace): Box {
  const x = place.width / image.width;
  const y = place.height / image.height;
  return { left: box.left * x, top: box.top * y, right: box.right * x, bottom: box.bottom * y };
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

function inkShare(ink: InkMap, box: PixelBox): number {
  let count = 0;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) count += ink.data[y * ink.width + x] ?? 0;
  }
  return count / Math.max(1, (box.right - box.left) * (box.bottom - box.top));
}

/** From pixels of the straightened page to points: of the page as it lies, and of the straightened one. */
interface Frames {
  readonly toPoints: (box: PixelBox) => Box;
  /** Borders stay comparable over pages that lie at different angles. */
  readonly toStraightPoints: (box: PixelBox) => Box;
}

function toPageTable(
  grid: Grid,
  readings: readonly RegionReading[],
  pageNumber: number,
  characterHeight: number,
  frames: Frames,
): PageTable {
  const { box } = grid;
  const { toPoints, toStraightPoints } = frames;
  return {
    pageNumber,
    geometry: grid.isSound ? 'exact' : 'aligned',
    confidence: grid.isSound ? SOUND_GRID_CONFIDENCE : UNSOUND_GRID_CONFIDENCE,
    box: toStraightPoints(box),
    rows: grid.rowBorders.map((y) => toStraightPoints({ ...box, top: y, bottom: y }).top),
    columns: grid.columnBorders.map((x) => toStraightPoints({ ...box, left: x, right: x }).left),
    cells: grid.cells.map((cell, i) => {
      const reading = readings[i] ?? { lines: [], confidence: 0 };
      return {
        rowIndex: cell.rowIndex,
        columnIndex: cell.columnIndex,
        rowSpan: cell.rowSpan,
        columnSpan: cell.columnSpan,
        lines: reading.lines.map((line) => toTextLine(line, characterHeight, toPoints)),
        box: toPoints(cell.box),
        readingConfidence: reading.confidence,
      };
    }),
  };
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

/** Text too short and too doubtful to be any: remains of seals, dust, edges of the sheet. */
const NOISE = { length: 2, confidence: 0.55 } as const;

async function readOutside(context: ReadingContext, toPoints: (box: PixelBox) => Box): Promise<Glyph[]> {
  const { ink } = context;
  const whole = { left: 0, top: 0, right: ink.width, bottom: ink.height };
  const characterHeight = typicalHeight(ink, [whole]) ?? context.characterHeight;
  const pieces = findTextBands(ink, whole, characterHeight).flatMap((band) =>
    splitAtWideGaps(ink, band, characterHeight),
  );
  const room = Math.round(characterHeight / 2);
  const regions = pieces.map((box) => ({
    left: Math.max(0, box.left - room),
    top: box.top,
    right: Math.min(ink.width, box.right + room),
    bottom: box.bottom,
  }));
  const readings = await readRegions({ ...context, characterHeight }, regions);
  return readings
    .flatMap((reading) => reading.lines)
    .filter((line) => line.text.length > NOISE.length || line.confidence >= NOISE.confidence)
    .flatMap((line) => toTextLine(line, characterHeight, toPoints).glyphs);
}
