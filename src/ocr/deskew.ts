import { compose, invert, mapPoint, type Matrix, type Point, squareTo, turnAbout } from './matrix.js';
import { pixelsPerInch, transpose, type InkMap } from './raster.js';

/** Largest skew looked for, in radians (about 3.5 degrees). */
const LARGEST_SKEW = 0.06;
const COARSE_STEP = 0.003;
const FINE_STEP = 0.0002;
/** Points of ink that are enough to tell the angle. */
const ENOUGH_POINTS = 60_000;
/** Angles below this (a sixteenth of a degree) move two pixels over a page: turning would only blur it. */
const SMALLEST_SKEW = 0.001;
/** A flat scan's upper and lower rows, left and right columns lie within this angle (radians); a photo's do not. */
const SMALLEST_SLANT = 0.0025;
/** … and on a photo what is left of that is taken away down to this angle, two pixels over a page. */
const SMALLEST_REST = 0.0008;
/** … and farther than this (radians) from the page's skew they are not looked for. */
const LARGEST_SLANT = 0.05;
/** Columns show an angle where their profile is so many times sharper than at other angles: ruled tables, hardly text. */
const CLEAR_PEAK = 1.4;
/** A slant is believed where rows are so many times sharper along it. */
const CLEAR_GAIN = 1.15;
/** The slant is measured again on the page as straightened so far. */
const PASSES = 3;

/**
 * Angle in radians by which rows of ink fall to the right (positive: clockwise), 0 where the page is straight. Rows
 * are sharpest, seen from the side, at the right angle: the sum of the squared profile is largest there.
 */
export function estimateSkew(ink: InkMap): number {
  return skewOf(sampleEdges(ink), ink.width / 2);
}

function skewOf(edges: readonly Point[], middle: number): number {
  if (edges.length === 0) return 0;
  const points = edges.map(({ x, y }) => ({ x: x - middle, y }));
  const coarse = sharpest(points, 0, LARGEST_SKEW, COARSE_STEP);
  const fine = sharpest(points, coarse.angle, COARSE_STEP, FINE_STEP);
  return Math.abs(fine.angle) < SMALLEST_SKEW ? 0 : fine.angle;
}

/**
 * The map from the straightened page to the page as it lies, null where that is straight. Flat scans are turned about
 * their middle; where rows or columns run together, as on photos, the page is seen from the front again.
 */
