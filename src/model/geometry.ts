/** A bounding box in points, origin at the top left of the page as displayed (rotation already applied). */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A straight drawn line; `from`/`to` run along it, `at` is its place across, `thickness` its width (points). */
export interface RulingLine {
  readonly direction: 'horizontal' | 'vertical';
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly thickness: number;
}

/** The smallest box that holds all of `boxes`; throws nothing, an empty list gives a box without area at 0, 0. */
export function unionBox(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  const union = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { left, top, right, bottom } of boxes) {
    if (left < union.left) union.left = left;
    if (top < union.top) union.top = top;
    if (right > union.right) union.right = right;
    if (bottom > union.bottom) union.bottom = bottom;
  }
  return union;
}

/** Length of the overlap of two intervals, negative where they are apart. */
export function overlap(from1: number, to1: number, from2: number, to2: number): number {
  return Math.min(to1, to2) - Math.max(from1, from2);
}
