import type { InkMap } from './raster.js';

/** Largest skew looked for, in radians (about 3.5 degrees). */
const LARGEST_SKEW = 0.06;
const COARSE_STEP = 0.003;
const FINE_STEP = 0.0002;
/** Points of ink that are enough to tell the angle. */
const ENOUGH_POINTS = 60_000;
/** Angles below this (a sixteenth of a degree) move two pixels over a page: turning would only blur it. */
const SMALLEST_SKEW = 0.001;

/**
 * Angle in radians by which rows of ink fall to the right (positive: clockwise), 0 where the page is straight. Rows
 * are sharpest, seen from the side, at the right angle: the sum of the squared profile is largest there.
 */
export function estimateSkew(ink: InkMap): number {
  const points = sampleEdges(ink);
  if (points.length === 0) return 0;
  const coarse = sharpest(points, ink.height, 0, LARGEST_SKEW, COARSE_STEP);
  const fine = sharpest(points, ink.height, coarse, COARSE_STEP, FINE_STEP);
  return Math.abs(fine) < SMALLEST_SKEW ? 0 : fine;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Upper edges of ink, thinned out evenly: they mark lines of text and ruling lines alike. */
function sampleEdges(ink: InkMap): Point[] {
  const { width, height, data } = ink;
  const edges: Point[] = [];
  for (let y = 1; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 1 && data[(y - 1) * width + x] === 0) edges.push({ x: x - width / 2, y });
    }
  }
  const step = Math.max(1, Math.ceil(edges.length / ENOUGH_POINTS));
  return edges.filter((_, i) => i % step === 0);
}

function sharpest(
  points: readonly Point[],
  height: number,
  middle: number,
  reach: number,
  step: number,
): number {
  let best = middle;
  let bestScore = -1;
  const steps = Math.round(reach / step);
  for (let i = -steps; i <= steps; i++) {
    const angle = middle + i * step;
    const score = sharpness(points, height, angle);
    if (score > bestScore) {
      best = angle;
      bestScore = score;
    }
  }
  return best;
}

function sharpness(points: readonly Point[], height: number, angle: number): number {
  const slope = Math.tan(angle);
  const margin = height;
  const profile = new Uint32Array(3 * height);
  for (const point of points) {
    const row = (point.y - point.x * slope + margin + 0.5) | 0;
    profile[row] = (profile[row] ?? 0) + 1;
  }
  return profile.reduce((sum, count) => sum + count * count, 0);
}