export function estimateWarp(ink: InkMap): Matrix | null {
  const rows = sampleEdges(ink);
  const columns = sampleEdges(longRuns(transpose(ink))).map(({ x, y }) => ({ x: y, y: x }));
  const size = { width: ink.width, height: ink.height };
  const skew = skewOf(rows, ink.width / 2);
  let toSource = turnAbout({ x: (ink.width - 1) / 2, y: (ink.height - 1) / 2 }, skew);
  let isSlanted = false;
  for (let pass = 0; pass < PASSES; pass++) {
    const back = invert(toSource);
    const slant = measureSlant(
      rows.map((point) => mapPoint(back, point)),
      columns.map((point) => mapPoint(back, point)),
      size,
    );
    if (isFlat(slant, isSlanted ? SMALLEST_REST : SMALLEST_SLANT)) break;
    isSlanted = true;
    toSource = compose(toSource, frontOf(slant));
  }
  return skew === 0 && !isSlanted ? null : toSource;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A row or column of ink: a point on it and how much it falls, or leans to the right, over a unit of its length. */
interface Line {
  readonly point: Point;
  readonly slope: number;
}

/** Lines of the page that would be horizontal and vertical if it were seen from the front. */
interface Slant {
  readonly top: Line;
  readonly bottom: Line;
  readonly left: Line;
  readonly right: Line;
}

function isFlat({ top, bottom, left, right }: Slant, least: number): boolean {
  return [top, bottom, left, right].every((line) => Math.abs(line.slope) < least);
}

/** What is left of the page's slant after turning it. */
function measureSlant(rows: readonly Point[], columns: readonly Point[], size: Size): Slant {
  const { width, height } = size;
  const [top, bottom] = slopesOf(rows, height / 2, 0);
  const flipped = columns.map(({ x, y }) => ({ x: y, y: x }));
  const [left, right] = slopesOf(flipped, width / 2, CLEAR_PEAK);
  const flip = (line: Line): Line => ({ ...line, point: { x: line.point.y, y: line.point.x } });
  return { top, bottom, left: flip(left), right: flip(right) };
}

/** Slopes of the rows above and below `middle`, through the middle of their points; 0 where none is clear enough. */
function slopesOf(points: readonly Point[], middle: number, clearPeak: number): [Line, Line] {
  const slope = (part: readonly Point[], y: number): Line => {
    const count = Math.max(1, part.length);
    const point = {
      x: part.reduce((sum, p) => sum + p.x, 0) / count,
      y: part.reduce((sum, p) => sum + p.y, 0) / count || y,
    };
    const centred = part.map((p) => ({ x: p.x - point.x, y: p.y }));
    const coarse = sharpest(centred, 0, LARGEST_SLANT, COARSE_STEP / 2);
    if (coarse.gain < CLEAR_GAIN || coarse.peak < clearPeak) return { point, slope: 0 };
    return { point, slope: Math.tan(sharpest(centred, coarse.angle, COARSE_STEP / 2, FINE_STEP).angle) };
  };
  return [
    slope(
      points.filter((point) => point.y < middle),
      middle / 2,
    ),
    slope(
      points.filter((point) => point.y >= middle),
      1.5 * middle,
    ),
  ];
}

/** The map from the page seen from the front to the page with that slant. */
function frontOf({ top, bottom, left, right }: Slant): Matrix {
  const corners = [
    crossing(top, left),
    crossing(top, right),
    crossing(bottom, right),
    crossing(bottom, left),
  ];
  const [a, b, c, d] = corners as [Point, Point, Point, Point];
  const [x0, x1] = [left.point.x, right.point.x];
  const [y0, y1] = [top.point.y, bottom.point.y];
  const box = [
    { x: x0, y: y0 },
    { x: x1, y: y0 },
    { x: x1, y: y1 },
    { x: x0, y: y1 },
  ] as const;
  return compose(squareTo([a, b, c, d]), invert(squareTo(box)));
}

/** Where a row and a column meet. */
function crossing(row: Line, column: Line): Point {
  // y = row.y + s (x - row.x) and x = column.x + t (y - column.y)
  const { slope: s } = row;
  const { slope: t } = column;
  const x = (column.point.x + t * (row.point.y - s * row.point.x - column.point.y)) / (1 - s * t);
  return { x, y: row.point.y + s * (x - row.point.x) };
}

/** Runs of ink that are longer (inches) than strokes of characters are parts of ruling lines, also of slanting ones. */
const LONG_RUN_INCHES = 0.25;

/** The ink that is part of long runs along the rows: among the strokes of print a few ruling lines would be lost. */
function longRuns(ink: InkMap): InkMap {
  const { width, height, data } = ink;
  const least = Math.round(LONG_RUN_INCHES * pixelsPerInch(ink));
  const long = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0, from = 0; x <= width; x++) {
      if (x < width && data[row + x] === 1) continue;
      if (x - from >= least) long.fill(1, row + from, row + x);
      from = x + 1;
    }
  }
  return { width, height, data: long };
}

/** Upper edges of ink, thinned out evenly: they mark lines of text and ruling lines alike. */
function sampleEdges(ink: InkMap): Point[] {
  const { width, height, data } = ink;
  const edges: Point[] = [];
  for (let y = 1; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 1 && data[(y - 1) * width + x] === 0) edges.push({ x, y });
    }
  }
  const step = Math.max(1, Math.ceil(edges.length / ENOUGH_POINTS));
  return edges.filter((_, i) => i % step === 0);
}

/** The angle at which rows are sharpest, and how many times sharper than straight, and than in the mean of all tried. */
interface Sharpest {
  readonly angle: number;
  readonly gain: number;
  readonly peak: number;
}

/** Of angles that are as good, the one nearest to `middle` wins: short rows look alike over a range of them. */
function sharpest(points: readonly Point[], middle: number, reach: number, step: number): Sharpest {
  const xs = Float64Array.from(points, (point) => point.x);
  const ys = Float64Array.from(points, (point) => point.y);
  const size = xs.reduce((most, x, i) => Math.max(most, Math.abs(x), Math.abs(ys[i] ?? 0)), 0);
  const steps = Math.round(reach / step);
  const shifts = Array.from({ length: 2 * steps + 1 }, (_, i) => (i % 2 === 0 ? i / 2 : -(i + 1) / 2));
  const scores = shifts.map((shift) => sharpness(xs, ys, size, middle + shift * step));
  const best = Math.max(...scores);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return {
    angle: middle + (shifts[scores.indexOf(best)] ?? 0) * step,
    gain: best / Math.max(1, scores[0] ?? 1),
    peak: best / Math.max(1, mean),
  };
}

function sharpness(xs: Float64Array, ys: Float64Array, size: number, angle: number): number {
  const slope = Math.tan(angle);
  const margin = Math.ceil(size);
  const profile = new Uint32Array(4 * margin + 2);
  for (let i = 0; i < xs.length; i++) {
    const row = ((ys[i] ?? 0) - (xs[i] ?? 0) * slope + 2 * margin + 0.5) | 0;
    profile[row] = (profile[row] ?? 0) + 1;
  }
  return profile.reduce((sum, count) => sum + count * count, 0);
}
