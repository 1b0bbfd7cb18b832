import type { InkMap, PixelBox } from './raster.js';

/** Lines of text found in a region, from top to bottom, and the pieces a line falls into at wide gaps. */
export const BAND_SETTINGS = {
  /** Bands of one line (the two strokes of 二) are joined up to this many character heights. */
  tallestLine: 1.2,
  /** Parts of one character of large print (告) stand this close, in character heights, and are lower than this … */
  partGap: 0.15,
  tallestPart: 0.9,
  /** … and make up a square, but for this share of its side. */
  squareShare: 0.3,
  /** A band taller than this many character heights holds several lines that touch. */
  touchingLines: 1.75,
  /** … where between them lie rows with at most this share of the usual ink; otherwise it is one line of large print. */
  valleyShare: 0.4,
  /** Ink lower than this share of a character height is dust, unless it is wide. */
  lowestInk: 0.16,
  /** … and wide means this many times the size of dust. */
  dashWidth: 0.25,
  /** Dust stands farther than this many character heights from the print of its line. */
  dustGap: 0.5,
  /** Rows with less ink than this many pixels count as empty. */
  emptyRowPixels: 1,
  /** Gap between two pieces of a line, or between columns of lines, in character heights: wider than a full-width space. */
  pieceGap: 1.3,
  /** … and between columns whose lines do not stand at one height: wider than what stands behind a full-width comma. */
  staggeredGap: 0.65,
} as const;

/** Boxes of the ink of every line in `region`; `characterHeight` in pixels. Dust is left out. */
export function findTextBands(ink: InkMap, region: PixelBox, characterHeight: number): PixelBox[] {
  const rows = inkRows(ink, region);
  const bands = splitTouching(joinParts(toBands(rows), characterHeight), rows, characterHeight);
  return joinLargePrint(ink, region, bands, characterHeight)
    .map((band) => tighten(ink, { ...region, top: region.top + band.from, bottom: region.top + band.to }))
    .filter((box): box is PixelBox => box !== null && isPrint(box, characterHeight))
    .map((box) => trimDust(ink, box, characterHeight));
}

/**
 * Boxes of print with rows of paper above and below, across the whole region: a line, or lines beside each other that do
 * not stand at one height, such as a value in the middle of a label of two lines.
 */
export function findRowsOfPrint(ink: InkMap, region: PixelBox, characterHeight: number): PixelBox[] {
  const bands = joinParts(toBands(inkRows(ink, region)), characterHeight);
  return joinLargePrint(ink, region, bands, characterHeight)
    .map((band) => tighten(ink, { ...region, top: region.top + band.from, bottom: region.top + band.to }))
    .filter((box): box is PixelBox => box !== null && isPrint(box, characterHeight));
}

/** The box without specks that stand far from the print at its sides: beside a number they would be read as a point. */
function trimDust(ink: InkMap, box: PixelBox, characterHeight: number): PixelBox {
  const clusters = findInkClusters(ink, box);
  const isSpeck = (cluster: Range): boolean => {
    const tight = tighten(ink, { ...box, left: box.left + cluster.from, right: box.left + cluster.to });
    const side = BAND_SETTINGS.lowestInk * characterHeight;
    return tight !== null && tight.right - tight.left < side && tight.bottom - tight.top < side;
  };
  const isFar = (one: Range | undefined, other: Range | undefined): boolean =>
    one !== undefined && other !== undefined && other.from - one.to > BAND_SETTINGS.dustGap * characterHeight;
  let [first, last] = [0, clusters.length - 1];
  const at = (i: number): Range => clusters[i] ?? { from: 0, to: 0 };
  while (first < last && isFar(clusters[first], clusters[first + 1]) && isSpeck(at(first))) first++;
  while (last > first && isFar(clusters[last - 1], clusters[last]) && isSpeck(at(last))) last--;
  if (first === 0 && last === clusters.length - 1) return box;
  const kept = { ...box, left: box.left + at(first).from, right: box.left + at(last).to };
  return tighten(ink, kept) ?? box;
}

/**
 * Pieces of a region that hold a line, or lines that nothing parts, in reading order: parted by rows of paper, by gaps
 * between columns, by rows of paper inside these, and so on. Columns whose lines do not stand at one height share no
 * row of paper.
 */
