import type { Box, RulingLine } from '../../model/geometry.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lines and areas of one page, filled while an engine walks through its drawing. */
export interface PathCollector {
  readonly rulings: RulingLine[];
  readonly fills: Box[];
  /** Boxes of slanted strokes: curves of charts, slashes through head cells. */
  readonly drawings?: Box[];
}

/** A filled shape at most this thick is a ruling line drawn as an area (points). */
const THICKEST_LINE = 3;
/** … or this thick, where it is so many times as long: heavy borders. Backgrounds of rows are higher. */
const THICKEST_BORDER = 5.5;
const BORDER_RATIO = 4;
/** A line may lean by this much and still be a ruling line (points). */
const LARGEST_LEAN = 1;
/** Shorter strokes are parts of characters and dots; dashes are longer (points). */
const SHORTEST_LINE = 0.6;

/** Adds a straight stroke of `thickness` points from `from` to `to` where it is a ruling line. */
export function addStroke(paths: PathCollector, from: Point, to: Point, thickness: number): void {
  const dx = Math.abs(from.x - to.x);
  const dy = Math.abs(from.y - to.y);
  if (dy <= LARGEST_LEAN && dx > dy && dx >= SHORTEST_LINE) {
    paths.rulings.push({
      direction: 'horizontal',
      at: (from.y + to.y) / 2,
      from: Math.min(from.x, to.x),
      to: Math.max(from.x, to.x),
      thickness,
    });
  } else if (dx <= LARGEST_LEAN && dy >= SHORTEST_LINE) {
    paths.rulings.push({
      direction: 'vertical',
      at: (from.x + to.x) / 2,
      from: Math.min(from.y, to.y),
      to: Math.max(from.y, to.y),
      thickness,
    });
  }
}

/** Adds a filled rectangle: a ruling line where it is thin, otherwise an area. */
export function addFill(paths: PathCollector, box: Box): void {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const middleX = (box.left + box.right) / 2;
  const middleY = (box.top + box.bottom) / 2;
  const isDot = Math.max(width, height) <= THICKEST_LINE && Math.abs(width - height) <= LARGEST_LEAN;
  if (isDot || (isThin(height, width) && width > height)) {
    addStroke(paths, { x: box.left, y: middleY }, { x: box.right, y: middleY }, height);
  }
  // Dots of a dotted border count in both directions: in the wrong one they never join to a line.
  if (isDot || (isThin(width, height) && width <= height)) {
    addStroke(paths, { x: middleX, y: box.top }, { x: middleX, y: box.bottom }, width);
  }
  if (!isThin(Math.min(width, height), Math.max(width, height))) paths.fills.push(box);
}

function isThin(thickness: number, length: number): boolean {
  return thickness <= THICKEST_LINE || (thickness <= THICKEST_BORDER && length >= BORDER_RATIO * thickness);
}

/** True where a closed run of points is a rectangle with upright sides. */
export function isUprightRectangle(points: readonly Point[]): boolean {
  if (points.length < 4 || points.length > 5) return false;
  return points.every((point, i) => {
    const next = points[(i + 1) % points.length] ?? point;
    return Math.abs(next.x - point.x) <= LARGEST_LEAN || Math.abs(next.y - point.y) <= LARGEST_LEAN;
  });
}

/** Adds one run of connected points: its strokes where it is stroked, its area where it is filled and a rectangle. */
export function addSubpath(
  paths: PathCollector,
  run: readonly Point[],
  paint: { readonly isStroked: boolean; readonly isFilled: boolean; readonly thickness: number },
): void {
  // A rectangle may go back to its start and then close there once more.
  const points = run.filter((point, i) => i === 0 || point.x !== run[i - 1]?.x || point.y !== run[i - 1]?.y);
  if (paint.isFilled && isUprightRectangle(points)) {
    const box = boxOf(points);
    if (!paint.isStroked || Math.min(box.right - box.left, box.bottom - box.top) > THICKEST_LINE)
      addFill(paths, box);
  }
  if (!paint.isStroked) return;
  if (points.some((point, i) => isSlanted(points[i - 1], point))) paths.drawings?.push(boxOf(points));
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]];
    if (from && to) addStroke(paths, from, to, paint.thickness);
  }
}

function isSlanted(from: Point | undefined, to: Point): boolean {
  return (
    from !== undefined && Math.abs(from.x - to.x) > LARGEST_LEAN && Math.abs(from.y - to.y) > LARGEST_LEAN
  );
}

function boxOf(points: readonly Point[]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}
