import type { Box } from '../model/geometry.js';

/** Slanted strokes smaller than this (points) are parts of letters and arrows. */
const SMALLEST_DRAWING = 25;
/** A table with slanted strokes over this share of its area is a chart; a slash in a head cell covers less. */
const CHART_SHARE = 0.2;
/** Curves may be drawn stroke by stroke: so many slanted ones in a table make it a chart. */
const MANY_STROKES = 40;

/** True where the slanted strokes of a page lie over much of `area`: its numbers are those of a chart's axes. */
export function isChart(area: Box, drawings: readonly Box[]): boolean {
  const size = (area.right - area.left) * (area.bottom - area.top);
  if (drawings.filter((drawing) => sharedArea(area, drawing) > 0).length >= MANY_STROKES) return true;
  const covered = drawings.filter(isLarge).map((drawing) => sharedArea(area, drawing));
  return Math.max(0, ...covered) > CHART_SHARE * size;
}

function isLarge(box: Box): boolean {
  return box.right - box.left > SMALLEST_DRAWING && box.bottom - box.top > SMALLEST_DRAWING;
}

function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}