export function partPrint(ink: InkMap, region: PixelBox, characterHeight: number): PixelBox[] {
  return findRowsOfPrint(ink, region, characterHeight).flatMap((row) => {
    const pieces = splitAtGaps(ink, row, characterHeight, BAND_SETTINGS.pieceGap);
    return pieces.length > 1
      ? pieces.flatMap((piece) => partPrint(ink, piece, characterHeight))
      : pieces.flatMap((piece) => partStaggered(ink, piece, characterHeight));
  });
}

/**
 * Parts columns that stand close to each other, their lines at different heights, such as the heads of a table without
 * lines: where nothing parts the lines of a piece, but narrower gaps part it into pieces of lines. Large print is no
 * such piece: its characters are as high as before.
 */
function partStaggered(ink: InkMap, piece: PixelBox, characterHeight: number): PixelBox[] {
  const isOfLines = (box: PixelBox): boolean =>
    findTextBands(ink, box, characterHeight).every(
      ({ top, bottom }) => bottom - top <= BAND_SETTINGS.touchingLines * characterHeight,
    );
  if (isOfLines(piece)) return [piece];
  const columns = splitAtGaps(ink, piece, characterHeight, BAND_SETTINGS.staggeredGap);
  if (columns.length === 1) return [piece];
  const parts = columns.flatMap((column) => partPrint(ink, column, characterHeight));
  return parts.every(isOfLines) ? parts : [piece];
}

/** Pieces of a band between gaps wider than so many character heights, from left to right. */
function splitAtGaps(ink: InkMap, band: PixelBox, characterHeight: number, gap: number): PixelBox[] {
  const joined: { from: number; to: number }[] = [];
  for (const cluster of findInkClusters(ink, band)) {
    const last = joined.at(-1);
    if (last && cluster.from - last.to + 1 <= gap * characterHeight) last.to = cluster.to;
    else joined.push({ ...cluster });
  }
  return joined
    .map(({ from, to }) => tighten(ink, { ...band, left: band.left + from, right: band.left + to }))
    .filter((box): box is PixelBox => box !== null && isPrint(box, characterHeight));
}

/** Runs of columns with ink, from left to right: for digits, one a character where they do not touch. */
export function findInkClusters(ink: InkMap, box: PixelBox): { from: number; to: number }[] {
  return toRanges(inkedColumns(ink, box), 0);
}

