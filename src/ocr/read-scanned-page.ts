import type { Box } from '../model/geometry.js';
import type { Glyph } from '../tables/glyph.js';
import type { PageTable } from '../tables/page-table.js';
import type { Grid } from './find-cells.js';
import { findTextBands, partPrint } from './find-text-bands.js';
import { findUpright, type Quarters } from './find-upright.js';
import { compose, type Matrix } from './matrix.js';
import { loadOcrModels, withDeadline } from './models.js';
import type { ColorImage, PixelBox } from './raster.js';
import { readRegions, type RegionReading } from './read-cells.js';
import type { LineReading, ReadingContext } from './reading.js';
import { findNumberClasses } from './read-number.js';
import { toTextLine } from './to-glyphs.js';

/** The page an image shows: its number and its size in points. */
export interface ScannedPagePlace {
  readonly pageNumber: number;
  readonly width: number;
  readonly height: number;
  /** When the reading has to be over (milliseconds since 1970); past it TIME_LIMIT is thrown. */
  readonly deadline?: number | undefined;
  /** Only ruled tables are wanted: a picture without any costs next to nothing, and text outside them is left out. */
  readonly onlyTables?: boolean;
}

/** What OCR finds on a page: tables, and the characters outside them from top to bottom. */
export interface ScannedPage {
  readonly tables: readonly PageTable[];
  readonly glyphs: readonly Glyph[];
  /** Quarter turns clockwise that set the page upright; all boxes are on the page so turned, and straightened. */
  readonly quarters: Quarters;
  /** Where a place (points) on the straightened page lies on the upright one; null where that was straight. */
  readonly toShown: Matrix | null;
  /** Size of the upright page in points. */
  readonly width: number;
  readonly height: number;
}

/** Confidence in rows and columns of a grid found in an image. */
const SOUND_GRID_CONFIDENCE = 0.98;
const UNSOUND_GRID_CONFIDENCE = 0.5;

/**
 * Reads the picture of a page: set upright, seals dropped, skew undone, cells from the ruling lines, every line of text
 * recognised on its own. Boxes are in points on the page so straightened: lines and columns show only there.
 */
export async function readScannedPage(image: ColorImage, place: ScannedPagePlace): Promise<ScannedPage> {
  const models = withDeadline(await loadOcrModels(), place.deadline);
  const { page, quarters } = await findUpright(models, image, place.onlyTables === true);
  const size =
    quarters % 2 === 0
      ? { width: place.width, height: place.height }
      : { width: place.height, height: place.width };
  const base = {
    models,
    numbers: findNumberClasses(models.characters),
    image: page.image,
    ink: page.ink,
    seal: page.seal,
  };
  const toPoints = (box: PixelBox): Box => scaleBox(box, page.ink, size);
  const toShown = page.toSource && toPointMap(page.toSource, page.ink, size);
  const tables: PageTable[] = [];
  for (const { grid, insides, characterHeight } of page.tables) {
    const readings = await readRegions({ ...base, characterHeight }, insides);
    tables.push(toPageTable(grid, readings, place.pageNumber, characterHeight, toPoints));
  }
  if (place.onlyTables === true) return { tables, glyphs: [], quarters, toShown, ...size };
  const { ink, whole, characterHeight } = page.outside;
  const glyphs = await readOutside({ ...base, ink, characterHeight }, whole, toPoints);
  return { tables, glyphs, quarters, toShown, ...size };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function scaleBox(box: PixelBox, image: Size, size: Size): Box {
  const x = size.width / image.width;
  const y = size.height / image.height;
  return { left: box.left * x, top: box.top * y, right: box.right * x, bottom: box.bottom * y };
}

/** A map between places in pixels as one between the same places in points. */
function toPointMap(map: Matrix, image: Size, size: Size): Matrix {
  const x = size.width / image.width;
  const y = size.height / image.height;
  return compose([x, 0, 0, 0, y, 0, 0, 0, 1], compose(map, [1 / x, 0, 0, 0, 1 / y, 0, 0, 0, 1]));
}

function toPageTable(
  grid: Grid,
  readings: readonly RegionReading[],
  pageNumber: number,
  characterHeight: number,
  toPoints: (box: PixelBox) => Box,
): PageTable {
  const { box } = grid;
  return {
    pageNumber,
    geometry: grid.isSound ? 'exact' : 'aligned',
    confidence: grid.isSound ? SOUND_GRID_CONFIDENCE : UNSOUND_GRID_CONFIDENCE,
    box: toPoints(box),
    rows: grid.rowBorders.map((y) => toPoints({ ...box, top: y, bottom: y }).top),
    columns: grid.columnBorders.map((x) => toPoints({ ...box, left: x, right: x }).left),
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

/** Text too short and too doubtful to be any: remains of seals, dust, edges of the sheet. Digits are kept, in doubt. */
const NOISE = { length: 2, confidence: 0.55 } as const;

function isNoise({ text, confidence }: LineReading): boolean {
  return text.length <= NOISE.length && confidence < NOISE.confidence && !/\d/.test(text);
}

async function readOutside(
  context: ReadingContext,
  whole: PixelBox,
  toPoints: (box: PixelBox) => Box,
): Promise<Glyph[]> {
  const { ink, characterHeight } = context;
  // Columns are parted before lines: a line of one column may stand between two of another.
  const pieces = partPrint(ink, whole, characterHeight).flatMap((piece) =>
    findTextBands(ink, piece, characterHeight),
  );
  const room = Math.round(characterHeight / 2);
  const regions = pieces.map((box) => ({
    left: Math.max(0, box.left - room),
    top: box.top,
    right: Math.min(ink.width, box.right + room),
    bottom: box.bottom,
  }));
  const readings = await readRegions(context, regions);
  return readings
    .flatMap((reading) => reading.lines)
    .filter((line) => !isNoise(line))
    .flatMap((line) => toTextLine(line, characterHeight, toPoints).glyphs);
}