/** The box of the ink inside `box`, or null where there is none. */
export function tighten({ width, data }: InkMap, box: PixelBox): PixelBox | null {
  let [left, right, top, bottom] = [box.right, box.left, -1, -1];
  for (let y = box.top; y < box.bottom; y++) {
    const row = y * width;
    let x = box.left;
    while (x < box.right && data[row + x] !== 1) x++;
    if (x >= box.right) continue;
    if (top < 0) top = y;
    bottom = y + 1;
    if (x < left) left = x;
    let end = box.right;
    while (end > right && data[row + end - 1] !== 1) end--;
    if (end > right) right = end;
  }
  return top < 0 ? null : { left, top, right, bottom };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** How much ink each row of a box has. */
function inkRows({ width, data }: InkMap, box: PixelBox): Uint32Array {
  const rows = new Uint32Array(Math.max(0, box.bottom - box.top));
  for (let y = box.top; y < box.bottom; y++) {
    const end = y * width + box.right;
    let count = 0;
    for (let i = y * width + box.left; i < end; i++) count += data[i] ?? 0;
    rows[y - box.top] = count;
  }
  return rows;
}

/** Which columns of a box have ink. */
function inkedColumns({ width, data }: InkMap, box: PixelBox): Uint8Array {
  const columns = new Uint8Array(Math.max(0, box.right - box.left));
  for (let y = box.top; y < box.bottom; y++) {
    const from = y * width + box.left;
    for (let x = 0; x < columns.length; x++) if (data[from + x] === 1) columns[x] = 1;
  }
  return columns;
}

function toBands(rows: Uint32Array): Range[] {
  return toRanges(rows, BAND_SETTINGS.emptyRowPixels - 1);
}

function toRanges(counts: Uint32Array | Uint8Array, empty: number): Range[] {
  const ranges: Range[] = [];
  for (let i = 0; i < counts.length; i++) {
    if ((counts[i] ?? 0) <= empty) continue;
    const from = i;
    while (i < counts.length && (counts[i] ?? 0) > empty) i++;
    ranges.push({ from, to: i });
  }
  return ranges;
}

/** Joins bands that together are no taller than a line: the upper and lower strokes of 二 or ：. */
function joinParts(bands: readonly Range[], characterHeight: number): Range[] {
  return joinWhere(
    bands,
    (upper, lower) => lower.to - upper.from <= BAND_SETTINGS.tallestLine * characterHeight,
  );
}

/** Joins the parts of a character that is larger than the usual and alone on its line, as the last of a title may be. */
function joinLargePrint(
  ink: InkMap,
  region: PixelBox,
  bands: readonly Range[],
  characterHeight: number,
): Range[] {
  const { partGap, tallestPart, squareShare } = BAND_SETTINGS;
  return joinWhere(bands, (upper, lower) => {
    const gap = lower.from - upper.to;
    const tallest = Math.max(upper.to - upper.from, lower.to - lower.from);
    if (gap <= 0 || gap > partGap * characterHeight || tallest >= tallestPart * characterHeight) return false;
    const box = tighten(ink, { ...region, top: region.top + upper.from, bottom: region.top + lower.to });
    const [width, height] = box ? [box.right - box.left, box.bottom - box.top] : [0, 1];
    return Math.abs(width - height) <= squareShare * height;
  });
}

function joinWhere(bands: readonly Range[], isOne: (upper: Range, lower: Range) => boolean): Range[] {
  const joined: Range[] = [];
  for (const band of bands) {
    const last = joined.at(-1);
    if (last && isOne(last, band)) joined[joined.length - 1] = { from: last.from, to: band.to };
    else joined.push(band);
  }
  return joined;
}

/** Cuts bands of several touching lines at their emptiest rows, about a character height apart. */
function splitTouching(bands: readonly Range[], rows: Uint32Array, characterHeight: number): Range[] {
  return bands.flatMap((band) => {
    const height = band.to - band.from;
    if (height <= BAND_SETTINGS.touchingLines * characterHeight) return [band];
    const count = Math.max(2, Math.round(height / (1.35 * characterHeight)));
    const step = height / count;
    const cuts = Array.from({ length: count - 1 }, (_, i) => {
      const middle = band.from + (i + 1) * step;
      return emptiestRow(rows, Math.round(middle - step / 3), Math.round(middle + step / 3));
    });
    if (
      cuts.some(
        (cut) => (rows[cut] ?? 0) > BAND_SETTINGS.valleyShare * medianOf(rows.slice(band.from, band.to)),
      )
    ) {
      return [band];
    }
    const edges = [band.from, ...cuts, band.to];
    return cuts.concat(band.to).map((to, i) => ({ from: edges[i] ?? band.from, to }));
  });
}

function emptiestRow(rows: Uint32Array, from: number, to: number): number {
  let best = from;
  for (let i = from; i <= to; i++) {
    if ((rows[i] ?? Infinity) < (rows[best] ?? Infinity)) best = i;
  }
  return best;
}

/** The usual height of characters in a region: the median of its bands that are wider than high; null without such. */
export function typicalHeight(ink: InkMap, regions: readonly PixelBox[]): number | null {
  const heights = regions.flatMap((region) =>
    toBands(inkRows(ink, region))
      .map((band) => tighten(ink, { ...region, top: region.top + band.from, bottom: region.top + band.to }))
      .filter((box): box is PixelBox => box !== null && box.right - box.left > 2 * (box.bottom - box.top))
      .map((box) => box.bottom - box.top)
      .filter((height) => height > 6),
  );
  return heights.length === 0 ? null : medianOf(heights);
}

function medianOf(values: readonly number[] | Uint32Array): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function isPrint(box: PixelBox, characterHeight: number): boolean {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  if (height >= BAND_SETTINGS.lowestInk * characterHeight && width * height > 4) return true;
  return width >= BAND_SETTINGS.dashWidth * characterHeight;
}
